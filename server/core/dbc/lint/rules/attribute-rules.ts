import { type LintRule, rate, writeLines } from '../lint-rule.ts';

const MESSAGE = 'BO_ 256 BRAKE: 8 XXX';
const CYCLE = ['BA_DEF_ BO_ "GenMsgCycleTime" INT 0 1000;', 'BA_DEF_DEF_ "GenMsgCycleTime" 0;'] as const;
const KIND = ['BA_DEF_ BO_ "Kind" ENUM "slow","fast";', 'BA_DEF_DEF_ "Kind" "slow";'] as const;

/** Attributes: definitions, defaults and values. */
export const ATTRIBUTE_RULES = {
  'attr-undefined': {
    group: 'attributes',
    summary: 'An attribute is set that `BA_DEF_` does not define',
    severity: rate('warning', 'error', 'error'),
    opendbc: 'Does not read attributes',
    cantools: 'Refuses the file, without a place',
    example: writeLines(MESSAGE, 'BA_ "GenMsgCycleTime" BO_ 256 20;'),
    exampleFixed: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" BO_ 256 20;'),
  },
  'attr-type': {
    group: 'attributes',
    summary: 'An attribute is of no known type: INT, HEX, FLOAT, STRING and ENUM are known',
    severity: rate('warning', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools: 'Takes any word',
    example: writeLines('BA_DEF_ BO_ "GenMsgCycleTime" INTEGER 0 1000;', 'BA_DEF_DEF_ "GenMsgCycleTime" 0;'),
    exampleFixed: writeLines(...CYCLE),
  },
  'attr-bounds': {
    group: 'attributes',
    summary: 'A definition has one bound, or a minimum above the maximum',
    severity: rate('information', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools: 'Refuses the file where there is one bound, which is an error; takes the other',
    example: writeLines('BA_DEF_ BO_ "GenMsgCycleTime" INT 1000 0;', 'BA_DEF_DEF_ "GenMsgCycleTime" 0;'),
    exampleFixed: writeLines(...CYCLE),
  },
  'attr-default': {
    group: 'attributes',
    summary: 'A default does not fit its definition, or there is none to fit',
    severity: rate('warning', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools:
      'Takes it; refuses the file where a number is expected and a text cannot be read as one, which is an error',
    example: writeLines('BA_DEF_ BO_ "Kind" ENUM "slow","fast";', 'BA_DEF_DEF_ "Kind" "medium";'),
    exampleFixed: writeLines(...KIND),
  },
  'attr-no-default': {
    group: 'attributes',
    summary: 'An attribute has no default',
    severity: rate('information', 'warning', 'information'),
    opendbc: 'Does not read attributes',
    cantools: 'Takes it',
    vector: 'Write a default for every attribute',
    example: writeLines('BA_DEF_ BO_ "GenMsgCycleTime" INT 0 1000;'),
    exampleFixed: writeLines(...CYCLE),
  },
  'attr-dup': {
    group: 'attributes',
    summary: 'An attribute is defined twice, or set twice for one object',
    severity: rate('warning', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools: 'The last one counts',
    example: writeLines(...CYCLE, 'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10;'),
    exampleFixed: writeLines(...CYCLE),
  },
  'attr-scope': {
    group: 'attributes',
    summary: 'An attribute is set for another kind of object than it is defined for',
    severity: rate('warning', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools: 'Takes it',
    example: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" 20;'),
    exampleFixed: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" BO_ 256 20;'),
  },
  'attr-value': {
    group: 'attributes',
    summary: 'A value is a text where a number is expected, a number where a text is, or no integer',
    severity: rate('warning', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools:
      'Cuts a number to an integer; refuses the file where a text cannot be read as one, which is an error',
    example: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" BO_ 256 20.5;'),
    exampleFixed: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" BO_ 256 20;'),
  },
  'attr-range': {
    group: 'attributes',
    summary: 'A value is outside the range of its attribute',
    severity: rate('information', 'warning', 'warning'),
    opendbc: 'Does not read attributes',
    cantools: 'Takes it',
    example: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" BO_ 256 2000;'),
    exampleFixed: writeLines(MESSAGE, ...CYCLE, 'BA_ "GenMsgCycleTime" BO_ 256 1000;'),
  },
  'attr-enum-index': {
    group: 'attributes',
    summary: 'A value is no index of the list of its attribute',
    severity: rate('warning', 'error', 'warning'),
    opendbc: 'Does not read attributes',
    cantools:
      'Takes it; refuses the file for `VFrameFormat` and `GenMsgSendType` of a message, which is an error',
    example: writeLines(MESSAGE, ...KIND, 'BA_ "Kind" BO_ 256 2;'),
    exampleFixed: writeLines(MESSAGE, ...KIND, 'BA_ "Kind" BO_ 256 1;'),
  },
  'attr-enum-text': {
    group: 'attributes',
    summary: 'A value of a list is written as its text instead of its index',
    severity: rate('warning', 'error', 'error'),
    opendbc: 'Does not read attributes',
    cantools: 'Refuses the file, without a place; takes a text that is a number, which is a warning',
    vector: 'Write the index',
    fix: 'Writes the index of the text',
    example: writeLines(MESSAGE, ...KIND, 'BA_ "Kind" BO_ 256 "fast";'),
    exampleFixed: writeLines(MESSAGE, ...KIND, 'BA_ "Kind" BO_ 256 1;'),
  },
} as const satisfies Record<string, LintRule>;
