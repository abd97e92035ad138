import { type LintRule, rate, writeLines } from '../lint-rule.ts';

const SWITCH = ' SG_ PAGE M : 0|8@1+ (1,0) [0|255] "" XXX';

/** Which signals select others. */
export const MULTIPLEXING_RULES = {
  'mux-marker': {
    group: 'multiplexing',
    summary: 'What stands behind the name of a signal is neither `M` nor `m` and a number',
    severity: rate('warning', 'error', 'error'),
    opendbc: 'Takes any word, and reads the signal always',
    cantools: 'Refuses the file, without a place',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', SWITCH, ' SG_ PEDAL x0 : 8|8@1+ (1,0) [0|255] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', SWITCH, ' SG_ PEDAL m0 : 8|8@1+ (1,0) [0|255] "" XXX'),
  },
  'mux-no-M': {
    group: 'multiplexing',
    summary: 'A signal is multiplexed, but its message has no multiplexor',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Reads it always',
    cantools: 'Reads it always',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ PEDAL m0 : 8|8@1+ (1,0) [0|255] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', SWITCH, ' SG_ PEDAL m0 : 8|8@1+ (1,0) [0|255] "" XXX'),
  },
  'mux-two-M': {
    group: 'multiplexing',
    summary: 'A message has two multiplexors, and no `SG_MUL_VAL_` says which of them selects a signal',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Reads the signal always',
    cantools: 'Reads the signal always',
    vector: 'Need `SG_MUL_VAL_`',
    example: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ SUBPAGE M : 8|8@1+ (1,0) [0|255] "" XXX',
      ' SG_ PEDAL m0 : 16|8@1+ (1,0) [0|255] "" XXX',
    ),
    exampleFixed: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ SUBPAGE M : 8|8@1+ (1,0) [0|255] "" XXX',
      ' SG_ PEDAL m0 : 16|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 PEDAL PAGE 0-0;',
    ),
  },
  'mux-id-size': {
    group: 'multiplexing',
    summary: 'A signal is selected by a value that its multiplexor cannot have',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Reads it always',
    cantools: 'Takes it, and never reads it',
    example: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      ' SG_ PAGE M : 0|2@1+ (1,0) [0|3] "" XXX',
      ' SG_ PEDAL m9 : 8|8@1+ (1,0) [0|255] "" XXX',
    ),
    exampleFixed: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      ' SG_ PAGE M : 0|2@1+ (1,0) [0|3] "" XXX',
      ' SG_ PEDAL m3 : 8|8@1+ (1,0) [0|255] "" XXX',
    ),
  },
  'mux-opendbc': {
    group: 'multiplexing',
    summary: 'A message is multiplexed, which opendbc does not know',
    severity: rate('hint', 'off', 'off'),
    opendbc: 'Reads the signals of all branches from every frame',
    cantools: 'Reads the signals of the branch that a frame selects',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', SWITCH, ' SG_ PEDAL m0 : 8|8@1+ (1,0) [0|255] "" XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', ' SG_ PEDAL : 8|8@1+ (1,0) [0|255] "" XXX'),
  },
  'mulval-reversed': {
    group: 'multiplexing',
    summary: 'A range of `SG_MUL_VAL_` ends before it begins',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Does not read it',
    cantools: 'Reads a range without values',
    example: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ PEDAL m5 : 8|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 PEDAL PAGE 7-5;',
    ),
    exampleFixed: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ PEDAL m5 : 8|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 PEDAL PAGE 5-7;',
    ),
  },
  'mulval-cycle': {
    group: 'multiplexing',
    summary: 'Signals select each other in a circle',
    severity: rate('error', 'error', 'warning'),
    opendbc: 'Does not read `SG_MUL_VAL_`, and reads the signals always',
    cantools: 'Takes it, and reads none of them',
    example: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      ' SG_ PAGE m0M : 0|8@1+ (1,0) [0|255] "" XXX',
      ' SG_ SUBPAGE m0M : 8|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 PAGE SUBPAGE 0-0;',
      'SG_MUL_VAL_ 256 SUBPAGE PAGE 0-0;',
    ),
    exampleFixed: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ SUBPAGE m0M : 8|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 SUBPAGE PAGE 0-0;',
    ),
  },
  'mulval-parent': {
    group: 'multiplexing',
    summary:
      '`SG_MUL_VAL_` lets a signal select others that is not marked with `M`, or names one that is not marked with `m`',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Does not read it',
    cantools: 'Takes it, and does not decode what it says',
    example: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ COUNT : 8|8@1+ (1,0) [0|255] "" XXX',
      ' SG_ PEDAL m5 : 16|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 PEDAL COUNT 5-5;',
    ),
    exampleFixed: writeLines(
      'BO_ 256 BRAKE: 8 XXX',
      SWITCH,
      ' SG_ COUNT : 8|8@1+ (1,0) [0|255] "" XXX',
      ' SG_ PEDAL m5 : 16|8@1+ (1,0) [0|255] "" XXX',
      'SG_MUL_VAL_ 256 PEDAL PAGE 5-5;',
    ),
  },
} as const satisfies Record<string, LintRule>;
