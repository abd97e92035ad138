/** Waiting took longer than the user allowed; the run goes on. */
export class WaitTimedOut extends Error {
  override readonly name = 'WaitTimedOut';

  constructor(runIds: readonly string[]) {
    const [id = 'RUN'] = runIds;
    super(`Waited long enough; the run goes on. See how it is: cts runs get ${id}`);
  }
}
