/**
 * How much of a text is taken apart, so that no text takes all memory: the largest databases have a twentieth of it. What
 * lies beyond is kept as one statement that is not read.
 */
export const MOST_STATEMENTS = 500_000;
/** Words and other tokens of a text. */
export const MOST_WORDS = 4_000_000;
/** Of one statement: value texts for each value of a signal of 16 bits, and as many again. */
export const MOST_WORDS_OF_STATEMENT = 250_000;
