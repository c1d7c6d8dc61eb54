// Keeps typed figures over a reload, in this tab only. What comes back is checked like anything from outside.
import { MAX_CHANNELS, MAX_PERIODS, nothingTyped } from './typed.js';
import { stepOf } from './typed-periods.js';

/** @typedef {import('./typed.js').Typed} Typed */

const KEY = 'kpi-typed-figures';
const MAX_CELLS = 50_000;

/** Storage may be refused: then a reload begins anew. @param {Typed} typed */
export function keepTyped(typed) {
  try {
    if (Object.keys(typed.cells).length || typed.layout.channels.length || typed.layout.step !== 'none') sessionStorage.setItem(KEY, JSON.stringify({ version: 1, ...typed }));
    else sessionStorage.removeItem(KEY);
  } catch { /* nothing is kept */ }
}

/** @returns {Typed} */
export function keptTyped() {
  try {
    return checkedTyped(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
  } catch {
    return nothingTyped();
  }
}

/** @param {any} kept @returns {Typed} */
export function checkedTyped(kept) {
  const typed = nothingTyped();
  if (kept?.version !== 1) return typed;
  const { step, first, count, currency, channels, channel } = kept.layout ?? {};
  const { layout } = typed;
  if (stepOf(String(first)) === step && Number.isInteger(count) && count >= 1 && count <= MAX_PERIODS) Object.assign(layout, { step, first, count });
  if (typeof currency === 'string') layout.currency = currency.slice(0, 12);
  if (Array.isArray(channels)) layout.channels = [...new Set(channels.filter((one) => typeof one === 'string' && one))].slice(0, MAX_CHANNELS);
  if (layout.channels.includes(channel)) layout.channel = channel;
  for (const [key, cell] of Object.entries(kept.cells ?? {}).slice(0, MAX_CELLS)) {
    const number = (/** @type {unknown} */ value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
    if (typeof cell?.text === 'string' && cell.text) typed.cells[key] = { text: cell.text, value: cell.wrong ? null : number(cell.value), other: number(cell.other), wrong: typeof cell.wrong === 'string' ? cell.wrong : '' };
  }
  return typed;
}
