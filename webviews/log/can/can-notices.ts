import type { MessageRow } from '#protocol';
import type { BannerMessage } from '../../shared/banners.ts';
import { makeEmptyState } from '../../shared/empty-state.ts';
import { formatArbitrationId, formatCount } from '../../shared/number-text.ts';
import type { LogDocument } from '../log-document.ts';

/** Says that the message whose detail is seen does not pass the filters. */
export function makeHiddenNotice({ name, arbitrationId }: MessageRow, clear: () => void): BannerMessage {
  return {
    id: 'hidden',
    tone: 'note',
    title: `${name ?? formatArbitrationId(arbitrationId)} does not pass the filters.`,
    text: 'Its detail stays.',
    actions: [{ label: 'Clear Filters', act: clear }],
  };
}

/** Makes what stands in place of the messages of a log without CAN; null while that is not known. */
export function makeNoCan(document: LogDocument): HTMLElement | null {
  const state = document.state.get();
  if (state === null || state.phase === 'reading') return null;
  const services = document.overview.get()?.info.services.length;
  const what =
    services === undefined
      ? `${formatCount(state.events)} events of other services`
      : `${formatCount(services)} services`;
  return makeEmptyState({
    icon: 'table',
    title: 'This log has no CAN events',
    text: [`${what} are present; see Overview.`],
    actions: [
      {
        label: 'Open Overview',
        act: () => {
          document.show({ tab: 'overview' });
        },
      },
    ],
  });
}
