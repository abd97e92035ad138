import { describe, expect, it } from 'vitest';
import { AnswerWindow, WINDOW_BYTES } from '../../../../client/pages/answer-window.ts';

class Sent {
  readonly ids: number[] = [];
  readonly window = new AnswerWindow();

  offer(id: number, bytes: number): void {
    this.window.offer(id, bytes, () => this.ids.push(id));
  }
}

describe('AnswerWindow', () => {
  it('holds answers back beyond four mebibytes until earlier ones are taken', () => {
    const sent = new Sent();
    for (let id = 1; id <= 6; id++) sent.offer(id, WINDOW_BYTES / 4);
    expect(sent.ids).toEqual([1, 2, 3, 4]);
    sent.window.taken(2);
    expect(sent.ids).toEqual([1, 2, 3, 4, 5]);
    sent.window.taken(2);
    expect(sent.ids).toEqual([1, 2, 3, 4, 5]);
    sent.window.taken(1);
    expect(sent.ids).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('sends an answer larger than the window alone', () => {
    const sent = new Sent();
    sent.offer(1, WINDOW_BYTES * 2);
    sent.offer(2, 1);
    expect(sent.ids).toEqual([1]);
    sent.window.taken(1);
    expect(sent.ids).toEqual([1, 2]);
  });

  it('keeps the order: what has no blocks does not overtake', () => {
    const sent = new Sent();
    sent.offer(1, WINDOW_BYTES);
    sent.offer(2, 1);
    sent.offer(3, 0);
    expect(sent.ids).toEqual([1]);
  });

  it('forgets what nobody waits for, and everything when a page begins anew', () => {
    const sent = new Sent();
    sent.offer(1, WINDOW_BYTES);
    sent.offer(2, 1);
    sent.offer(3, 1);
    sent.window.drop(2);
    sent.window.taken(1);
    expect(sent.ids).toEqual([1, 3]);
    sent.offer(4, WINDOW_BYTES);
    sent.window.clear();
    sent.offer(5, WINDOW_BYTES);
    expect(sent.ids).toEqual([1, 3, 5]);
  });
});
