/** Whether somebody has selected text in the page: then copying copies that. */
export function hasSelectedText(): boolean {
  return (window.getSelection()?.toString() ?? '') !== '';
}
