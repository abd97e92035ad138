import * as vscode from 'vscode';
import { CTS_VERSION } from '#protocol';
import { readServiceSetting, TOKEN_SECRET } from '../backend/backend-settings.ts';

/** What the MCP server is started with. */
export interface McpPlace {
  readonly extension: vscode.Uri;
  readonly dataFolder: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
}

/** Tells the editor of the MCP server that the `cts` program is: the same tools for every agent. */
export class McpDefinitions implements vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> {
  readonly #place: McpPlace;

  constructor(place: McpPlace) {
    this.#place = place;
  }

  provideMcpServerDefinitions(): vscode.McpStdioServerDefinition[] {
    if (!vscode.workspace.isTrusted) return [];
    const program = vscode.Uri.joinPath(this.#place.extension, 'dist', 'cts.cjs').fsPath;
    const environment = { ELECTRON_RUN_AS_NODE: '1', CTS_DATA_DIR: this.#place.dataFolder.fsPath };
    return [
      new vscode.McpStdioServerDefinition(
        'CTS',
        process.execPath,
        [program, 'mcp'],
        environment,
        CTS_VERSION,
      ),
    ];
  }

  /** Only now, when it is started, the token is looked up. */
  async resolveMcpServerDefinition(
    server: vscode.McpStdioServerDefinition,
  ): Promise<vscode.McpStdioServerDefinition> {
    const url = readServiceSetting();
    if (url === undefined) return server;
    const token = await this.#place.secrets.get(TOKEN_SECRET);
    server.env = { ...server.env, CTS_URL: url.href, ...(token !== undefined && { CTS_API_KEY: token }) };
    return server;
  }
}
