import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LintProfile } from '../../server/core/dbc/lint/diagnostic.ts';
import { decodeDbcText, type DbcText } from '../../server/core/dbc/syntax/source-text.ts';
import { repository } from '../support/repository.ts';
import { fixAll, lint, showFindings } from './dbc-lint/linted-files.ts';

const PROFILES: readonly LintProfile[] = ['opendbc', 'candb++', 'cantools'];
const folder = join(repository, 'test/fixtures/dbc/malformed');

/** What is found under any of the profiles, as `code@line`. */
const FOUND: Readonly<Record<string, string>> = {
  'ba-def-no-default': 'attr-no-default@11',
  'ba-duplicate-def': 'section-order@13 attr-dup@13',
  'ba-enum-bad-default': 'attr-default@12',
  'ba-enum-text': 'attr-enum-text@13',
  'ba-float-for-int': 'attr-value@13',
  'ba-missing-semicolon': 'missing-semicolon@13',
  'ba-rel-node-env': 'unread-section@11',
  'ba-string-for-int': 'attr-value@13',
  'bo-dlc-0-with-signal': 'exceeds-dlc@10',
  'bo-dlc-1785': 'dlc@9',
  'bo-dlc-65': 'dlc@9',
  'bo-dlc-9': 'dlc@9',
  'bo-double-space': 'format-opendbc@9',
  'bo-id-12bit': 'id-range@9',
  'bo-id-33bit': 'id-range@9',
  'bo-missing-dlc': 'syntax@9',
  'bo-name-digit': 'name-start@9',
  'bo-negative-id': 'id-range@9',
  'bs-baud': 'bs-values@5',
  'bu-comma': 'node-separator@7',
  'bu-duplicate': 'dup-node@7',
  'bu-two-sections': 'section-twice@8',
  'canfd-attr': 'section-order@14 section-order@15',
  'cm-between-signals': 'signal-place@12',
  'cm-missing-keyword': 'comment-syntax@12',
  'cm-unknown-signal': 'ref-signal@12',
  'cm-unterminated': 'unterminated-string@12',
  empty: 'empty-file@1',
  filter: 'unread-section@11',
  'independent-sig-msg': 'pseudo-message@12',
  j1939: 'id-bit-31@9 section-order@13',
  'mux-bad-marker': 'mux-opendbc@10 mux-marker@11',
  'mux-extended-cycle': 'mux-opendbc@10 mulval-cycle@13',
  'mux-extended-missing-semicolon': 'mux-opendbc@10 mux-two-M@13 missing-semicolon@15',
  'mux-extended-reversed-range': 'mux-opendbc@10 mux-two-M@13 mulval-reversed@15',
  'mux-extended-unknown-message': 'mux-opendbc@10 mux-two-M@11 overlap@12 mux-two-M@13 ref-message@15',
  'mux-extended': 'mux-opendbc@10',
  'mux-id-too-big': 'mux-opendbc@10 mux-id-size@11',
  'mux-no-multiplexor': 'mux-no-M@10 mux-opendbc@10',
  'mux-overlap-same-id': 'mux-opendbc@10 overlap@12',
  'mux-two-M': 'mux-opendbc@10 mux-two-M@12',
  'ns-unknown-symbol': 'ns-symbol@4',
  'ok-no-header': 'bs-missing@1 bu-missing@1',
  'only-whitespace': 'empty-file@4',
  'sg-beyond-be': 'exceeds-dlc@10',
  'sg-beyond-le': 'exceeds-dlc@10',
  'sg-factor-comma-decimal': 'number-form@10 range-unreachable@10',
  'sg-factor-exp': 'range-unreachable@10',
  'sg-factor-leading-dot': 'number-form@10 range-unreachable@10',
  'sg-factor-nan': 'number-form@10',
  'sg-len-negative': 'length-0@10',
  'sg-lowercase-keyword': 'keyword-case@10',
  'sg-missing-range': 'syntax@10',
  'sg-missing-receiver': 'no-receiver@10',
  'sg-missing-unit': 'syntax@10',
  'sg-multi-line': 'format-opendbc@10',
  'sg-overlap': 'overlap@11',
  'sg-sign-char': 'syntax@10',
  'sg-space-in-range': 'format-opendbc@10',
  'sg-start-float': 'number-form@10',
  'sg-start-negative': 'start-bit@10',
  'sg-two-receivers-space': 'receiver-separator@10',
  'sg-unterminated-unit': 'unterminated-string@10',
  'sg-utf8-unit': 'encoding@10',
  'unknown-keyword': 'syntax@12',
  'unknown-sender': 'unknown-sender@9',
  'val-duplicate-text': 'val-dup-text@12',
  'val-duplicate-value': 'val-dup@12',
  'val-empty': 'val-empty@12',
  'val-env': 'section-order@11 val-environment@14',
  'val-missing-semicolon': 'missing-semicolon@12 cm-after-val@13',
  'val-table-ref': 'val-table-ref@13',
  'val-table': 'value-table-unused@8',
  'val-unknown-message': 'ref-message@12',
  'valtype-3': 'valtype-value@11',
  'valtype-double-on-32': 'float-size@11 float-opendbc@11',
  'valtype-double': 'float-opendbc@11',
  'valtype-float': 'float-opendbc@11',
  'valtype-no-colon': 'syntax@11 float-opendbc@11',
  'valtype-unknown-signal': 'ref-signal@11',
  'valtype-wrong-length': 'float-size@11 float-opendbc@11',
  'version-missing-string': 'syntax@1',
};

