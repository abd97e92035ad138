// Leads a database from version 1 to version 2, which takes a while. Argument: the data folder.
import { openStateDatabase } from '../../../server/adapters/sqlite/state-database.ts';
import { acknowledge, readArgument } from './acknowledgement.ts';
import { SLOW_MIGRATIONS } from './slow-migrations.ts';

acknowledge('begin');
openStateDatabase(readArgument(0), { migrations: SLOW_MIGRATIONS });
acknowledge('end');
