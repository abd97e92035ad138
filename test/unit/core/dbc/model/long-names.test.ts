import { describe, expect, it } from 'vitest';
import { buildLines } from '../../../../support/built-database.ts';

describe('long names', () => {
  it('are the names; statements refer to the short ones', () => {
    const { nodes, messages, environmentVariables, signalGroups, relationAttributes } = buildLines([
      'BU_: ECU TESTER',
      'BO_ 100 MSG: 8 ECU',
      ' SG_ S : 0|8@1+ (1,0) [0|0] "" ECU,TESTER',
      ' SG_ T : 8|8@1+ (1,0) [0|0] "" TESTER',
      'EV_ VAR: 0 [0|1] "" 0 1 DUMMY_NODE_VECTOR0 ECU;',
      'BA_ "SystemNodeLongSymbol" BU_ ECU "EngineControlUnit";',
      'BA_ "SystemMessageLongSymbol" BO_ 100 "Message_of_the_engine";',
      'BA_ "SystemSignalLongSymbol" SG_ 100 S "Signal_of_the_engine";',
      'BA_ "SystemEnvVarLongSymbol" EV_ VAR "Variable_of_the_engine";',
      'BA_ "SystemSignalLongSymbol" SG_ 100 T "";',
      'CM_ SG_ 100 S "about";',
      'SIG_GROUP_ 100 GROUP 1 : S T GONE;',
      'SIG_GROUP_ 101 OTHER 1 : S;',
      'BA_REL_ "Timeout" BU_SG_REL_ ECU SG_ 100 S 1;',
      'BA_REL_ "Project" BU_BO_REL_ TESTER 100 2;',
    ]);
    expect(nodes).toMatchObject([
      { name: 'EngineControlUnit', shortName: 'ECU' },
      { name: 'TESTER', shortName: 'TESTER' },
    ]);
    expect(messages).toMatchObject([
      {
        name: 'Message_of_the_engine',
        shortName: 'MSG',
        transmitters: ['EngineControlUnit'],
        signals: [
          {
            name: 'Signal_of_the_engine',
            shortName: 'S',
            receivers: ['EngineControlUnit', 'TESTER'],
            comment: 'about',
          },
          { name: 'T', shortName: 'T' },
        ],
      },
    ]);
    expect(environmentVariables).toMatchObject([{ name: 'Variable_of_the_engine' }]);
    expect(signalGroups.map(({ signals }) => signals)).toEqual([
      ['Signal_of_the_engine', 'T', 'GONE'],
      ['S'],
    ]);
    expect(relationAttributes).toMatchObject([
      { node: 'EngineControlUnit', signal: 'Signal_of_the_engine' },
      { node: 'TESTER', signal: undefined },
    ]);
  });
});
