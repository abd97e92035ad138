// Sends the rest of an upload in small stretches. Arguments: the data folder, the upload, its size.
import { openStores } from '../../../server/adapters/data-folder/stores.ts';
import { acknowledge, readArgument } from './acknowledgement.ts';
import { sendUpload } from './upload-bytes.ts';

const STRETCH_BYTES = 20_000;
const [uploadId, sizeBytes] = [readArgument(1), Number(readArgument(2))];
const { incoming } = await openStores(readArgument(0), { ballastBytes: 0 });
const { signal } = new AbortController();

let offset = await incoming.measure(uploadId);
while (offset < sizeBytes) {
  const end = Math.min(offset + STRETCH_BYTES, sizeBytes);
  offset = await incoming.append(uploadId, sendUpload(offset, end), {
    offset,
    limitBytes: sizeBytes,
    signal,
  });
  acknowledge(offset);
}
