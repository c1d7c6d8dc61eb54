// When the clocks of a time zone change, as the browser knows it: the engine has no time zones of its own.

const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(2040, 0, 1);
const WEEK = 7 * 86_400_000;  // clocks change back after a month at the earliest
const MINUTE = 60_000;

/** All zones that the browser knows, by their IANA names. */
export const timeZones = () => /** @type {string[]} */ (/** @type {any} */ (Intl).supportedValuesOf?.('timeZone') ?? []);

/** Seconds ahead of UTC at a moment. @param {Intl.DateTimeFormat} clock @param {number} moment in milliseconds */
function offsetAt(clock, moment) {
  const parts = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return Math.round((Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - moment) / 1000);
}

/**
 * [UTC seconds, seconds ahead of UTC from then on], upwards, from 2000 to 2040; the first also holds before. Null for a name that is no zone.
 * @param {string} zone @returns {[number, number][]|null}
 */
export function zoneOffsets(zone) {
  /** @type {Intl.DateTimeFormat} */ let clock;
  try {
    clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  } catch {
    return null;
  }
  /** @type {[number, number][]} */
  const changes = [[FIRST / 1000, offsetAt(clock, FIRST)]];
  for (let from = FIRST; from < LAST; from += WEEK) {
    const [before, after] = [changes[changes.length - 1][1], offsetAt(clock, from + WEEK)];
    if (before === after) continue;
    let [low, high] = [from, from + WEEK];  // the change is in ]low, high]
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offsetAt(clock, middle) === before) low = middle;
      else high = middle;
    }
    changes.push([high / 1000, after]);
  }
  return changes;
}
