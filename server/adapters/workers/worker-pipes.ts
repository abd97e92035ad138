/** File descriptor, in the worker, of the pipe for messages: a JSON text and a line feed each, in both directions. */
export const CHANNEL = 3;

/** File descriptor, in the worker, of the pipe that only the watchdog holds: it closes when the service dies. */
export const LIFELINE = 4;

/** What the watchdog says on the lifeline before it kills a process that took too much memory. */
export const MEMORY_NOTICE = 'memory\n';
