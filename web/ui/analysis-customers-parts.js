// What both halves of the view of customer value share.
import { html, nothing } from 'lit';
import { ask } from './element.js';
import { reasonMeaning, reasonTitle } from './names.js';

/** @param {Event} event @param {Record<string, unknown>} change */
export const setting = (event, change) => ask(/** @type {HTMLElement} */ (event.currentTarget), { type: 'analysis_settings', view: 'customers', change });

/** @param {{code: string, args: unknown}} reason @param {string} testid */
export const noneOf = (reason, testid) => html`<p class="kpi-note" data-testid=${testid} data-code=${reason.code}><strong>${reasonTitle(/** @type {any} */ (reason))}.</strong> ${reasonMeaning(/** @type {any} */ (reason))}</p>`;

/**
 * A table in its frame: the first cell of each row names it.
 * @param {{title: string, note?: unknown, testid: string, head: string[], rows: unknown[], above?: unknown}} table
 */
export const tableOf = ({ title, note, testid, head, rows, above }) => html`<section class="kpi-sheetlike"><div class="kpi-table-bar"><h3>${title}</h3></div>${above ?? nothing}
  <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${title}><table class="kpi-table" data-testid=${testid}><thead><tr>${head.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead><tbody>${rows}</tbody></table></div>
  ${note ? html`<p class="kpi-plan-foot">${note}</p>` : nothing}</section>`;
