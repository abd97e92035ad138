import './thumbnails.css';
import { makeElement } from '../../shared/element.ts';
import type { Answer } from '../../shared/host/page-host.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import { chooseThumbnails } from './thumbnail-choice.ts';

const MOST = 12;

/** The pictures that a log holds: a row of them; each leads to its time. */
export class Thumbnails {
  readonly element = makeElement('div', { className: 'thumbnails' });
  readonly #log: LogDocument;
  readonly #places = new Map<number, HTMLElement>();
  #shown = '';
  #isShown = false;

  constructor(log: LogDocument) {
    this.#log = log;
    log.overview.subscribe(() => {
      this.#draw();
    });
  }

  show(): void {
    this.#isShown = true;
    this.#draw();
  }

  hide(): void {
    this.#isShown = false;
  }

  #draw(): void {
    const all = this.#log.overview.get()?.thumbnails ?? [];
    const chosen = chooseThumbnails(all, MOST);
    const key = chosen.map(({ index }) => index).join();
    if (!this.#isShown || key === this.#shown) return;
    this.#shown = key;
    this.element.replaceChildren(
      ...chosen.map(({ index, seconds }) => {
        const label = `Picture at ${formatTime(seconds, 2)}`;
        const button = makeElement('button', { type: 'button', className: 'thumbnail', title: label });
        const time = makeElement('span', { className: 'thumbnail-time' }, formatTime(seconds, 0));
        button.setAttribute('aria-label', label);
        button.append(this.#find(index), time);
        button.addEventListener('click', () => {
          this.#log.cursor.set(seconds);
        });
        return button;
      }),
    );
  }

  /** The place of a picture: empty until it is there, and where what the log holds is none. */
  #find(index: number): HTMLElement {
    const known = this.#places.get(index);
    if (known !== undefined) return known;
    const place = makeElement('span', { className: 'thumbnail-picture' });
    this.#places.set(index, place);
    this.#log.ask('sessions/thumbnail', { index }).then(
      (image) => {
        const picture = makeElement('img', { alt: '', src: writeDataAddress(image) });
        picture.addEventListener('load', () => {
          place.replaceChildren(picture);
        });
      },
      () => {
        // The next drawing asks again.
        this.#places.delete(index);
      },
    );
    return place;
  }
}

/** Editors let pages show pictures of data addresses. */
function writeDataAddress({ contentType, bytes }: Answer<'sessions/thumbnail'>): string {
  const all = new Uint8Array(bytes.bytes);
  let text = '';
  for (let from = 0; from < all.length; from += 8192) {
    text += String.fromCharCode(...all.subarray(from, from + 8192));
  }
  return `data:${contentType};base64,${btoa(text)}`;
}
