import { countBitChanges } from '../../../core/can/bits/bit-changes.ts';
import { rankBits } from '../../../core/can/bits/change-statistics.ts';
import { readBit } from '../../../core/can/frame-payload.ts';
import type { FrameTable } from '../../../core/can/frame-table.ts';
import { findOnBuses } from '../../../core/can/message-buses.ts';
import type { MessageGroups } from '../../../core/can/message-groups.ts';
import { compareAddresses } from '../exports/address-order.ts';
import type { CandidateBit } from './cruise-findings.ts';
import { CRUISE_MESSAGES } from '../../subaru/subaru-signals.ts';

/** Bits per message and bus. */
const MOST = 10;
/** Toggles up to here cost nothing; each one beyond costs a tenth. */
const FREE_TOGGLES = 40;

const MONITORED = ['Wheel_Speeds', 'Cruise_Buttons', 'Cruise_Status', 'ES_Brake', 'Brake_Pedal'] as const;

/** Finds the busiest bits of the monitored messages on all buses: best score first. */
export function findCandidates(frames: FrameTable, groups: MessageGroups): readonly CandidateBit[] {
  const candidates = MONITORED.flatMap((name) => {
    const { arbitrationId } = CRUISE_MESSAGES[name];
    return findOnBuses(groups, arbitrationId).flatMap(({ bus, rows }) =>
      rateBusiestBits(frames, rows).map((rated) => ({ bus, arbitrationId, ...rated })),
    );
  });
  return candidates.sort(
    (a, b) => b.score - a.score || compareAddresses(a, b) || a.bit - b.bit || a.bus - b.bus,
  );
}

type RatedBit = Omit<CandidateBit, 'bus' | 'arbitrationId'>;

function rateBusiestBits(frames: FrameTable, rows: Uint32Array): readonly RatedBit[] {
  return rankBits(countBitChanges(frames, rows), MOST).map(({ bit, toggles }) => {
    // Rises and falls take turns: which of them comes first is all that is open.
    const rises = Math.floor((toggles + 1 - readBit(frames, rows.at(0) ?? 0, bit)) / 2);
    return { bit, toggles, rises, falls: toggles - rises, ...rateToggles(toggles) };
  });
}

/** In tenths, so that both come out as the doubles nearest to their decimals. */
function rateToggles(toggles: number): Pick<RatedBit, 'penalty' | 'score'> {
  const tenths = Math.max(0, toggles - FREE_TOGGLES);
  return { penalty: tenths / 10, score: (10 * toggles - tenths) / 10 };
}
