import type {
  AttributeDefinitionStatement,
  AttributeScope,
  EnvironmentVariableStatement,
  MessageStatement,
  NodesStatement,
  SignalGroupStatement,
  SignalStatement,
  ValueTableStatement,
  Word,
} from '../syntax/syntax-tree.ts';
import type { SignalLayout } from '../signal-layout.ts';

/** Texts of raw values. Keys beyond 2^53 are the nearest number that a double holds, as are the raw values asked for. */
export type Labels = ReadonlyMap<number, string>;

/** Values of attributes that are set, by name; enums by their text where the index has one. */
export type Attributes = ReadonlyMap<string, number | string>;

/** How a signal depends on others. */
export interface Multiplexing {
  /** Whether its raw value selects others. */
  readonly isMultiplexor: boolean;
  /** The signal that selects this one; undefined for one that is always there. */
  readonly parent: DatabaseSignal | undefined;
  /** Raw values of the parent with which it is there, as pairs of first and last; empty where it is always there. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/**
 * A signal of a message. Its layout can always be read with: where the file has no number that makes sense, a safe one
 * stands instead, and `isDecodable` is false.
 */
export interface DatabaseSignal extends SignalLayout {
  /** The long name where an attribute gives one. */
  readonly name: string;
  /** As `SG_` has it, and every other statement refers to it. */
  readonly shortName: string;
  /**
   * Whether frames can be read with it. False where start bit, length, byte order, sign, factor or offset are missing or
   * no finite number, where its bits do not lie within the 64 bytes of a frame (length 1 to 64), where a float has a
   * length other than 16, 32 or 64, and where a signal that selects it is not decodable itself.
   */
  readonly isDecodable: boolean;
  /** `[0|0]` says nothing: undefined both. Undefined where it is no finite number, too. */
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Empty where it has none. */
  readonly unit: string;
  /** Without `Vector__XXX`, which says nobody. */
  readonly receivers: readonly string[];
  readonly comment: string | undefined;
  /** Undefined where it has no value texts. */
  readonly labels: Labels | undefined;
  readonly multiplexing: Multiplexing;
  readonly attributes: Attributes;
  /** Where it stands. */
  readonly statement: SignalStatement;
}

/** A message. */
export interface DatabaseMessage {
  /** As it is written: bit 31 set for 29 bits; unsigned. -1 where it is no integer that 32 bits hold. */
  readonly writtenId: number;
  /**
   * 11 or 29 bits. Ids without bit 31 that 11 bits do not hold are taken as 29 bits, as opendbc does. -1 where no frame
   * can have such an id; the message is then not in `Database.messageByKey`.
   */
  readonly arbitrationId: number;
  /** Whether it is an id of 29 bits: said by bit 31, or by the number itself. */
  readonly isExtended: boolean;
  readonly name: string;
  readonly shortName: string;
  /** Bytes, 0 to 1785, the most that J1939 transports; 0 where no such number is written. */
  readonly size: number;
  /** Without `Vector__XXX`; those of `BO_TX_BU_` too. */
  readonly transmitters: readonly string[];
  /** In the order of the file; where two have one name, both are here. */
  readonly signals: readonly DatabaseSignal[];
  readonly comment: string | undefined;
  readonly attributes: Attributes;
  /** `GenMsgCycleTime` where it is above 0, the attribute's default included. */
  readonly cycleTimeMs: number | undefined;
  readonly sendType: string | undefined;
  /** Whether `VFrameFormat`, or without it `BusType`, says CAN FD, or a size of 9 to 64 bytes does. */
  readonly isFd: boolean;
  /** Whether `VFrameFormat`, or without it `ProtocolType`, says J1939. */
  readonly isJ1939: boolean;
  readonly statement: MessageStatement;
}

/** A node of the network. */
export interface DatabaseNode {
  readonly name: string;
  readonly shortName: string;
  readonly comment: string | undefined;
  readonly attributes: Attributes;
  readonly word: Word;
  readonly statement: NodesStatement;
}

/** What an attribute may be. */
export interface AttributeDefinition {
  readonly name: string;
  readonly scope: AttributeScope;
  readonly type: 'INT' | 'HEX' | 'FLOAT' | 'STRING' | 'ENUM' | 'unknown';
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly choices: readonly string[];
  readonly defaultValue: number | string | undefined;
  readonly statement: AttributeDefinitionStatement;
}

/** A value table. */
export interface ValueTable {
  readonly name: string;
  readonly labels: Labels;
  readonly statement: ValueTableStatement;
}

/** A variable of the environment: kept and described; nothing of it is on a bus. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly unit: string;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly comment: string | undefined;
  readonly labels: Labels | undefined;
  readonly attributes: Attributes;
  readonly statement: EnvironmentVariableStatement;
}

/** Signals of a message that belong together. */
export interface SignalGroup {
  readonly name: string;
  readonly writtenId: number;
  readonly repetitions: number;
  /** By `DatabaseSignal.name`; as written where the message has no such signal. */
  readonly signals: readonly string[];
  readonly statement: SignalGroupStatement;
}

/** What an attribute says of a node together with a message or a signal. */
export interface RelationAttribute {
  readonly name: string;
  /** By `DatabaseNode.name`; as written where there is none. */
  readonly node: string;
  readonly writtenId: number | undefined;
  /** By `DatabaseSignal.name`; as written where the message has no such signal. */
  readonly signal: string | undefined;
  readonly value: number | string;
}

/** What a DBC file says. The pseudo message `VECTOR__INDEPENDENT_SIG_MSG` is not among its messages. */
export interface Database {
  readonly version: string | undefined;
  /** What is said of the network as a whole; several comments are lines of it. */
  readonly comment: string | undefined;
  readonly nodes: readonly DatabaseNode[];
  /** In the order of the file; where two have one id, both are here. */
  readonly messages: readonly DatabaseMessage[];
  /** By `messageKey`; of two with one id the last, as all readers have it. */
  readonly messageByKey: ReadonlyMap<number, DatabaseMessage>;
  readonly valueTables: readonly ValueTable[];
  readonly attributeDefinitions: readonly AttributeDefinition[];
  /** Attributes of the network as a whole. */
  readonly attributes: Attributes;
  readonly environmentVariables: readonly EnvironmentVariable[];
  readonly signalGroups: readonly SignalGroup[];
  readonly relationAttributes: readonly RelationAttribute[];
  /** Files that `CM_ "IMPORT …";` names. */
  readonly imports: readonly string[];
}

/**
 * How frames find their message. A frame's id of up to 11 bits may be of either kind, as logs do not say which:
 * `findMessage` asks for the standard one first.
 *
 * @returns The id, bit 31 set for 29 bits; unsigned.
 */
export function messageKey({
  arbitrationId,
  isExtended,
}: Pick<DatabaseMessage, 'arbitrationId' | 'isExtended'>): number {
  return isExtended ? (arbitrationId | 0x8000_0000) >>> 0 : arbitrationId;
}

/** Finds the message of a frame: by an id of 11 bits where it fits, otherwise or else by one of 29. */
export function findMessage(
  { messageByKey }: Pick<Database, 'messageByKey'>,
  arbitrationId: number,
): DatabaseMessage | undefined {
  const standard = arbitrationId <= 0x7ff ? messageByKey.get(arbitrationId) : undefined;
  return standard ?? messageByKey.get(messageKey({ arbitrationId, isExtended: true }));
}
