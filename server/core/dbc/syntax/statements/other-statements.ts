import type { LineCommentStatement, UnknownStatement, UnreadStatement, Word } from '../syntax-tree.ts';
import { ParsedStatement } from './parsed-statement.ts';

/** A statement that no reader uses. */
export class ParsedUnread extends ParsedStatement implements UnreadStatement {
  readonly kind = 'unread';

  get word(): Word {
    return createKeyword(this, this.writtenText);
  }
}

/** Lines that begin with no keyword. */
export class ParsedUnknown extends ParsedStatement implements UnknownStatement {
  readonly kind = 'unknown';

  get word(): Word {
    return createKeyword(this, this.writtenText);
  }
}

/** What lies beyond the limits of reading. */
export class ParsedRest extends ParsedUnknown {}

/** `// text`. */
export class ParsedLineComment extends ParsedStatement implements LineCommentStatement {
  readonly kind = '//';

  get text(): string {
    return this.writtenText.slice(2);
  }
}

function createKeyword({ keyword: { start, end } }: Pick<ParsedStatement, 'keyword'>, source: string): Word {
  return { start, end, text: source.slice(0, end - start) };
}
