import * as z from 'zod';
import type { Wire } from './wire.ts';

/**
 * Numbers or bytes in bulk, little-endian. JSON carries them as base64; where structured clones can be sent, between
 * the editor and its pages, `bytes` is an ArrayBuffer instead.
 */
export const ByteBlock = z.strictObject({ base64: z.string() }).meta({ id: 'ByteBlock' });

/** Numbers or bytes in bulk, little-endian, as base64. */
export type ByteBlock = Wire<typeof ByteBlock>;
