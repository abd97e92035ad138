import { nameKeys } from './key-names.ts';
import type { Unsubscribe } from './store.ts';

/** A key as the help lists it. */
export interface KeyHelp {
  /** Key caps, as they are written: `['Alt', '1…5']`. */
  readonly keys: readonly string[];
  /** What it does, in a word or two. */
  readonly does: string;
  /** Whether the foot shows it too. */
  readonly isInFoot?: boolean;
}

/** A key and what it does. */
export interface KeyBinding {
  /** Modifiers and `KeyboardEvent.key`: `Alt+1`, `Shift+ArrowLeft`, `/`, `F`. Letters in any case. */
  readonly key: string;
  /** Returning false lets the key do what it does otherwise. */
  readonly act: (event: KeyboardEvent) => unknown;
}

/** Binds keys within an element. Keys without Ctrl, Alt or Meta that write something never act in a field. */
export function bindKeys(target: HTMLElement | Document, bindings: readonly KeyBinding[]): Unsubscribe {
  const byKey = new Map(bindings.map(({ key, act }) => [key.toLowerCase(), act]));
  const listen = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.isComposing) return;
    if (isPlain(event) && !isFunctionKey(event) && isInField(event.target)) return;
    const name = nameKeys(event).find((known) => byKey.has(known));
    const act = name === undefined ? undefined : byKey.get(name);
    if (act === undefined || act(event) === false) return;
    event.preventDefault();
    // Editors hear all keys of a page, and would act on them as well.
    event.stopPropagation();
  };
  target.addEventListener('keydown', listen);
  return () => {
    target.removeEventListener('keydown', listen);
  };
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** F1 to F24: they write nothing, not even in a field. */
function isFunctionKey({ key }: KeyboardEvent): boolean {
  return /^F\d{1,2}$/.test(key);
}

/** Whether something takes text: there, letters are letters. */
function isInField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
  );
}
