const ZERO = 0x30;
const POINT = 0x2e;

/** Integers up to here are doubles exactly; one division by a power of ten then gives the nearest double. */
const EXACT = Number.MAX_SAFE_INTEGER;

/** From the first of March of the year 0 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

/** As `candump -tA` writes it: `2015-07-10 08:17:32.249713`. */
const DATE = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;

/**
 * Reads what stands in the round brackets of a line of candump: seconds since 1970 (`-ta`), since the first frame
 * (`-tz`) or since the frame before (`-td`), which look alike and are given as they are; or a date (`-tA`), which candump
 * writes in the time zone of its machine and which is read as if that were UTC.
 *
 * @returns Seconds; NaN for what is no time.
 */
export function readCandumpTime(text: string, start: number, end: number): number {
  let mantissa = 0;
  let decimals = -1;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (digit + ZERO === POINT && decimals < 0) decimals = 0;
    else return readDate(text.slice(start, end));
  }
  if (digits === 0) return NaN;
  if (mantissa > EXACT || decimals > 22) return readLongNumber(text.slice(start, end));
  return decimals <= 0 ? mantissa : mantissa / 10 ** decimals;
}

function readLongNumber(text: string): number {
  const seconds = Number(text);
  return Number.isFinite(seconds) ? seconds : NaN;
}

function readDate(text: string): number {
  const parts = DATE.exec(text);
  if (parts === null) return NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  const whole = ((countDays(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  const fraction = parts[7] ?? '';
  const scale = 10 ** fraction.length;
  return fraction === '' ? whole : (whole * scale + Number(fraction)) / scale;
}

/** Days from 1970-01-01 on, by the Gregorian calendar. Years begin in March here, so that leap days come last. */
function countDays(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + dayOfYear - DAYS_TO_1970;
}
