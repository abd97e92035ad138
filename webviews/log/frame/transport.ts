import { makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import { makeIcon } from '../../shared/icons.ts';
import { openMenu } from '../../shared/menu.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import { type Playback, SPEEDS } from './playback.ts';

/** What the transport drives. */
export interface TransportOptions {
  readonly playback: Playback;
  readonly step: (direction: -1 | 1) => void;
}

/** Makes the read-out of the time, and the buttons below it. */
export function makeTransport(log: LogDocument, { playback, step }: TransportOptions): HTMLElement {
  return makeElement(
    'div',
    { className: 'transport' },
    makeReadOut(log),
    makeButtons(log, { playback, step }),
    makeLaneNames(),
  );
}

function makeReadOut(log: LogDocument): HTMLElement {
  const now = makeElement('span', {}, formatTime(0));
  const end = makeElement('small');
  const draw = createFrameTask(() => {
    setText(now, formatTime(log.cursor.get()));
    setText(end, `of ${formatTime(log.whole.get().to, 1)}`);
  });
  log.cursor.subscribe(draw);
  log.whole.subscribe(draw);
  draw();
  return makeElement('div', { className: 'read-out', attributes: { 'aria-live': 'off' } }, now, end);
}

function makeButtons(log: LogDocument, { playback, step }: TransportOptions): HTMLElement {
  const go = (seconds: number) => (): void => {
    log.cursor.set(seconds);
  };
  const buttons = [
    makeIconButton({
      label: 'Range start',
      key: 'Home',
      icon: 'rangeStart',
      act: () => go(log.range.get().from)(),
    }),
    makeIconButton({ label: 'One frame back', key: '←', icon: 'back', act: () => step(-1) }),
    makePlayButton(playback),
    makeIconButton({ label: 'One frame on', key: '→', icon: 'forward', act: () => step(1) }),
    makeIconButton({ label: 'Range end', key: 'End', icon: 'rangeEnd', act: () => go(log.range.get().to)() }),
    makeSpeedButton(playback),
  ];
  const attributes = { role: 'toolbar', 'aria-label': 'Play' };
  return makeElement('div', { className: 'transport-buttons', attributes }, ...buttons);
}

function makePlayButton(playback: Playback): HTMLElement {
  const button = makeIconButton({ label: 'Play', key: 'Space', icon: 'play', act: () => playback.toggle() });
  button.classList.add('is-primary');
  playback.isPlaying.subscribe((isPlaying) => {
    const label = isPlaying ? 'Pause' : 'Play';
    button.setAttribute('aria-label', label);
    button.title = `${label} (Space)`;
    button.replaceChildren(makeIcon(isPlaying ? 'pause' : 'play'));
  });
  return button;
}

function makeSpeedButton({ speed }: Playback): HTMLElement {
  const button = makeElement('button', {
    type: 'button',
    className: 'button is-second is-small transport-speed',
    title: 'Speed of play',
    attributes: { 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
  });
  const write = (): void => {
    setText(button, `${speed.get()}×`);
    button.setAttribute('aria-label', `Speed: ${speed.get()} times`);
  };
  speed.subscribe(write);
  write();
  button.addEventListener('click', () => {
    openMenu(button, {
      label: 'Speed of play',
      items: SPEEDS.map((times) => ({
        label: `${times}×`,
        isChecked: times === speed.get(),
        act: () => {
          speed.set(times);
        },
      })),
    });
  });
  return button;
}

function makeLaneNames(): HTMLElement {
  const names = ['speed', 'engaged', 'alerts, flags'].map((name) => makeElement('span', {}, name));
  return makeElement('div', { className: 'lane-names', attributes: { 'aria-hidden': 'true' } }, ...names);
}
