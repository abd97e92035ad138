import './browser-theme.css';

/** Themes of a page outside of an editor. */
const THEMES = ['dark', 'light', 'hc', 'hc-light'] as const;
type Theme = (typeof THEMES)[number];

/** The classes that editors give a page's body, by theme. */
const CLASSES: Readonly<Record<Theme, readonly string[]>> = {
  dark: ['vscode-dark'],
  light: ['vscode-light'],
  hc: ['vscode-high-contrast'],
  'hc-light': ['vscode-high-contrast', 'vscode-high-contrast-light'],
};
const ALL_CLASSES = [...new Set(Object.values(CLASSES).flat())];

/** Gives a page its colours where no editor does: `?theme=`, else what the system prefers, also when that changes. */
export function applyBrowserTheme(search: string): void {
  const asked = new URLSearchParams(search).get('theme');
  const theme = THEMES.find((name) => name === asked);
  if (theme !== undefined) {
    setTheme(theme);
    return;
  }
  const isLight = matchMedia('(prefers-color-scheme: light)');
  const hasContrast = matchMedia('(prefers-contrast: more)');
  const follow = (): void => {
    if (hasContrast.matches) setTheme(isLight.matches ? 'hc-light' : 'hc');
    else setTheme(isLight.matches ? 'light' : 'dark');
  };
  isLight.addEventListener('change', follow);
  hasContrast.addEventListener('change', follow);
  follow();
}

function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  document.body.classList.remove(...ALL_CLASSES);
  document.body.classList.add(...CLASSES[theme]);
}
