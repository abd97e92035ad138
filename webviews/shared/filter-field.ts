import { makeElement } from './element.ts';
import { type IconName, makeIcon } from './icons.ts';

/** What a filter field is for. */
export interface FilterFieldOptions {
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly icon?: IconName;
  /** Within the filter row of a grid. */
  readonly isInRow?: boolean;
  /** Called a moment after the last letter. Returns why the text is not understood, or null. */
  readonly onChange: (text: string) => string | null;
}

/** A field that filters what is below. */
export interface FilterField {
  readonly element: HTMLElement;
  get(): string;
  /** Writes a text as if it had been typed. */
  set(text: string): void;
  focus(): void;
}

const AFTER_TYPING_MS = 120;
let fields = 0;

/** Makes a field that filters: Esc clears it; what is not understood is said below it. */
export function makeFilterField(options: FilterFieldOptions): FilterField {
  const { label, placeholder = '', value = '', icon, isInRow = false, onChange } = options;
  fields += 1;
  const problem = makeElement('span', { className: 'field-problem', id: `field-problem-${fields}` });
  const input = makeElement('input', {
    type: 'text',
    placeholder,
    value,
    spellcheck: false,
    autocomplete: 'off',
    attributes: { 'aria-label': label, 'aria-describedby': problem.id },
  });
  const element = makeElement('div', { className: isInRow ? 'field is-row' : 'field' }, input, problem);
  if (icon !== undefined) element.prepend(makeIcon(icon));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = value;

  function tell(): void {
    clearTimeout(timer);
    if (input.value === told) return;
    told = input.value;
    const found = onChange(told);
    problem.textContent = found ?? '';
    element.classList.toggle('has-problem', found !== null);
    input.setAttribute('aria-invalid', String(found !== null));
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(tell, AFTER_TYPING_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') tell();
    if (event.key !== 'Escape' || input.value === '') return;
    event.preventDefault();
    event.stopPropagation();
    input.value = '';
    tell();
  });
  return {
    element,
    get: () => input.value,
    set: (text) => {
      input.value = text;
      tell();
    },
    focus: () => {
      input.focus();
      input.select();
    },
  };
}
