import { PageMessage } from '#pages';
import type {
  ActionResult,
  EditorMessage,
  PageAction,
  PageFailure,
  PageInput,
  PageMessage as Told,
} from '#protocol';
import type { RequestOptions } from '../backend/connection.ts';
import { memberOf, toCtsError } from '../backend/failure.ts';
import { AnswerWindow } from './answer-window.ts';
import { liftBlocks } from './page-blocks.ts';
import { refuseRequest } from './page-policy.ts';

type PageRequest = Extract<Told, { readonly kind: 'request' }>;
type Params = PageRequest['params'];

/** What a page is joined to. */
export interface PagePorts {
  readonly input: PageInput;
  post(message: EditorMessage): void;
  begin(): Extract<EditorMessage, { readonly kind: 'begin' }>;
  isTrusted(): boolean;
  /** Asks the backend. */
  relay(method: string, params: object, options: RequestOptions): Promise<unknown>;
  /** Does what the page asks of the editor. */
  act(action: PageAction): Promise<ActionResult>;
  remember(state: string): void;
  /** Adds what settings say to what a page asks. */
  complete(method: string, params: Params): Params;
  /** Sees every answer of the backend. */
  observe(method: string, result: unknown): void;
  /** Writes down what a page said that it should not have said. */
  complain(message: string): void;
}

/** Requests of one page at once. */
const MOST_IN_FLIGHT = 100;

/**
 * Joins one page to the backend and the editor. Every message is checked before it is believed; what is not allowed is
 * refused, and what nobody waits for any more is stopped.
 */
export class PageRelay {
  readonly #ports: PagePorts;
  readonly #window = new AnswerWindow();
  readonly #sessions = new Set<string>();
  #inFlight = new Map<number, AbortController>();
  #isClosed = false;

  constructor(ports: PagePorts) {
    this.#ports = ports;
  }

  /** Takes one message as it came. Never throws. */
  take(message: unknown): void {
    const read = PageMessage.safeParse(message);
    if (!read.success) {
      this.#ports.complain(
        `A page sent what is no message: ${read.error.issues[0]?.message ?? ''}`.slice(0, 300),
      );
      return;
    }
    const told = read.data as Told;
    switch (told.kind) {
      case 'ready':
        // A page that begins anew waits for nothing that was asked before.
        this.#stopAll();
        this.#post(this.#ports.begin());
        break;
      case 'request':
        void this.#answer(told);
        break;
      case 'cancel':
        this.#inFlight.get(told.id)?.abort();
        this.#window.drop(told.id);
        break;
      case 'taken':
        this.#window.taken(told.id);
        break;
      case 'act':
        void this.#act(told.id, told.what);
        break;
      case 'remember':
        this.#ports.remember(told.state);
        break;
    }
  }

  /** Tells the page something that it did not ask for. */
  tell(message: EditorMessage): void {
    this.#post(message);
  }

  /** Stops all that is being worked on for the page. */
  close(): void {
    this.#isClosed = true;
    this.#stopAll();
  }

  async #answer({ id, method, params }: PageRequest): Promise<void> {
    const refusal = this.#refuse(id, method, params);
    if (refusal !== undefined) {
      this.#fail(id, refusal);
      return;
    }
    const caller = new AbortController();
    const inFlight = this.#inFlight;
    inFlight.set(id, caller);
    try {
      const result = await this.#ask(method, params, { id, signal: caller.signal });
      if (!caller.signal.aborted) this.#send(id, result);
    } catch (error) {
      if (!caller.signal.aborted) this.#fail(id, toPageFailure(error));
    } finally {
      inFlight.delete(id);
    }
  }

  async #ask(
    method: string,
    params: Params,
    { id, signal }: { readonly id: number; readonly signal: AbortSignal },
  ): Promise<unknown> {
    const result = await this.#ports.relay(method, this.#ports.complete(method, params), {
      signal,
      onNews: (name, news) => {
        if (!signal.aborted) this.#post({ kind: 'news', id, method: name, params: liftBlocks(news).value });
      },
    });
    const session = method === 'sessions/open' ? memberOf(result, 'session') : undefined;
    if (typeof session === 'string') this.#sessions.add(session);
    this.#ports.observe(method, result);
    return result;
  }

  #refuse(id: number, method: string, params: Params): PageFailure | undefined {
    if (this.#inFlight.has(id))
      return createFailure('INVALID_REQUEST', `A request with the id ${id} is still being answered`);
    if (this.#inFlight.size >= MOST_IN_FLIGHT)
      return createFailure('OVERLOADED', `${MOST_IN_FLIGHT} requests of this page are being answered`);
    const { input } = this.#ports;
    const rights = { input, isTrusted: this.#ports.isTrusted(), sessions: this.#sessions };
    return refuseRequest(method, params, rights);
  }

  #send(id: number, result: unknown): void {
    const { value, blockBytes } = liftBlocks(result);
    this.#window.offer(id, blockBytes, () => {
      this.#post({ kind: 'answer', id, result: value });
    });
  }

  async #act(id: number, action: PageAction): Promise<void> {
    try {
      this.#post({ kind: 'answer', id, result: await this.#ports.act(action) });
    } catch (error) {
      this.#fail(id, toPageFailure(error));
    }
  }

  #fail(id: number, error: PageFailure): void {
    this.#post({ kind: 'failure', id, error });
  }

  #post(message: EditorMessage): void {
    if (!this.#isClosed) this.#ports.post(message);
  }

  #stopAll(): void {
    const stopped = this.#inFlight;
    this.#inFlight = new Map();
    for (const request of stopped.values()) request.abort();
    this.#window.clear();
  }
}

/** A failure as pages are told. */
function toPageFailure(error: unknown): PageFailure {
  const { code, message, actions, details } = toCtsError(error);
  return { code, message, actions, details };
}

function createFailure(code: string, message: string): PageFailure {
  return { code, message, actions: [], details: {} };
}
