/** Asks for a piece of work; however often it is asked for, it is done once in the next animation frame. */
export type FrameTask = () => void;

/** Makes a piece of work that is done at most once per animation frame. */
export function createFrameTask(run: () => void): FrameTask {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      run();
    });
  };
}
