import type {
  DbcInfo,
  DbcList,
  DbcMatches,
  DbcText,
  DecodeLogResult,
  DecodeTextResult,
  LintResult,
  LintRules,
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

/** What the engine in this process answers: about logs, and about DBC files, which no service is asked. */
export interface EngineAnswers extends LogAnswers {
  readonly 'dbc/lint': LintResult;
  readonly 'dbc/rules': LintRules;
  readonly 'dbc/describe': DbcInfo;
  readonly 'dbc/text': DbcText;
  readonly 'dbc/list': DbcList;
  readonly 'dbc/match': DbcMatches;
  readonly 'dbc/decode': DecodeLogResult;
  readonly 'dbc/decodeText': DecodeTextResult;
}

/** The engine in this process. */
export type EngineHandlers = {
  readonly [Method in keyof EngineAnswers]: (
    params: ServerRequests[Method]['params'],
    context: RequestContext,
  ) => Promise<EngineAnswers[Method]>;
};

/** What reads logs: the engine in this process, or a service. */
export type LogHandlers = Pick<EngineHandlers, keyof LogAnswers>;

/** What `logs/readEvents` comes to; what was read is told by the engine only. */
export interface EventsEnd {
  readonly delivered: number;
  readonly report: LoadReport | null;
}

/** Reaches what answers; made when a command needs it, so that help costs nothing. */
export type Connect<Method extends keyof EngineHandlers = keyof LogAnswers> = () => Promise<
  Pick<EngineHandlers, Method>
>;

/** What a request needs of its command. */
export interface RequestSender<Method extends keyof EngineHandlers = keyof LogAnswers> {
  readonly connect: Connect<Method>;
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Who listens to what is told while a request is worked on. */
export type Listeners = Partial<{
  [Method in keyof ServerNotifications]: (params: ServerNotifications[Method]) => void | Promise<void>;
}>;

/** Sends one request and shows its progress until it is answered. */
export async function request<Method extends keyof EngineHandlers>(
  { connect, output, signal }: RequestSender<Method>,
  method: Method,
  { params, on = {} }: { readonly params: ServerRequests[Method]['params']; readonly on?: Listeners },
): Promise<EngineAnswers[Method]> {
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
  const handle: EngineHandlers[Method] = handlers[method];
  try {
    return await handle(params, { signal, notify });
  } finally {
    progress.clear();
  }
}
