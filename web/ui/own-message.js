// What the engine says about a formula, in words: what it gives, or where it is wrong and what was probably meant.
import { html, nothing } from 'lit';
import { formatCount, formatValue } from '../format/format.js';
import { inWords } from '../format/formula.js';
import { t, textOr } from '../i18n/translate.js';
import { listOf, measureName, reasonMeaning } from './names.js';
import { unitName } from './units.js';

/** @typedef {import('../engine/protocol.js').Failure} Failure */
/** @typedef {import('../engine/protocol.js').FormulaCheck} FormulaCheck */

/** Ids that a failure names, as a list. @param {unknown} joined */
const idsIn = (joined) => String(joined ?? '').split(',').filter(Boolean);

/** @param {Failure} error @param {(id: string) => string} [nameOf] */
export function failureText({ code, args }, nameOf = measureName) {
  const shown = {
    ...Object.fromEntries(Object.entries(args).map(([key, value]) => [key, typeof value === 'number' ? formatCount(value) : String(value)])),
    ...('at' in args && typeof args.at === 'number' ? { at: formatCount(args.at + 1) } : {}),
    ...(args.declared ? { declared: unitName(String(args.declared)), actual: unitName(String(args.actual)) } : {}),
    ...(args.left ? { left: unitName(String(args.left)), right: unitName(String(args.right)) } : {}),
    ...(args.display ? { display: textOr(`own.display.${args.display}`, String(args.display)), unit: unitName(String(args.unit)) } : {}),
    ...(code === 'own_kpi_needs' ? { reference: nameOf(String(args.reference)) } : {}),
    ...(args.path ? { path: listOf([...new Set(idsIn(args.path))].map(nameOf)) } : {}),
  };
  return textOr(`own.error.${code}`, '') ? t(`own.error.${code}`, shown) : t(`code.${code}.title`);
}

/** Where the formula is wrong: from and to, in characters; null where the whole is meant. @param {string} formula @param {Failure} error @returns {[number, number]|null} */
export function wrongPart(formula, { code, args }) {
  if (code === 'catalog_unknown_reference') {
    const at = formula.search(new RegExp(`(?<![a-z0-9_])${args.reference}(?![a-z0-9_])`));
    return at < 0 ? null : [at, at + String(args.reference).length];
  }
  if (typeof args.at !== 'number') return null;
  const bytes = new TextEncoder().encode(formula).slice(0, args.at);  // the core counts bytes
  const from = new TextDecoder().decode(bytes).length;
  return [from, from + String(args.text ?? '').length];
}

/**
 * @param {string} formula as typed
 * @param {FormulaCheck|null} check
 * @param {(formula: string) => void} take a proposal
 */
export function ownMessage(formula, check, take) {
  if (!formula.trim()) return html`<p class="kpi-own-says kpi-muted" data-testid="own-says" data-code="">${t('own.says.begin')}</p>`;
  if (!check) return html`<p class="kpi-own-says kpi-muted" data-testid="own-says" data-code="">${t('own.says.wait')}</p>`;
  return check.error ? wrong(formula, check.error, check.proposal, take) : right(check);
}

/** @param {FormulaCheck} check */
function right(check) {
  const now = check.value !== null ? t('own.says.now', { value: formatValue(check.value, check.display, check.currency, 'exact') })
    : check.undefined ? `${t('own.says.none')} ${reasonMeaning(check.undefined)}` : '';
  return html`<p class="kpi-own-says is-right" data-testid="own-says" data-code="ok" data-unit=${check.unit} data-value=${check.value ?? nothing}><b>${t('own.says.gives', { unit: unitName(check.unit) })}</b> ${now}</p>`;
}

/** @param {string} formula @param {Failure} error @param {string} proposal @param {(formula: string) => void} take */
function wrong(formula, error, proposal, take) {
  const part = wrongPart(formula, error);
  const near = error.code === 'catalog_unknown_reference' && part ? idsIn(error.args.nearest) : [];
  const replaced = (/** @type {string} */ id) => (part ? formula.slice(0, part[0]) + id + formula.slice(part[1]) : formula);
  return html`<div class="kpi-own-says is-wrong" data-testid="own-says" data-code=${error.code} data-from=${part?.[0] ?? nothing} data-to=${part?.[1] ?? nothing}>
    <p><b>${failureText(error)}</b></p>
    ${part ? html`<p class="kpi-own-where" dir="ltr" aria-hidden="true">${formula.slice(0, part[0])}<mark>${formula.slice(part[0], part[1]) || '\u2026'}</mark>${formula.slice(part[1])}</p>` : nothing}
    ${near.length ? html`<p>${t('own.says.near')} ${near.map((id) => html`<button type="button" class="kpi-link" data-testid="own-near" data-id=${id} @click=${() => take(replaced(id))}>${measureName(id)}</button> `)}</p>` : nothing}
    ${proposal ? html`<p>${t('own.says.proposal')} <button type="button" class="kpi-link" data-testid="own-proposal" @click=${() => take(proposal)}>${inWords(proposal, measureName)}</button></p>` : nothing}</div>`;
}
