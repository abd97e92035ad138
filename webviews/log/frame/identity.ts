import { makeChip } from '../../shared/chips.ts';
import { makeElement, makeIconButton } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import { type MenuItem, openMenu } from '../../shared/menu.ts';
import { formatAmount } from '../../shared/number-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { Overview } from '../overview-feed.ts';
import { describeLoad, maskDongle, nameCar } from './identity-texts.ts';

/** What the right end of the tabs offers. */
export interface IdentityOptions {
  readonly copyCommand: () => void;
  readonly listMoreActions: () => readonly (MenuItem | null)[];
}

/** Makes what names the log: car, device, kind, how it was read, what deserves a look; and what can be done with it. */
export function makeIdentity(
  log: LogDocument,
  { copyCommand, listMoreActions }: IdentityOptions,
): HTMLElement {
  const facts = makeElement('div', { className: 'identity-facts' });
  const more = makeIconButton({
    label: 'More actions',
    icon: 'more',
    act: () => {
      openMenu(more, { label: 'More actions', items: listMoreActions() });
    },
  });
  more.setAttribute('aria-haspopup', 'menu');
  const draw = createFrameTask(() => {
    facts.replaceChildren(...listFacts(log));
  });
  log.overview.subscribe(draw);
  log.state.subscribe(draw);
  draw();
  return makeElement(
    'div',
    { className: 'identity' },
    facts,
    makeIconButton({ label: 'Copy as cts command', key: 'Alt+C', icon: 'code', act: copyCommand }),
    more,
  );
}

function listFacts(log: LogDocument): readonly HTMLElement[] {
  const state = log.state.get();
  const overview = log.overview.get();
  const facts: HTMLElement[] = overview === null ? [] : listNames(overview);
  if (state === null) return facts;
  facts.push(...state.kinds.map((kind) => makeChip({ label: kind })));
  facts.push(makeChip({ ...describeLoad(state), act: () => log.show({ tab: 'overview' }) }));
  if (overview !== null && overview.findings.length > 0) facts.push(makeFindingsChip(log, overview));
  return facts;
}

function listNames({ info: { car, device } }: Overview): HTMLElement[] {
  const names: HTMLElement[] = [];
  if (car.fingerprint !== null) {
    names.push(
      makeElement('b', { className: 'identity-car clip', title: car.fingerprint }, nameCar(car.fingerprint)),
    );
  }
  if (device.dongleId !== null) {
    names.push(makeElement('span', { className: 'mono identity-dongle' }, maskDongle(device.dongleId)));
  }
  return names;
}

function makeFindingsChip(log: LogDocument, { findings }: Overview): HTMLElement {
  const tone = findings.some(({ severity }) => severity === 'warning') ? 'warning' : 'note';
  const chip = makeChip({
    label: formatAmount(findings.length, 'finding'),
    tone,
    title: 'What deserves a look',
    act: () => {
      openMenu(chip, {
        label: 'Findings',
        items: findings.map((finding) => ({
          label: finding.text,
          tone: finding.severity,
          act: () => {
            if (finding.atSeconds === null) log.show({ tab: 'overview' });
            else log.cursor.set(finding.atSeconds);
          },
        })),
      });
    },
  });
  chip.setAttribute('aria-haspopup', 'menu');
  return chip;
}
