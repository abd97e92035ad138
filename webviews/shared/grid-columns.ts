/** A column of a grid. */
export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** A track of CSS grids: `62px`, `minmax(0, 1fr)`. */
  readonly width: string;
  readonly align?: 'left' | 'right' | 'center';
  /** Ids, bytes, code. */
  readonly isMono?: boolean;
  /** What stands in the cell may be wider than the cell. */
  readonly isSpilling?: boolean;
  readonly isSortable?: boolean;
  /** Tooltip of the head. */
  readonly hint?: string;
  /** The field of the filter row. */
  readonly filter?: HTMLElement;
  /** Writes a cell. Cells are used again: everything that was written for another row has to be written anew. */
  readonly fill: (cell: HTMLElement, row: Row, index: number) => void;
}

/** By which column rows are sorted. */
export interface GridSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** The class of a cell. */
export function nameCellClass<Row>({ align, isMono, isSpilling }: GridColumn<Row>): string {
  const names = ['grid-cell'];
  if (align === 'right') names.push('is-right');
  if (align === 'center') names.push('is-center');
  if (isMono === true) names.push('is-mono');
  if (isSpilling === true) names.push('is-spilling');
  return names.join(' ');
}

/** What the next click on a head sorts by. */
export function turnSort(sort: GridSort | null, column: string, first: GridSort['direction']): GridSort {
  if (sort?.column !== column) return { column, direction: first };
  return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
}