/** Where nothing is to be found, and why. */
const FINE: Readonly<Record<string, string>> = {
  'ba-enum-index': 'an index within the list',
  'ba-hex': 'HEX is a type',
  'ba-rel-node-message': 'everybody reads it',
  'bo-dlc-0': '0 bytes are a size',
  'bo-tx-bu': 'everybody reads it',
  'cm-backslash-quote': 'everybody reads it',
  crlf: 'everybody reads it',
  'longname-signal': 'everybody reads it',
  'ok-minimal': 'nothing is wrong in it',
  'sg-64bit-be': '64 bits are as many as there may be',
  'sg-factor-plus': 'everybody reads it',
  'sg-two-receivers-comma-space': 'everybody reads it',
  'two-messages-no-blank': 'everybody reads it',
  'vector-xxx': 'everybody reads it',
};

/** What cantools (c1dcd39, strict) refuses: measured. */
const REFUSED: readonly string[] = [
  'empty',
  'only-whitespace',
  'bo-missing-dlc',
  'bo-negative-id',
  'bo-name-digit',
  'bo-id-12bit',
  'bo-dlc-0-with-signal',
  'sg-two-receivers-space',
  'sg-sign-char',
  'sg-missing-range',
  'sg-missing-unit',
  'sg-unterminated-unit',
  'sg-factor-leading-dot',
  'sg-factor-comma-decimal',
  'sg-factor-nan',
  'sg-len-negative',
  'sg-start-float',
  'sg-beyond-le',
  'sg-beyond-be',
  'sg-overlap',
  'sg-lowercase-keyword',
  'mux-bad-marker',
  'mux-overlap-same-id',
  'mux-extended-unknown-message',
  'mux-extended-missing-semicolon',
  'val-missing-semicolon',
  'val-table-ref',
  'cm-missing-keyword',
  'cm-unterminated',
  'cm-between-signals',
  'ba-enum-text',
  'ba-rel-node-env',
  'valtype-no-colon',
  'bu-comma',
  'bs-baud',
  'version-missing-string',
  'unknown-keyword',
  'filter',
];

function read(name: string): DbcText {
  return decodeDbcText(readFileSync(join(folder, `${name}.dbc`)));
}

describe('a DBC text that is not as it should be', () => {
  const names = readdirSync(folder).map((file) => file.replace(/\.dbc$/, ''));

  it('is in one of the tables', () => {
    expect(names.toSorted()).toEqual([...Object.keys(FOUND), ...Object.keys(FINE)].toSorted());
  });

  it.each(names)('is told of what it has, on the line where it is: %s', (name) => {
    const file = read(name);
    const found = PROFILES.flatMap((profile) => showFindings(file.text, lint(file, name, profile)));
    expect([...new Set(found)].toSorted()).toEqual((FOUND[name] ?? '').split(' ').filter(Boolean).toSorted());
  });

  it.each(names)('has an error for cantools where cantools refuses it: %s', (name) => {
    const errors = lint(read(name), name, 'cantools').filter(({ severity }) => severity === 'error');
    expect(errors.length > 0).toBe(REFUSED.includes(name));
  });

  it.each(names)('has nothing left to fix after three rounds: %s', (name) => {
    for (const profile of PROFILES) {
      const fixed = fixAll(read(name), name, profile);
      expect(fixed.left).toEqual([]);
    }
  });
});
