import { CtsError, type ServerRequests } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { type EngineAnswers, type Listeners, request } from '../../request.ts';

/** What a request says, and who listens to what is told meanwhile. */
export interface RequestHere<Method extends keyof EngineAnswers> {
  readonly params: ServerRequests[Method]['params'];
  readonly on?: Listeners;
}

/**
 * Asks the engine in this process.
 *
 * @throws {CtsError} INVALID_PARAMETER where the user names a service: DBC files are read here.
 */
export function requestHere<Method extends keyof EngineAnswers>(
  { options, connectHere, output, signal }: CommandContext,
  method: Method,
  work: RequestHere<Method>,
): Promise<EngineAnswers[Method]> {
  if (options.url !== undefined) return Promise.reject(refuseService(options.url));
  return request({ connect: connectHere, output, signal }, method, work);
}

function refuseService(url: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `cts dbc reads files of this machine, and asks nothing of ${url}`,
    {
      details: { url },
      actions: ['Leave out --url, and name files of this machine.'],
    },
  );
}
