import { makeIconButton } from '../../shared/element.ts';
import type { LogDocument } from '../log-document.ts';

/** Makes the button that lets the selected row move the time cursor. */
export function makeFollowButton({ follow }: LogDocument): HTMLButtonElement {
  const button = makeIconButton({
    label: 'Follow the time cursor',
    icon: 'follow',
    key: 'F',
    act: () => {
      follow.set(!follow.get());
    },
  });
  const draw = (): void => {
    button.setAttribute('aria-pressed', String(follow.get()));
  };
  follow.subscribe(draw);
  draw();
  return button;
}
