import { CtsError, PROTOCOL_VERSION } from '#protocol';
import type { BackendFacts } from './connection.ts';
import { memberOf } from './failure.ts';

/**
 * Reads what a backend says of itself.
 *
 * @throws {CtsError} CLIENT_TOO_OLD where it speaks another protocol, INTERNAL_ERROR where it is no backend of CTS.
 */
export function readBackendFacts(told: unknown): BackendFacts {
  const protocolVersion = memberOf(told, 'protocolVersion');
  const ctsVersion = memberOf(told, 'ctsVersion');
  if (typeof protocolVersion !== 'number' || typeof ctsVersion !== 'string')
    throw new CtsError('INTERNAL_ERROR', 'What answers does not say which CTS it is', {
      actions: ['Check the setting cts.service.url, or install the extension again.'],
    });
  if (protocolVersion !== PROTOCOL_VERSION) throw createMismatch(protocolVersion, ctsVersion);
  return { protocolVersion, ctsVersion, httpUrl: readText(told, 'httpUrl'), missing: readMissing(told) };
}

/** Says that two versions do not understand each other, and which of them is to be updated. */
export function createMismatch(protocolVersion: number, ctsVersion: string): CtsError {
  const isNewer = protocolVersion > PROTOCOL_VERSION;
  return new CtsError(
    'CLIENT_TOO_OLD',
    `The backend is CTS ${ctsVersion} and speaks protocol ${protocolVersion}; this extension speaks ${PROTOCOL_VERSION}`,
    {
      details: { protocolVersion, ctsVersion },
      actions: [isNewer ? 'Update the extension CTS.' : 'Update the service that cts.service.url names.'],
    },
  );
}

function readText(told: unknown, name: string): string | null {
  const text = memberOf(told, name);
  return typeof text === 'string' ? text : null;
}

function readMissing(told: unknown): readonly string[] {
  const missing = memberOf(told, 'missing');
  return Array.isArray(missing) ? missing.filter((text) => typeof text === 'string').slice(0, 10) : [];
}
