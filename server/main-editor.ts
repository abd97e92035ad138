import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { CtsError } from '#protocol';
import { watchProcess } from './adapters/machine/parent-watch.ts';
import { beginEditorBackend, type EditorBackend } from './main-editor-backend.ts';
import { findPrograms } from './main-programs.ts';
import { openEditorConnection } from './transports/editor/editor-connection.ts';
import type { EditorTransport } from './transports/editor/transport.ts';

/** How this process was started. */
export interface EditorProcess {
  /** Folder of the programs. */
  readonly folder: string;
  /** The process that speaks with this one, where that is told on the command line. */
  readonly clientProcessId: number | null;
}

/** Serves the editor at the other end until it says goodbye or is gone; then this process ends. */
export function serveEditor(transport: EditorTransport, { folder, clientProcessId }: EditorProcess): void {
  const served = new ServedEditor();
  const connection = openEditorConnection(transport, {
    begin: async (options, processId) => {
      if (processId !== null) served.watch(processId);
      const backend = await beginEditorBackend(options, {
        ...findPrograms(folder),
        environment: process.env,
        onMoved: (httpUrl) => {
          connection.tellMoved(httpUrl);
        },
      });
      served.take(backend);
      flushCompileCache();
      return backend;
    },
    end: () => served.end('the editor closes'),
    exit: (code) => void served.exit('the editor has closed', code),
    tellFailure: (error) => served.tellFailure(error),
  });
  if (clientProcessId !== null) served.watch(clientProcessId);
  transport.reader.onClose(() => void served.exit('the editor is gone', 0));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void served.exit(signal, 0));
}

/** The backend of one editor, and its end. */
class ServedEditor {
  #backend: EditorBackend | undefined;
  #ended: Promise<void> | undefined;
  #isLeaving = false;

  take(backend: EditorBackend): void {
    this.#backend = backend;
    // The editor may have left while the backend was beginning.
    if (this.#isLeaving) void this.exit('the editor is gone', 0);
  }

  watch(processId: number): void {
    watchProcess(processId, () => void this.exit('the process of the editor is gone', 0));
  }

  end(reason: string): Promise<void> {
    this.#ended ??= this.#backend?.end(reason);
    return this.#ended ?? Promise.resolve();
  }

  async exit(reason: string, code: number): Promise<void> {
    this.#isLeaving = true;
    try {
      await this.end(reason);
    } finally {
      process.exit(code);
    }
  }

  /** What the editor is told of a failure; a bug is written down. */
  tellFailure(cause: unknown): CtsError {
    if (cause instanceof CtsError) return cause;
    this.#backend?.logger.error('A request broke', { error: cause });
    return new CtsError('INTERNAL_ERROR', 'Something broke in the backend: this is a bug of CTS', {
      actions: ['See its log with the command CTS: Show Backend Log, and report what stands there.'],
      cause,
    });
  }
}
