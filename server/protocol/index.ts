// Types, and the few values that every program needs. The schemas themselves are in `contract.ts`, so that what
// checks nothing does not load the schema library.
export type * from './artifacts.ts';
export type * from './charts.ts';
export type * from './dbc-choice.ts';
export type * from './dbc-decoding.ts';
export type * from './dbc-files.ts';
export type * from './dbc-lint.ts';
export type * from './dbc-signals.ts';
export type * from './downloads.ts';
export * from './errors.ts';
export type * from './http-bodies.ts';
export type * from './load-report.ts';
export type * from './logs.ts';
export type * from './monitors.ts';
export type * from './problems.ts';
export type * from './requests.ts';
export type * from './run-log.ts';
export type * from './runs.ts';
export type * from './service.ts';
export type * from './tools.ts';
export type * from './uploads.ts';
export * from './version.ts';
export type * from './wire.ts';
