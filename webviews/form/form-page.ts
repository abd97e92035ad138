import { connectHost } from '../shared/host/connect-host.ts';
import { startForm } from './form-start.ts';

void startForm(connectHost());
