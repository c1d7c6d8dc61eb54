// How a KPI changed: an arrow, a signed figure, and words, since colour alone says nothing.
import { html, nothing } from 'lit';
import { formatChange } from '../format/format.js';
import { t } from '../i18n/translate.js';

/** @param {import('../engine/protocol.js').ReportKpi} kpi @returns {'better'|'worse'|'same'|'changed'|null} */
export function verdict(kpi) {
  const delta = kpi.compare?.delta ?? null;
  if (delta === null) return null;
  if (tiny(kpi, delta)) return 'same';
  if (kpi.better === 'neutral') return 'changed';
  return (delta > 0) === (kpi.better === 'higher') ? 'better' : 'worse';
}

/** Too small a change to be seen in its own figure. @param {import('../engine/protocol.js').ReportKpi} kpi @param {number} delta */
function tiny(kpi, delta) {
  return Math.abs(kpi.display === 'percent' ? delta * 100 : (kpi.compare?.ratio ?? delta) * 10) < 0.005;
}

/** @param {import('../engine/protocol.js').ReportKpi} kpi @param {string} kind of the comparison */
export function changeLine(kpi, kind) {
  if (!kpi.compare || kpi.value === null) return nothing;
  const judged = verdict(kpi);
  const words = t(`compare.than.${kind}`);
  if (judged === null) return html`<span class="kpi-change"><span>${t('compare.nothing', { words: t(`compare.${kind}`).toLocaleLowerCase() })}</span></span>`;
  const delta = kpi.compare.delta ?? 0;
  const arrow = judged === 'same' ? '=' : delta > 0 ? '\u25b2' : delta < 0 ? '\u25bc' : '=';
  const tone = judged === 'better' || judged === 'worse' ? `kpi-${judged}` : '';
  return html`<span class="kpi-change"><span class=${tone}><span class="kpi-arrow" aria-hidden="true">${arrow}</span> <bdi>${formatChange(kpi.compare, kpi.display)}</bdi></span>
    <span>${t(`compare.${judged}`, { words })}</span></span>`;
}
