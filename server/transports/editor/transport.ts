import type { MessageReader, MessageWriter } from 'vscode-languageserver/node';

/** What carries messages between the editor and this process. */
export interface EditorTransport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}
