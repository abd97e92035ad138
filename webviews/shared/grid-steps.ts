/** Where the active row of a grid is. */
export interface GridPlace {
  readonly active: number;
  readonly last: number;
  /** Rows that a page holds. */
  readonly page: number;
}

/** How many rows a key moves by; undefined for keys that do not move. */
export function findStep(key: string, { active, last, page }: GridPlace): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return -1;
    case 'ArrowDown':
      return 1;
    case 'PageUp':
      return -page;
    case 'PageDown':
      return page;
    case 'Home':
      return -active;
    case 'End':
      return last - active;
    default:
      return undefined;
  }
}
