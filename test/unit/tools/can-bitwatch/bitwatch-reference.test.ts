import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canBitwatch } from '../../../../server/tools/can-bitwatch/can-bitwatch.ts';
import { runTool, textInput } from '../../../support/tool-run.ts';
import { computeReference, type ReferenceRow } from './bitwatch-reference.ts';

const row: fc.Arbitrary<ReferenceRow> = fc.record({
  segment: fc.constantFrom('pre', 'window', 'window', 'post'),
  seconds: fc.integer({ min: -8, max: 100 }).map((eighths) => eighths / 8),
  address: fc.constantFrom(0x27, 0x321, 0x18daf110),
  bus: fc.constantFrom(0, 1, 128),
  payload: fc.array(fc.constantFrom(0, 0, 1, 0x80, 0xff), { maxLength: 10 }),
});

const watches = [
  { address: 0x321, bit: 7 },
  { address: 0x27, bit: 0 },
  { address: 0x27, bit: 63 },
  { address: 0x321, bit: 0 },
];

function writeCsv(rows: readonly ReferenceRow[]): string {
  const lines = rows.map(({ segment, seconds, address, bus, payload }) =>
    [1, segment, seconds, address, bus, Buffer.from(payload).toString('hex')].join(','),
  );
  return ['window,segment,timestamp,address,bus,data_hex', ...lines, ''].join('\n');
}

it('writes what a slow reading of the rules writes', async () => {
  const rows = fc.array(row, { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (unsorted, isSorted) => {
      const given = isSorted ? unsorted.toSorted((a, b) => a.seconds - b.seconds) : unsorted;
      const { files } = await runTool(canBitwatch, {
        input: textInput('drive', writeCsv(given)),
        parameters: {
          output_prefix: 'out',
          watch: watches.map(({ address, bit }) => `0x${address.toString(16)}:${String(bit)}`),
        },
      });
      const expected = computeReference(given, watches);
      const written = Object.fromEntries(
        Object.keys(expected).map((name) => {
          const extension = name === 'per_address' ? 'json' : 'csv';
          return [name, files.get(`out.${name}.${extension}`)?.toString()];
        }),
      );
      expect(written).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

/** Random rows have few pulses, so these are made of them. */
it('measures pulses as the slow reading does', async () => {
  const edges = fc.array(fc.integer({ min: 0, max: 160 }), { minLength: 2, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(edges, fc.integer({ min: 0, max: 80 }), async (eighths, from) => {
      const changes = new Set(eighths);
      let value = 0;
      const rows = Array.from({ length: 168 }, (_, at): ReferenceRow => {
        if (changes.has(at)) value ^= 1;
        const segment = at < from ? 'pre' : 'window';
        return { segment, seconds: at / 8, address: 0x27, bus: 0, payload: [value] };
      });
      const { files } = await runTool(canBitwatch, {
        input: textInput('drive', writeCsv(rows)),
        parameters: { output_prefix: 'out' },
      });
      expect(files.get('out.accel_hunt.csv')?.toString()).toBe(computeReference(rows, [])['accel_hunt']);
    }),
    { numRuns: 60 },
  );
});
