import { viewAsWindow } from '../../server/core/rlog/log-window.ts';
import { MessageView } from '../../server/core/rlog/message-view.ts';

/** Opens a message of which the bytes hold nothing else. */
export function openMessage(bytes: Uint8Array): MessageView {
  const window = viewAsWindow(bytes);
  const view = new MessageView(window);
  if (!view.open(window, 0)) throw new Error('The bytes are no message');
  return view;
}
