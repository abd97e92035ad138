// Takes a data folder, says so in `service.json`, and stays. Argument: the data folder.
import { openStores } from '../../../server/adapters/data-folder/stores.ts';
import { acknowledge, readArgument } from './acknowledgement.ts';

const stores = await openStores(readArgument(0), { ballastBytes: 0 });
await stores.writeServiceFile({
  url: 'http://127.0.0.1:4711',
  pid: process.pid,
  startedAt: new Date().toISOString(),
  version: '0.1.0',
});
acknowledge('ready');
setInterval(() => stores.token, 60_000);
