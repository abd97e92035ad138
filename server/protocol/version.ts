/** Version of the product; the same as in package.json, which a test compares. */
export const CTS_VERSION = '0.1.0';

/** Version of the contract: changes when a client of before would misunderstand. */
export const PROTOCOL_VERSION = 1;
