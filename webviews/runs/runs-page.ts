import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/components.css';
import { connectHost } from '../shared/host/connect-host.ts';
import { RunsView } from './runs-view.ts';

document.documentElement.lang = 'en';
document.title = 'CTS runs';
const selected = new URLSearchParams(location.search).get('run');
document.body.append(new RunsView(connectHost(), selected).element);
