import { CtsError, type ToolManifest } from '#protocol';
import { findNearestNames, offerNames } from '../../core/text/nearest-names.ts';
import type { Analyzer } from '../../tools/tool.ts';
import { describeTool } from '../../tools/tool-manifest.ts';

/** The tools that this engine has. */
export class ToolRegistry {
  readonly #tools: ReadonlyMap<string, Analyzer>;

  /** @param tools Each with an id of its own. */
  constructor(tools: readonly Analyzer[]) {
    this.#tools = new Map(tools.map((tool) => [tool.id, tool]));
  }

  /** @throws {CtsError} TOOL_NOT_FOUND with the nearest ids. */
  get(id: string): Analyzer {
    const tool = this.#tools.get(id);
    if (tool !== undefined) return tool;
    const known = [...this.#tools.keys()];
    const nearest = findNearestNames(id, known);
    const offer = offerNames(nearest) || `Known tools: ${known.join(', ')}.`;
    throw new CtsError('TOOL_NOT_FOUND', `No tool "${id}". ${offer}`, {
      details: { tool: id, nearest },
      actions: [offer],
    });
  }

  /** What every tool is and takes, by id. */
  list(): readonly ToolManifest[] {
    return [...this.#tools.values()].map(describeTool).sort((a, b) => a.id.localeCompare(b.id));
  }
}
