import { type LintRule, rate, writeLines } from '../lint-rule.ts';

/** Ids and sizes of messages. */
export const ID_RULES = {
  'id-range': {
    group: 'ids',
    summary: 'An id is too large for its kind: more than 11 bits without bit 31, or more than 29 bits',
    severity: rate('information', 'error', 'error'),
    opendbc:
      'Compares the number as it is written with the id of a frame: without bit 31 it finds frames of 29 bits, with it none. More than 29 bits are in no frame, which is an error',
    cantools:
      'Refuses the file; numbers beyond 32 bits lose the bits above, and are a warning where the rest is a fitting id',
    vector: 'Ids of 29 bits have bit 31 set',
    fix: 'Sets bit 31 here and wherever the id is named; not offered for opendbc, which would find no frame any more',
    example: writeLines('BO_ 416942321 DIAGNOSIS: 8 XXX'),
    exampleFixed: writeLines('BO_ 291 DIAGNOSIS: 8 XXX'),
  },
  'id-bit-31': {
    group: 'ids',
    summary: 'Bit 31 of an id is set, which says that it has 29 bits',
    severity: rate('warning', 'off', 'off'),
    opendbc: 'Takes the whole number as the id, so that no frame of a bus is ever this message',
    cantools: 'Reads an id of 29 bits',
    vector: 'Write ids of 29 bits so',
    example: writeLines('BO_ 2564425969 DIAGNOSIS: 8 XXX'),
    exampleFixed: writeLines('BO_ 416942321 DIAGNOSIS: 8 XXX'),
  },
  'dup-id': {
    group: 'ids',
    summary: 'Two messages have one id',
    severity: rate('error', 'error', 'warning'),
    opendbc: 'The last one counts; the others decode nothing',
    cantools: 'Warns; the last one counts',
    example: writeLines('BO_ 256 BRAKE: 8 XXX', 'BO_ 256 GAS: 8 XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX', 'BO_ 257 GAS: 8 XXX'),
  },
  dlc: {
    group: 'ids',
    summary: 'No frame has this size: 0 to 8, 12, 16, 20, 24, 32, 48 and 64 bytes are possible',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Takes it; frames of more than 64 bytes are dropped',
    cantools: 'Takes it',
    vector: 'Allow up to 1785 bytes for messages of J1939, and so does this rule',
    example: writeLines('BO_ 256 BRAKE: 9 XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX'),
  },
  'fd-attribute': {
    group: 'ids',
    summary: 'A message has more than 8 bytes, but neither `VFrameFormat` nor `BusType` says CAN FD',
    severity: rate('off', 'warning', 'information'),
    opendbc: 'Does not read attributes',
    cantools: 'Takes it for a message of classic CAN',
    vector: 'Need the attribute',
    example: writeLines('BO_ 256 BRAKE: 64 XXX'),
    exampleFixed: writeLines(
      'BO_ 256 BRAKE: 64 XXX',
      'BA_DEF_ "BusType" STRING ;',
      'BA_DEF_DEF_ "BusType" "CAN";',
      'BA_ "BusType" "CAN FD";',
    ),
  },
  'pseudo-message': {
    group: 'ids',
    summary: '`VECTOR__INDEPENDENT_SIG_MSG` is no message: it holds signals that belong to none',
    severity: rate('hint', 'off', 'off'),
    opendbc: 'Reads it as a message that no frame is ever',
    cantools: 'Reads over it',
    vector: 'Write it so',
    example: writeLines('BO_ 3221225472 VECTOR__INDEPENDENT_SIG_MSG: 0 Vector__XXX'),
    exampleFixed: writeLines('BO_ 256 BRAKE: 8 XXX'),
  },
} as const satisfies Record<string, LintRule>;
