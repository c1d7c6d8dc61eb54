// Named periods, counted back from the last day that the data holds: a file of last year still has a "last quarter".

/** @typedef {'all'|'last_12_months'|'last_month'|'last_quarter'|'previous_quarter'|'last_year'|'previous_year'} Preset */
/** @typedef {'day'|'week'|'month'|'quarter'|'year'} Grain */
export const PRESETS = /** @type {const} */ (['all', 'last_12_months', 'last_month', 'last_quarter', 'previous_quarter', 'last_year', 'previous_year']);

/** @param {number} year @param {number} month 1-based, may run over @param {number} day */
const iso = (year, month, day) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
/** @param {number} year @param {number} month */
const monthEnd = (year, month) => iso(year, month + 1, 0);

/**
 * @param {Preset} preset
 * @param {string|null} first day of the data
 * @param {string|null} last day of the data
 * @param {number} [yearStart] month in which the financial year begins: its quarters and years count
 * @returns {{from: string|null, to: string|null}} nulls = all of the data
 */
export function presetRange(preset, first, last, yearStart = 1) {
  if (preset === 'all' || !first || !last) return { from: null, to: null };
  const [year, month] = last.split('-').map(Number);
  const inYear = (month - yearStart + 12) % 12;  // months since the financial year began
  const quarter = month - (inYear % 3);
  const start = month - inYear;
  switch (preset) {
    case 'last_12_months': return { from: iso(year, month - 11, 1), to: monthEnd(year, month) };
    case 'last_month': return { from: iso(year, month, 1), to: monthEnd(year, month) };
    case 'last_quarter': return { from: iso(year, quarter, 1), to: monthEnd(year, quarter + 2) };
    case 'previous_quarter': return { from: iso(year, quarter - 3, 1), to: monthEnd(year, quarter - 1) };
    case 'last_year': return { from: iso(year, start, 1), to: monthEnd(year, start + 11) };
    default: return { from: iso(year, start - 12, 1), to: monthEnd(year, start - 1) };
  }
}

/**
 * Presets that differ from each other and overlap the data.
 * @param {string|null} first
 * @param {string|null} last
 * @param {number} [yearStart]
 * @returns {Preset[]}
 */
export function usefulPresets(first, last, yearStart = 1) {
  if (!first || !last) return ['all'];
  return PRESETS.filter((preset) => {
    const { from, to } = presetRange(preset, first, last, yearStart);
    return from === null || to === null || (to >= first && (from > first || to < last));
  });
}

export const GRAINS = /** @type {const} */ (['day', 'week', 'month', 'quarter', 'year']);

/** The coarser one. @param {Grain} a @param {Grain} b */
export const coarser = (a, b) => (GRAINS.indexOf(a) > GRAINS.indexOf(b) ? a : b);

/**
 * A grain that gives a readable number of buckets.
 * @param {string|null} from
 * @param {string|null} to
 * @returns {Grain}
 */
export function suitableGrain(from, to) {
  if (!from || !to) return 'month';
  const days = (Date.parse(to) - Date.parse(from)) / 86400000 + 1;
  if (days <= 31) return 'day';
  if (days <= 120) return 'week';
  if (days <= 365 * 4) return 'month';
  return days <= 365 * 12 ? 'quarter' : 'year';
}
