import {
  type AbstractCancellationTokenSource,
  type CancellationToken,
  CancellationTokenSource,
  type RequestMessage,
} from 'vscode-languageserver/node';

/** Tells which request a token belongs to: the library hands out tokens, and news name their request by its id. */
export class RequestIds {
  readonly kind = 'request';
  readonly #ids = new WeakMap<CancellationToken, RequestMessage['id']>();

  /** Called by the library for every request. */
  createCancellationTokenSource(request: RequestMessage): AbstractCancellationTokenSource {
    const source = new CancellationTokenSource();
    this.#ids.set(source.token, request.id);
    return source;
  }

  find(token: CancellationToken): RequestMessage['id'] {
    return this.#ids.get(token) ?? null;
  }
}
