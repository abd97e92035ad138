import { makeButton } from './element.ts';

type Theme = 'dark' | 'light';

const KEY = 'cts-report-theme';

/** Puts a button that turns light into dark and back; inside an editor, its theme counts. */
export function addThemeButton(tools: HTMLElement): void {
  if ([...document.body.classList].some((name) => name.startsWith('vscode-'))) return;
  const stored = readStored();
  if (stored !== undefined) document.documentElement.dataset['theme'] = stored;
  const button = makeButton(describeOther(), () => {
    const theme = findOther();
    document.documentElement.dataset['theme'] = theme;
    store(theme);
    button.textContent = describeOther();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    button.textContent = describeOther();
  });
  tools.append(button);
}

function describeOther(): string {
  return findOther() === 'dark' ? 'Dark theme' : 'Light theme';
}

function findOther(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  const isDark =
    chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  return isDark ? 'light' : 'dark';
}

/** Storage may be forbidden, as in files and frames: then the choice lasts as long as the page. */
function readStored(): Theme | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'dark' || theme === 'light' ? theme : undefined;
  } catch {
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // See readStored.
  }
}
