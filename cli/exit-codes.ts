/** Exit codes of `cts` that belong to no failure of the error table. */
export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
export const EXIT_RUN_FAILED = 3;
export const EXIT_RUN_CANCELED = 4;
/** A check of `cts doctor` failed, or `cts dbc lint` found errors. */
export const EXIT_FINDINGS = 6;
/** Waiting took longer than `--wait-timeout`; as the program `timeout` has it. */
export const EXIT_TIMED_OUT = 124;
/** After Ctrl-C, as shells have it: 128 + SIGINT. */
export const EXIT_INTERRUPTED = 130;
