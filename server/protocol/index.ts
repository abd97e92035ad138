export * from './errors.ts';
export * from './load-report.ts';
export * from './logs.ts';
export * from './problems.ts';
export * from './requests.ts';
export * from './runs.ts';
export * from './tools.ts';
export * from './version.ts';
