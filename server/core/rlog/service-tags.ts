/**
 * Union tags of the services that readers look for by themselves. They are the same in every release and fork; all
 * others go by the schema's names.
 */
export const SERVICE_TAGS = {
  initData: 0,
  can: 4,
  sendcan: 16,
  logMessage: 17,
  operatingSystemLog: 19,
  carParams: 67,
  sentinel: 71,
  errorLogMessage: 83,
} as const;
