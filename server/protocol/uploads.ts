import * as z from 'zod';
import type { Wire } from './wire.ts';

/** What `uploads/create` is asked. */
export const CreateUploadParams = z
  .strictObject({
    filename: z
      .string()
      .min(1)
      .max(255)
      .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'a plain file name is expected, without folders')
      .describe('Plain file name'),
    sizeBytes: z.int().min(0).exactOptional().describe('Checked at the end, when given'),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, '64 hexadecimal digits are expected')
      .exactOptional()
      .describe('Checked at the end, when given'),
  })
  .meta({ id: 'CreateUploadParams' });

/** What `uploads/create` is asked. */
export type CreateUploadParams = Wire<typeof CreateUploadParams>;

/** A file that a client hands to the service. */
export const Upload = z
  .strictObject({
    id: z.string(),
    filename: z.string(),
    state: z.enum(['pending', 'completed', 'failed']),
    sizeBytes: z.number().nullable().describe('As declared, or as it turned out; null while unknown'),
    receivedBytes: z.number(),
    sha256: z.string().nullable().describe('As declared, or as it turned out; null while unknown'),
    createdAt: z.string().describe('RFC 3339, UTC'),
    completedAt: z.string().nullable(),
  })
  .meta({ id: 'Upload' });

/** A file that a client hands to the service. */
export type Upload = Wire<typeof Upload>;

/** Names one upload. */
export const UploadQuery = z
  .strictObject({ uploadId: z.string().min(1).max(100) })
  .meta({ id: 'UploadQuery' });

/** Names one upload. */
export type UploadQuery = Wire<typeof UploadQuery>;
