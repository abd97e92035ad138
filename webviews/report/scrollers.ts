/** Lets the keyboard reach what scrolls sideways. */
export function makeScrollersFocusable(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target instanceof HTMLElement) updateScroller(target);
  });
  for (const scroller of document.querySelectorAll<HTMLElement>('.scroll, .code > pre')) {
    updateScroller(scroller);
    observer.observe(scroller);
  }
}

function updateScroller(scroller: HTMLElement): void {
  if (scroller.scrollWidth > scroller.clientWidth) {
    scroller.tabIndex = 0;
    scroller.role = 'group';
    scroller.ariaLabel = `${findName(scroller)}, scrolls sideways`;
  } else {
    for (const name of ['tabindex', 'role', 'aria-label']) scroller.removeAttribute(name);
  }
}

function findName(scroller: HTMLElement): string {
  const heading = scroller.closest('section')?.querySelector('h2');
  return scroller.querySelector('caption')?.textContent ?? heading?.textContent ?? 'Content';
}
