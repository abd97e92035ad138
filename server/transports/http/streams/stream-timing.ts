/** How long streams wait, in milliseconds. */
export interface StreamTiming {
  /** An idle stream of a log says that it is alive after so long. */
  readonly heartbeatMs: number;
  /** A sender of whom nothing came for so long is given up; what came stays. */
  readonly senderIdleMs: number;
  /** What is left of a refused body is read for so long, so that the sender gets to hear why. */
  readonly leftoverMs: number;
  /** Between two pings of a WebSocket; a socket that left one unanswered until the next is closed. */
  readonly pingMs: number;
}

export const STREAM_TIMING: StreamTiming = {
  heartbeatMs: 15_000,
  senderIdleMs: 60_000,
  leftoverMs: 2000,
  pingMs: 30_000,
};
