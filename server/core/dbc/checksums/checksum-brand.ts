/** First match in this order; source: opendbc 7343a66d, opendbc/can/dbc.py. */
const PREFIXES = [
  ['honda_', 'HONDA'],
  ['acura_', 'HONDA'],
  ['toyota_', 'TOYOTA'],
  ['lexus_', 'TOYOTA'],
  ['hyundai_canfd_generated', 'HKG_CAN_FD'],
  ['vw_meb_2024', 'VOLKSWAGEN_MEB_2024'],
  ['vw_mqb', 'VOLKSWAGEN_MQB_MEB'],
  ['vw_mqbevo', 'VOLKSWAGEN_MQB_MEB'],
  ['vw_meb', 'VOLKSWAGEN_MQB_MEB'],
  ['vw_mlb', 'VOLKSWAGEN_MLB'],
  ['vw_pq', 'XOR'],
  ['subaru_global_', 'SUBARU'],
  ['chrysler_', 'CHRYSLER'],
  ['fca_giorgio', 'FCA_GIORGIO'],
  ['comma_body', 'BODY'],
  ['tesla_model3_party', 'TESLA'],
  ['psa_', 'PSA'],
] as const;

/**
 * A way to protect messages. `VOLKSWAGEN_MEB_2024` is `VOLKSWAGEN_MQB_MEB` with a second way for some messages;
 * `SUBARU_PREGLOBAL` is used only where it is asked for.
 */
export type ChecksumBrand = (typeof PREFIXES)[number][1] | 'SUBARU_PREGLOBAL';

/**
 * Finds how the messages of a database are protected, as opendbc does: by the beginning of its file's name.
 *
 * @param fileName Name of the file, with or without `.dbc` and folders. Letters count as they are.
 */
export function findBrand(fileName: string): ChecksumBrand | undefined {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1];
}
