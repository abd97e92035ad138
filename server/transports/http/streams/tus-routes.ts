import type { DescribedAnswer, DescribedRoute } from '../described-route.ts';
import { UploadPath } from '../routes/named-paths.ts';

export const TUS_PATH = '/v1/uploads/tus';

const VERSION = { 'Tus-Resumable': '`1.0.0`' };
const OFFSET = { 'Upload-Offset': 'Bytes that have come' };

const DISCOVERY: DescribedAnswer = {
  status: 204,
  description: 'What is spoken here',
  headers: {
    'Tus-Version': '`1.0.0`',
    'Tus-Extension': '`creation,creation-with-upload,termination`',
    'Tus-Max-Size': 'Most bytes of an upload',
  },
};

/** What the documents say of tus 1.0: failures of the protocol itself are answered with the status and text of tus. */
export const TUS_ROUTES: readonly DescribedRoute[] = [
  {
    verb: 'OPTIONS',
    path: TUS_PATH,
    group: 'Uploads',
    summary: 'What of tus is spoken',
    answers: [DISCOVERY],
    errors: [],
  },
  {
    verb: 'POST',
    path: TUS_PATH,
    group: 'Uploads',
    summary: 'Announce a resumable upload (tus 1.0)',
    requestHeaders: {
      ...VERSION,
      'Upload-Length': 'Bytes of the file',
      'Upload-Metadata': 'Pairs of name and base64: `filename`, and `sha256` to have the content compared',
    },
    body: [{ mediaType: 'application/offset+octet-stream', description: 'First bytes of the file, or none' }],
    answers: [
      {
        status: 201,
        description: 'Announced',
        headers: { Location: 'Path that takes the bytes', ...OFFSET },
      },
    ],
    errors: ['INVALID_PARAMETER', 'UPLOAD_TOO_LARGE', 'UPLOAD_TYPE_REFUSED', 'UPLOAD_MISMATCH'],
  },
  {
    verb: 'OPTIONS',
    path: `${TUS_PATH}/:uploadId`,
    group: 'Uploads',
    summary: 'What of tus is spoken',
    pathSchema: UploadPath,
    answers: [DISCOVERY],
    errors: [],
  },
  {
    verb: 'HEAD',
    path: `${TUS_PATH}/:uploadId`,
    group: 'Uploads',
    summary: 'How many bytes of a resumable upload have come',
    description: 'Ends a request that is sending bytes of the same upload: what is told is final.',
    pathSchema: UploadPath,
    requestHeaders: VERSION,
    answers: [
      {
        status: 200,
        description: 'Known upload',
        headers: { ...OFFSET, 'Upload-Length': 'Bytes of the whole file' },
      },
    ],
    errors: ['UPLOAD_NOT_FOUND'],
  },
  {
    verb: 'PATCH',
    path: `${TUS_PATH}/:uploadId`,
    group: 'Uploads',
    summary: 'Send bytes of a resumable upload',
    description: 'With the last byte the upload is finalized.',
    pathSchema: UploadPath,
    requestHeaders: { ...VERSION, 'Upload-Offset': 'Where the bytes belong: as many as have come' },
    body: [{ mediaType: 'application/offset+octet-stream', description: 'The bytes' }],
    answers: [{ status: 204, description: 'On disk', headers: OFFSET }],
    errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_TOO_LARGE', 'UPLOAD_MISMATCH', 'DISK_FULL'],
  },
  {
    verb: 'DELETE',
    path: `${TUS_PATH}/:uploadId`,
    group: 'Uploads',
    summary: 'Remove a resumable upload',
    pathSchema: UploadPath,
    requestHeaders: VERSION,
    answers: [{ status: 204, description: 'Removed' }],
    errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_IN_USE'],
  },
];
