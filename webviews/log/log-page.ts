import { connectHost } from '../shared/host/connect-host.ts';
import { startLogEditor } from './log-editor.ts';

void startLogEditor(connectHost());
