/** Something that is asked again and again. */
export interface RepeatedAsking<Result> {
  /** Asks no more; returns all answers, or fails as the first question that failed. */
  stop(): Promise<readonly Result[]>;
}

/** Asks at a steady pace, whether or not the last answer has come. */
export function askRepeatedly<Result>(everyMs: number, ask: () => Promise<Result>): RepeatedAsking<Result> {
  const asked: Promise<Result>[] = [];
  const timer = setInterval(() => {
    const answer = ask();
    // Looked at when all are, which may be later.
    answer.catch(() => undefined);
    asked.push(answer);
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return Promise.all(asked);
    },
  };
}
