import { type LintRule, rate, writeLines } from '../lint-rule.ts';

/** What is usual in opendbc. */
export const CONVENTION_RULES = {
  'placeholder-name': {
    group: 'conventions',
    summary: 'A signal is named NEW_SIGNAL and a number, as an editor has named it',
    severity: rate('hint', 'hint', 'hint'),
    opendbc: 'Takes it',
    cantools: 'Takes it',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ NEW_SIGNAL_1 : 7|8@0+ (1,0) [0|255] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ PEDAL : 7|8@0+ (1,0) [0|255] "" XXX'),
  },
  'import-form': {
    group: 'conventions',
    summary: 'A comment looks like an import, but is not written as `CM_ "IMPORT file.dbc";`',
    severity: rate('warning', 'off', 'off'),
    opendbc: 'Its generator does not put the file in',
    cantools: 'Reads a comment',
    fix: 'Writes it as the generator needs it',
    example: writeLines('CM_ "import _honda_common.dbc";'),
    exampleFixed: writeLines('CM_ "IMPORT _honda_common.dbc";'),
  },
  'checksum-layout': {
    group: 'conventions',
    summary: 'CHECKSUM does not lie where the algorithm that belongs to the name of the file has it',
    severity: rate('warning', 'off', 'off'),
    opendbc: 'Computes the checksum nevertheless, and finds every frame wrong',
    cantools: 'Knows no checksums',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ CHECKSUM : 55|8@0+ (1,0) [0|255] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ CHECKSUM : 63|8@0+ (1,0) [0|255] "" XXX'),
    exampleFile: 'toyota_example.dbc',
  },
  'counter-layout': {
    group: 'conventions',
    summary: 'COUNTER has not the width or place that files of this name have it at',
    severity: rate('information', 'off', 'off'),
    opendbc: 'Counts with the width that it finds',
    cantools: 'Knows no counters',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ COUNTER : 63|4@0+ (1,0) [0|15] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ COUNTER : 61|2@0+ (1,0) [0|3] "" XXX'),
    exampleFile: 'honda_example.dbc',
  },
  'protection-name': {
    group: 'conventions',
    summary: 'A signal seems to be a checksum or a counter, but is not named CHECKSUM or COUNTER',
    severity: rate('hint', 'off', 'off'),
    opendbc: 'Neither computes nor checks it: in files of this name only these names count',
    cantools: 'Knows neither',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ Checksum : 63|8@0+ (1,0) [0|255] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ CHECKSUM : 63|8@0+ (1,0) [0|255] "" XXX'),
    exampleFile: 'toyota_example.dbc',
  },
} as const satisfies Record<string, LintRule>;
