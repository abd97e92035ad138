import { type Keyword, kindOfKeyword } from './keywords.ts';
import {
  readAttribute,
  readComment,
  readDefault,
  readDefinition,
  readExtendedMultiplexing,
  readNothing,
  readRelation,
  readSignalType,
} from './read-attributes.ts';
import {
  readBitTiming,
  readEnvironmentData,
  readEnvironmentVariable,
  readMessage,
  readNewSymbols,
  readNodes,
  readSignalGroup,
  readTransmitters,
  readValues,
  readValueTable,
  readVersion,
} from './read-network.ts';
import { readSignal } from './read-signal.ts';
import type { StatementReader } from './statement-reader.ts';
import {
  ParsedAttribute,
  ParsedAttributeDefault,
  ParsedAttributeDefinition,
  ParsedComment,
  ParsedRelationAttribute,
  ParsedRelationDefault,
  ParsedRelationDefinition,
  ParsedValues,
} from './statements/attribute-statements.ts';
import {
  ParsedExtendedMultiplexing,
  ParsedMessage,
  ParsedSignal,
  ParsedSignalGroup,
  ParsedSignalType,
  ParsedTransmitters,
} from './statements/message-statements.ts';
import {
  ParsedBitTiming,
  ParsedEnvironmentData,
  ParsedEnvironmentVariable,
  ParsedNewSymbols,
  ParsedNodes,
  ParsedValueTable,
  ParsedVersion,
} from './statements/network-statements.ts';
import { ParsedUnread } from './statements/other-statements.ts';
import type { ParsedStatement } from './statements/parsed-statement.ts';
import type { StatementParts, StatementSource } from './statements/statement-parts.ts';
import type { Statement } from './syntax-tree.ts';
import { FIRST_KEYWORD } from './token-kinds.ts';

/** A statement that can also be put elsewhere. */
export type PlacedStatement = Statement & ParsedStatement;

/** Makes a statement of what was read of it. */
export type StatementMaker = new (source: StatementSource, parts: StatementParts) => PlacedStatement;

/** How a statement is read behind its keyword, and what comes of it. */
export interface StatementForm {
  readonly read: (reader: StatementReader) => void;
  readonly maker: StatementMaker;
}

const UNREAD: StatementForm = { read: readNothing, maker: ParsedUnread };

const FORMS: { readonly [Name in Keyword]?: StatementForm } = {
  VERSION: { read: readVersion, maker: ParsedVersion },
  NS_: { read: readNewSymbols, maker: ParsedNewSymbols },
  BS_: { read: readBitTiming, maker: ParsedBitTiming },
  BU_: { read: readNodes, maker: ParsedNodes },
  VAL_TABLE_: { read: readValueTable, maker: ParsedValueTable },
  BO_: { read: readMessage, maker: ParsedMessage },
  SG_: { read: readSignal, maker: ParsedSignal },
  BO_TX_BU_: { read: readTransmitters, maker: ParsedTransmitters },
  EV_: { read: readEnvironmentVariable, maker: ParsedEnvironmentVariable },
  ENVVAR_DATA_: { read: readEnvironmentData, maker: ParsedEnvironmentData },
  SIG_GROUP_: { read: readSignalGroup, maker: ParsedSignalGroup },
  CM_: { read: readComment, maker: ParsedComment },
  BA_DEF_: { read: readDefinition, maker: ParsedAttributeDefinition },
  BA_DEF_REL_: { read: readDefinition, maker: ParsedRelationDefinition },
  BA_DEF_DEF_: { read: readDefault, maker: ParsedAttributeDefault },
  BA_DEF_DEF_REL_: { read: readDefault, maker: ParsedRelationDefault },
  BA_: { read: readAttribute, maker: ParsedAttribute },
  BA_REL_: { read: readRelation, maker: ParsedRelationAttribute },
  VAL_: { read: readValues, maker: ParsedValues },
  SIG_VALTYPE_: { read: readSignalType, maker: ParsedSignalType },
  SG_MUL_VAL_: { read: readExtendedMultiplexing, maker: ParsedExtendedMultiplexing },
};

const BY_KIND = createTable();

/** Gives the form of the statement that begins with a keyword of this kind. */
export function findForm(kind: number): StatementForm {
  return BY_KIND[kind - FIRST_KEYWORD] ?? UNREAD;
}

function createTable(): readonly (StatementForm | undefined)[] {
  const table: (StatementForm | undefined)[] = [];
  for (const [keyword, form] of Object.entries(FORMS)) {
    table[kindOfKeyword(keyword as Keyword) - FIRST_KEYWORD] = form;
  }
  return table;
}
