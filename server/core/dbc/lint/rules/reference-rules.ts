import { type LintRule, rate, writeLines } from '../lint-rule.ts';

const BRAKE = ['BO_ 256 BRAKE: 8 XXX', ' SG_ PEDAL : 7|8@0+ (1,0) [0|255] "" XXX'] as const;

/** What statements name that there is not. */
export const REFERENCE_RULES = {
  'ref-message': {
    group: 'references',
    summary: 'A statement names the id of a message that there is not',
    severity: rate('warning', 'warning', 'warning'),
    opendbc:
      'Takes value texts; whoever asks for the definitions of all signals then fails (KeyError in CANDefine)',
    cantools: 'Takes it without a word',
    example: writeLines(...BRAKE, 'CM_ BO_ 257 "Brake";'),
    exampleFixed: writeLines(...BRAKE, 'CM_ BO_ 256 "Brake";'),
  },
  'ref-signal': {
    group: 'references',
    summary: 'A statement names a signal that its message has not',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Takes it',
    cantools: 'Takes it without a word',
    example: writeLines(...BRAKE, 'VAL_ 256 PRESSURE 0 "none";'),
    exampleFixed: writeLines(...BRAKE, 'VAL_ 256 PEDAL 0 "none";'),
  },
  'ref-node': {
    group: 'references',
    summary: 'A statement names a node that `BU_` does not list',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Takes it',
    cantools: 'Takes it without a word',
    example: writeLines('BU_: XXX', 'CM_ BU_ EON "Computer";'),
    exampleFixed: writeLines('BU_: XXX EON', 'CM_ BU_ EON "Computer";'),
  },
  'ref-variable': {
    group: 'references',
    summary: 'A statement names an environment variable that there is not',
    severity: rate('warning', 'warning', 'warning'),
    opendbc: 'Takes comments and attributes; value texts see `val-environment`',
    cantools: 'Takes it without a word',
    example: writeLines('CM_ EV_ DOOR "Left door";'),
    exampleFixed: writeLines(
      'EV_ DOOR: 0 [0|1] "" 0 1 DUMMY_NODE_VECTOR0 Vector__XXX;',
      'CM_ EV_ DOOR "Left door";',
    ),
  },
  'unknown-sender': {
    group: 'references',
    summary: 'A message is sent by a node that `BU_` does not list',
    severity: rate('information', 'warning', 'information'),
    opendbc: 'Does not look at it',
    cantools: 'Takes it',
    example: writeLines('BU_: XXX', 'BO_ 256 BRAKE: 8 EON'),
    exampleFixed: writeLines('BU_: XXX EON', 'BO_ 256 BRAKE: 8 EON'),
  },
  'unknown-receiver': {
    group: 'references',
    summary: 'A signal is received by a node that `BU_` does not list',
    severity: rate('information', 'warning', 'information'),
    opendbc: 'Does not look at it',
    cantools: 'Takes it',
    example: writeLines('BU_: XXX', 'BO_ 256 BRAKE: 8 XXX', ' SG_ PEDAL : 7|8@0+ (1,0) [0|255] "" EON'),
    exampleFixed: writeLines(
      'BU_: XXX EON',
      'BO_ 256 BRAKE: 8 XXX',
      ' SG_ PEDAL : 7|8@0+ (1,0) [0|255] "" EON',
    ),
  },
  'comment-dup': {
    group: 'references',
    summary: 'Something has two comments',
    severity: rate('information', 'warning', 'information'),
    opendbc: 'Does not read comments',
    cantools: 'The last one counts',
    example: writeLines(...BRAKE, 'CM_ BO_ 256 "Brake";', 'CM_ BO_ 256 "Pedal";'),
    exampleFixed: writeLines(...BRAKE, 'CM_ BO_ 256 "Brake, pedal";'),
  },
} as const satisfies Record<string, LintRule>;
