import type { TimeChart } from '#protocol';

/** A piece of running text. Values are escaped where they are written, not before. */
export type Inline =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  /** Seconds after second 0 of the log: shown as `m:ss.mmm`, and leads to that time in the charts. */
  | { readonly time: number };

/** Running text in pieces. */
export type Text = readonly Inline[];

/** How a column of a table is shown. */
export interface ReportColumn {
  readonly title: string;
  /** `time`: seconds, shown as `m:ss.mmm`; `number`: right-aligned; `code`: in the font of code. */
  readonly kind: 'text' | 'number' | 'time' | 'code';
  /** Digits behind the point of a `number`; without it as many as it has. */
  readonly digits?: number;
  /** Stands behind every number. */
  readonly unit?: string;
}

/** Null is an empty cell. */
export type ReportCell = string | number | null;

/** A table that sorts by its heads and, when it is long, filters. */
export interface ReportTable {
  readonly kind: 'table';
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** Said instead of a table without rows. */
  readonly emptyText: string;
  /** How many rows there are where only the first are shown. */
  readonly totalRows?: number;
}

/** A chart over time. */
export interface ReportChart {
  readonly kind: 'chart';
  readonly chart: TimeChart;
}

/** How often each bit of a message toggled, in up to three stretches of time side by side. */
export interface ReportBitGrid {
  readonly kind: 'bits';
  /** What the grids compare, such as "before", "in the window", "after". */
  readonly stretches: readonly string[];
  readonly messages: readonly BitGridMessage[];
}

/** The grids of one message. */
export interface BitGridMessage {
  /** Such as `0x321 · bus 0`. */
  readonly title: string;
  readonly byteLength: number;
  /** Per stretch: toggles of every bit, index `8 * byte + lsb`. */
  readonly toggles: readonly (readonly number[])[];
  /** Global indices of bits that stand out. */
  readonly marked: readonly number[];
}

/** Lines to copy: DBC, commands. */
export interface ReportCode {
  readonly kind: 'code';
  readonly code: string;
}

/** Files that the run left beside the report. */
export interface ReportFiles {
  readonly kind: 'files';
  readonly files: readonly { readonly name: string; readonly description: string }[];
}

/** What stands under a heading. */
export type ReportContent = ReportChart | ReportTable | ReportBitGrid | ReportCode | ReportFiles;

/** A part of a report under a heading. */
export interface ReportSection {
  readonly title: string;
  /** Said below the heading. */
  readonly text?: Text;
  /** Halves stand side by side where there is room. */
  readonly width?: 'full' | 'half';
  readonly content: ReportContent;
}

/** A banner: what a reader must know before believing the rest. */
export interface ReportNotice {
  readonly level: 'info' | 'warning' | 'error';
  /** Bold: what happened. */
  readonly title: string;
  readonly text: string;
}

/** Where a report comes from. */
export interface ReportProvenance {
  readonly tool: string;
  readonly version: string;
  /** Name and value of every parameter that was used. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  /** The `cts` line that makes it again. */
  readonly command: string;
}

/** What a report says; `renderReport` makes it a page. */
export interface Report {
  readonly title: string;
  /** What was analyzed, in a few words each: file, car, length, frames. */
  readonly facts: readonly string[];
  readonly notices: readonly ReportNotice[];
  /** The result in a few sentences. */
  readonly lead: Text;
  readonly sections: readonly ReportSection[];
  readonly notes: readonly Text[];
  readonly provenance: ReportProvenance;
}
