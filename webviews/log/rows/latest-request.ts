/** Asks a question whose answer is out of date as soon as it is asked again. */
export interface LatestRequest<Question> {
  /** Asks as soon as the question before is answered; of several that wait, the last one is asked. */
  ask(question: Question): void;
  /** Forgets what is asked and what waits. */
  cancel(): void;
}

/** How a question is answered, and to whom. */
export interface LatestRequestOptions<Question, Answer> {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
  /** Told answers that are still wanted. */
  readonly take: (answer: Answer, question: Question) => void;
  readonly onFailure?: (error: unknown) => void;
}

/** Makes a question of which one is under way at a time: what moves with the pointer never piles up. */
export function createLatestRequest<Question, Answer>(
  options: LatestRequestOptions<Question, Answer>,
): LatestRequest<Question> {
  let waiting: { readonly question: Question } | null = null;
  let current: AbortController | null = null;

  async function work(question: Question, request: AbortController): Promise<void> {
    try {
      const answer = await options.ask(question, request.signal);
      if (current === request) options.take(answer, question);
    } catch (error) {
      if (current === request && !request.signal.aborted) options.onFailure?.(error);
    }
    if (current !== request) return;
    current = null;
    const next = waiting;
    waiting = null;
    if (next !== null) begin(next.question);
  }

  function begin(question: Question): void {
    current = new AbortController();
    void work(question, current);
  }

  return {
    ask: (question) => {
      if (current === null) begin(question);
      else waiting = { question };
    },
    cancel: () => {
      current?.abort();
      current = null;
      waiting = null;
    },
  };
}
