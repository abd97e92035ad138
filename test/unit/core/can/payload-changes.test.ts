import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { BitToggles, PayloadChanges } from '../../../../server/core/can/payload-changes.ts';

it('changes of payloads are counted frame by frame and bit by bit', () => {
  const payloads = fc.array(fc.array(fc.constantFrom(0, 1, 0x7f, 0xff), { maxLength: 20 }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(payloads, fc.nat(30), (all, cut) => {
      const table = new FrameTable(1);
      for (const payload of all)
        table.push({ seconds: 0, bus: 0, arbitrationId: 1 }, Uint8Array.from(payload), [0, payload.length]);
      const rows = Uint32Array.from(all.keys());
      const changes = new PayloadChanges();
      const toggles = new BitToggles();
      for (const portion of [rows.subarray(0, cut), rows]) {
        changes.add(table, portion);
        toggles.add(table, portion);
      }
      const pairs = all.slice(1).map((payload, i) => [all[i] ?? [], payload] as const);
      expect(changes.frames).toBe(all.length);
      expect(changes.changedFrames).toBe(pairs.filter(([a, b]) => a.join() !== b.join()).length);
      expect(changes.maxBytes).toBe(Math.max(0, ...all.map(({ length }) => length)));
      for (let bit = 0; bit < 160; bit++) {
        const readBit = (payload: readonly number[]): number => (payload[bit >> 3] ?? NaN) & (1 << (bit & 7));
        const both = pairs.filter(([a, b]) => bit >> 3 < Math.min(a.length, b.length));
        expect(toggles.counts[bit]).toBe(both.filter(([a, b]) => readBit(a) !== readBit(b)).length);
      }
    }),
  );
});
