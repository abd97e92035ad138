import type { MenuItem } from '../../shared/menu.ts';
import type { Store } from '../../shared/store.ts';
import type { LogDocument } from '../log-document.ts';

/** What the menu needs to know besides the log. */
export interface MoreActionsOptions {
  readonly isTrusted: Store<boolean>;
  readonly openHelp: () => void;
}

/** Lists what can be done with the log besides looking at it. */
export function listMoreActions(
  log: LogDocument,
  { isTrusted, openHelp }: MoreActionsOptions,
): readonly (MenuItem | null)[] {
  const { host, input } = log;
  const { path } = input;
  const act = (action: Parameters<typeof host.act>[0]) => (): void => {
    host.act(action).catch((error: unknown) => {
      log.announce(error instanceof Error ? error.message : String(error));
    });
  };
  return [
    {
      label: 'Run Analyzer…',
      icon: 'play',
      isDisabled: !isTrusted.get(),
      act: act({ action: 'runTool', path }),
    },
    null,
    { label: 'Read Anew', icon: 'refresh', act: () => void log.open() },
    { label: 'Copy Path', icon: 'copy', act: act({ action: 'copyText', text: path }) },
    { label: 'Open Another Log…', icon: 'open', act: act({ action: 'openLog' }) },
    ...(host.kind === 'editor'
      ? [{ label: 'Show Log of the Backend', icon: 'list', act: act({ action: 'showBackendLog' }) } as const]
      : []),
    null,
    { label: 'Keys', icon: 'keyboard', key: '?', act: openHelp },
  ];
}
