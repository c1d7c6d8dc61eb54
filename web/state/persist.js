// Remembers choices in this browser only: the theme, what the user fixed per header row, the user's own KPIs, the rules of points, the
// weights of attribution and the goal of the plan. Never a value from a file, but those that a rule names.

/** @typedef {import('../engine/protocol.js').ReadOptions} ReadOptions */
/** @typedef {'system'|'light'|'dark'} Theme */
/** @typedef {{version: 1, theme: Theme, mappings: Record<string, ReadOptions>, kpis: import('./own-kpis.js').OwnKpi[], plan?: import('./plan.js').PlanInput|null, points?: import('../export/points-file.js').Points|null, weights?: Record<string, number>|null}} Remembered */

const KEY = 'kpi-calculator';
const MAX_MAPPINGS = 200;

/** @returns {Remembered} */
const nothing = () => ({ version: 1, theme: 'system', mappings: {}, kpis: [] });

/** Storage throws in sandboxed frames: then nothing is remembered. @returns {Remembered} */
export function remembered() {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return saved?.version === 1 ? { ...nothing(), ...saved } : nothing();
  } catch {
    return nothing();
  }
}

/** @param {Partial<Remembered>} change @returns {boolean} false where the browser refuses */
export function remember(change) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} fingerprint @param {ReadOptions} options */
export function rememberMapping(fingerprint, options) {
  const entries = Object.entries(remembered().mappings).filter(([key]) => key !== fingerprint).slice(1 - MAX_MAPPINGS);
  remember({ mappings: { ...Object.fromEntries(entries), [fingerprint]: options } });
}

export function forgetAll() {
  try {
    localStorage.removeItem(KEY);
  } catch { /* nothing was kept */ }
}

/**
 * Names a header row without keeping its texts: two FNV-1a sums of 32 bits over the headers in order.
 * @param {string[]} headers
 */
export function headerFingerprint(headers) {
  const text = headers.join('\u001f');
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0;
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x01000193) >>> 0;
  }
  return `${headers.length}-${a.toString(36)}-${b.toString(36)}`;
}
