import type { Candidate } from './candidate-fit.ts';
import { type ByteOrder, isWithinByte, reorderWithinByte } from './field-place.ts';

/**
 * Fields within a byte are the same in both byte orders: writes them in the order of the other fields of their message,
 * else in that of the best field of several bytes, as whoever laid out the messages would.
 */
export function unifyByteOrders(candidates: readonly Candidate[]): readonly Candidate[] {
  const usual = findOrder(candidates);
  return candidates.map((candidate) => {
    const own = candidates.filter(({ message }) => message === candidate.message);
    const order = findOrder(own) ?? usual;
    return order === undefined ? candidate : writeInOrder(candidate, order);
  });
}

function findOrder(candidates: readonly Candidate[]): ByteOrder | undefined {
  return candidates.map(({ field }) => field).find((field) => !isWithinByte(field))?.order;
}

function writeInOrder(candidate: Candidate, order: ByteOrder): Candidate {
  const { byteLength } = candidate.message;
  const write = (field: Candidate['field']): Candidate['field'] =>
    reorderWithinByte(field, order, byteLength);
  const fields = candidate.joint.fields.map((part) => ({ ...part, field: write(part.field) }));
  return {
    ...candidate,
    field: write(candidate.field),
    companions: candidate.companions.map(write),
    alternatives: candidate.alternatives.map(write),
    joint: { ...candidate.joint, fields },
  };
}
