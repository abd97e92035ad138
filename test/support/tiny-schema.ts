import { LayoutTable } from '../../server/core/schema/layout-table.ts';
import { LogSchema } from '../../server/core/schema/log-schema.ts';
import { NameHistory } from '../../server/core/schema/name-history.ts';

// Struct and enum numbers are line numbers; the form is that of `layout-table.ts`.
const STRUCTS = `\
Event 2 1 8;logMonoTime 0 u8 0;sample 1:0 s1 0;points 2:1 Ls2 0;note 3:2 T 0;newcomer 5:3 s2 0;valid 4 b 80 1
Sample 8 11 40;flag 0 b 0 1;small 1 i1 8;wide 2 u1 16;level 3 e0 32;count 4 u4 64;offset 5 i4 96 4294967295;gain 6 f4 128 1028443341;ratio 7 f8 192;ticks 8 u8 256;delta 9 i8 384;half 10 i2 160;nothing 11 v 0;name 12 T 0;blob 13 D 1;inner 14 s2 2;floats 15 Lf4 3;bits 16 Lb 4;texts 17 LT 5;grid 18 LLf4 6;levels 19 Le0 7;big 20 Li8 8;voids 21 Lv 9;left 22:0 f4 448;right 23:1 s2 10;pair - g3
Point 1 1;x 0 f4 0;y 1 f4 32;label 2 T 0
Sample.pair 8 11;first 24 u2 352;second 25 u2 368`;

const ENUMS = 'Level;low;high';

const HISTORY = {
  releases: 'v0.1\nv0.2\nv0.3\nnewest',
  // `count` was `amount` in v0.1 and `pair.first` was the field `lone` up to v0.2; `second` came with v0.3.
  // `newcomer` took over the name of `points`, which was called so before.
  structs: '2 0 newcomer<1;5 2\n4 0 amount<0;24 0 lone<1;25 2\n1 2;2 2\n',
  enums: '1 0 tall<1',
};

/** A schema of our own with a field of every kind, as of one of its releases `v0.1`, `v0.2`, `v0.3`, `newest`. */
export function openTinySchema(id = 'newest'): LogSchema {
  const history = new NameHistory(HISTORY);
  return new LogSchema({
    id,
    table: new LayoutTable(STRUCTS, ENUMS),
    history,
    release: history.releases.indexOf(id),
  });
}
