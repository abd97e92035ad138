import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/components.css';
import { createCanTab } from './can/can-tab.ts';
import type { PageHost } from '../shared/host/page-host.ts';
import { makeLogFrame } from './frame/log-frame.ts';
import { createLogDocument } from './log-document.ts';
import { createEventsTab } from './events/events-tab.ts';
import type { LogTab } from './log-tab.ts';
import { createLogsTab } from './logs/logs-tab.ts';
import { createOverviewTab } from './overview/overview-tab.ts';
import { createSignalsTab } from './signals/signals-tab.ts';

/** Starts the editor of a log in the page. */
export async function startLogEditor(host: PageHost): Promise<void> {
  const beginning = await host.begun;
  const log = createLogDocument(host, beginning);
  const tabs: readonly LogTab[] = [
    createOverviewTab(log),
    createCanTab(log, host),
    createSignalsTab(log, host),
    createEventsTab(log, host),
    createLogsTab(log, host),
  ];
  document.title = log.input.name;
  document.body.append(makeLogFrame(log, { tabs, beginning }));
  await log.open();
}
