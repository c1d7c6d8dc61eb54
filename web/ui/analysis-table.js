// What the tables of the analyses share.
import { html, nothing } from 'lit';
import { reasonTitle } from './names.js';
import { formatValue } from '../format/format.js';

/** @typedef {{value: number|null, undefined: import('../engine/protocol.js').NoValue|null}} Outcome a model's number, or why there is none */
/** @typedef {{code: string, args: string[]}} Reason */

/**
 * A table in a frame that scrolls; `rows` are drawn by the caller.
 * @param {string} name @param {string[]} columns @param {unknown} rows @param {string} [testid]
 */
export const analysisTable = (name, columns, rows, testid) => html`<div class="kpi-table-wrap kpi-framed" tabindex="0" role="region" aria-label=${name}><table class="kpi-table" data-testid=${testid ?? nothing}><caption class="kpi-hidden">${name}</caption>
  <thead><tr>${columns.map((column) => html`<th scope="col"><span>${column}</span></th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

/** The number, else the reason. @param {Outcome} one @param {string} display @param {string} [currency] */
export const outcomeText = (one, display, currency) => (one.undefined ? html`<small>${reasonTitle(one.undefined)}</small>` : formatValue(one.value, display, currency));
