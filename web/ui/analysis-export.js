// The tables of the open analysis as one CSV: its sentences first, then each table under its name, raw numbers where a cell has them.
import { download, toCsv } from '../export/csv.js';
import { t } from '../i18n/translate.js';

/** @param {Element} cell @returns {string|number} */
function content(cell) {
  const raw = cell instanceof HTMLElement ? cell.dataset['value'] : undefined;
  const shown = (/** @type {HTMLElement} */ (cell).innerText ?? '').trim().replace(/\s*\n\s*/g, ' · ');
  const value = raw === undefined || raw === '' ? NaN : Number(raw);
  return Number.isFinite(value) ? value : shown;
}

/**
 * Rows of a CSV, an empty one between the tables.
 * @param {Element} panel what the analysis draws in
 * @returns {(string|number|null)[][]}
 */
export function analysisRows(panel) {
  /** @type {(string|number|null)[][]} */ const rows = [...panel.querySelectorAll('.kpi-analysis-says, .kpi-verdict')].map((says) => [content(says)]);
  for (const table of panel.querySelectorAll('table')) {
    const name = table.closest('[role="region"]')?.getAttribute('aria-label') ?? '';
    rows.push([], [name], ...[...table.rows].map((row) => [...row.cells].map(content)));
  }
  return rows;
}

/** @param {string} view its name is that of the file */
export function exportAnalysis(view) {
  const panel = document.getElementById('analysis-panel');
  if (panel) download(`${t(`analysis.${view}.name`)}.csv`, toCsv(analysisRows(panel)));
}
