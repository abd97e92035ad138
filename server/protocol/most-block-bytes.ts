/** Most bytes of all blocks of one answer, before they are written as base64. */
export const MOST_BLOCK_BYTES = 1024 * 1024;
