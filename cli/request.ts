import type { Notify, RequestContext, RequestHandlers, ServerNotifications, ServerRequests } from '#protocol';
import { ProgressLine } from './render/progress-line.ts';
import type { Output } from './terminal.ts';

/** Reaches the engine; made when a command needs it, so that help costs nothing. */
export type Connect = () => Promise<RequestHandlers>;

/** What every command works with. */
export interface CommandContext {
  readonly connect: Connect;
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

type Listeners = Partial<{
  [Method in keyof ServerNotifications]: (params: ServerNotifications[Method]) => void | Promise<void>;
}>;

/** Sends one request and shows its progress until it is answered. */
export async function request<Method extends keyof ServerRequests>(
  { connect, output, signal }: CommandContext,
  method: Method,
  { params, on = {} }: { readonly params: ServerRequests[Method]['params']; readonly on?: Listeners },
): Promise<ServerRequests[Method]['result']> {
  const handlers = await connect();
  const progress = new ProgressLine(output);
  const listeners: Listeners = {
    'work/progressed': (told) => {
      progress.update(told);
    },
    ...on,
  };
  const notify: Notify = (name, told) => {
    if (name !== 'work/progressed') progress.clear();
    return listeners[name]?.(told);
  };
  const handle = handlers[method] as (
    params: ServerRequests[Method]['params'],
    context: RequestContext,
  ) => Promise<ServerRequests[Method]['result']>;
  try {
    return await handle(params, { signal, notify });
  } finally {
    progress.clear();
  }
}
