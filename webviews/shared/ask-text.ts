import './ask-text.css';
import { makeButton, makeElement } from './element.ts';

/** What is asked. */
export interface TextQuestion {
  readonly title: string;
  readonly label: string;
  readonly button: string;
  readonly value?: string;
  /** Why a text will not do; null where it will. */
  readonly check?: (text: string) => string | null;
}

/** Asks for a line of text in a dialog; null where it was closed. */
export function askText({
  title,
  label,
  button,
  value = '',
  check = () => null,
}: TextQuestion): Promise<string | null> {
  const input = makeElement('input', { className: 'ask-text-input', value, spellcheck: false });
  const problem = makeElement('p', { className: 'ask-text-problem', attributes: { role: 'alert' } });
  const dialog = makeElement('dialog', { className: 'ask-text', attributes: { 'aria-label': title } });
  return new Promise((resolve) => {
    let answer: string | null = null;
    const finish = (): void => {
      const found = check(input.value);
      problem.textContent = found ?? '';
      if (found !== null || input.value.trim() === '') return;
      answer = input.value.trim();
      dialog.close();
    };
    dialog.append(
      makeElement('h2', {}, title),
      makeElement('label', { className: 'ask-text-label' }, label, input),
      problem,
      makeElement(
        'div',
        { className: 'button-row' },
        makeButton({ label: button, kind: 'primary', act: finish }),
        makeButton({ label: 'Cancel', act: () => dialog.close() }),
      ),
    );
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') finish();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  });
}
