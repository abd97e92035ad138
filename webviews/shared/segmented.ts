import { makeElement, setText } from './element.ts';

/** One part of a segmented filter. */
export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Written behind the label. */
  readonly count?: string;
  readonly title?: string;
}

/** What a segmented filter is for. */
export interface SegmentedOptions<Value extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly pressed: readonly Value[];
  /** One at a time, or any of them. */
  readonly choice: 'one' | 'any';
  readonly onChange: (pressed: readonly Value[]) => void;
}

/** A row of buttons that stay pressed. */
export interface Segmented<Value extends string> {
  readonly element: HTMLElement;
  press(values: readonly Value[]): void;
  setCount(value: Value, count: string): void;
}

/** Makes a segmented filter. */
export function makeSegmented<Value extends string>(options: SegmentedOptions<Value>): Segmented<Value> {
  const { label, segments, choice, onChange } = options;
  let pressed = new Set(options.pressed);
  const buttons = new Map<Value, HTMLButtonElement>();
  const element = makeElement('div', {
    className: 'segmented',
    attributes: { role: 'group', 'aria-label': label },
  });

  function draw(): void {
    for (const [value, button] of buttons) button.setAttribute('aria-pressed', String(pressed.has(value)));
  }

  function toggle(value: Value): void {
    if (choice === 'one') pressed = new Set([value]);
    else if (!pressed.delete(value)) pressed.add(value);
    draw();
    onChange(segments.map((segment) => segment.value).filter((known) => pressed.has(known)));
  }

  for (const segment of segments) {
    const button = makeSegmentButton(segment);
    button.addEventListener('click', () => {
      toggle(segment.value);
    });
    buttons.set(segment.value, button);
    element.append(button);
  }
  draw();
  return {
    element,
    press: (values) => {
      pressed = new Set(values);
      draw();
    },
    setCount: (value, count) => {
      const small = buttons.get(value)?.querySelector('small');
      if (small) setText(small, count);
    },
  };
}

function makeSegmentButton<Value extends string>({
  label,
  count,
  title = '',
}: Segment<Value>): HTMLButtonElement {
  const button = makeElement('button', { type: 'button', title }, label);
  if (count !== undefined) button.append(' ', makeElement('small', {}, count));
  return button;
}
