import type {
  LoadReport,
  LogInfo,
  Notify,
  RequestContext,
  ServerNotifications,
  ServerRequests,
} from '#protocol';
import { ProgressLine } from './render/progress-line.ts';
import type { Output } from './terminal.ts';

/** What is answered about logs. */
export interface LogAnswers {
  readonly 'logs/info': LogInfo;
  readonly 'logs/readEvents': EventsEnd;
}

/** What reads logs: the engine in this process, or a service. */
export type LogHandlers = {
  readonly [Method in keyof LogAnswers]: (
    params: ServerRequests[Method]['params'],
    context: RequestContext,
  ) => Promise<LogAnswers[Method]>;
};

/** What `logs/readEvents` comes to; what was read is told by the engine only. */
export interface EventsEnd {
  readonly delivered: number;
  readonly report: LoadReport | null;
}

/** Reaches what reads logs; made when a command needs it, so that help costs nothing. */
export type Connect = () => Promise<LogHandlers>;

/** What a request needs of its command. */
export interface RequestSender {
  readonly connect: Connect;
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

type Listeners = Partial<{
  [Method in keyof ServerNotifications]: (params: ServerNotifications[Method]) => void | Promise<void>;
}>;

/** Sends one request and shows its progress until it is answered. */
export async function request<Method extends keyof LogHandlers>(
  { connect, output, signal }: RequestSender,
  method: Method,
  { params, on = {} }: { readonly params: ServerRequests[Method]['params']; readonly on?: Listeners },
): Promise<LogAnswers[Method]> {
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
  const handle: LogHandlers[Method] = handlers[method];
  try {
    return await handle(params, { signal, notify });
  } finally {
    progress.clear();
  }
}
