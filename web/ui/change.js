// How a KPI changed: an arrow, a signed figure, and words, since colour alone says nothing.
import { html, nothing } from 'lit';
import { formatChange, formatRange, formatValue } from '../format/format.js';
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

/**
 * The same for one member of a table; a member that had nothing before is new, one that has nothing now is gone: no percentage says that.
 * @param {import('../engine/protocol.js').ReportKpi} kpi
 * @param {number|null} now
 * @param {number|null} before
 */
export function memberChange(kpi, now, before) {
  const isNothing = (/** @type {number|null} */ value) => value === null || (value === 0 && (kpi.display === 'count' || kpi.display === 'money') && !kpi.unit.includes('/'));
  if (isNothing(now) && isNothing(before)) return nothing;
  if (isNothing(before)) return html`<small class="kpi-member-change" data-change="new">${t('compare.new')}</small>`;
  if (isNothing(now)) return html`<small class="kpi-member-change" data-change="gone">${t('compare.gone')}</small>`;
  const delta = Number(now) - Number(before);
  const compare = { value: before, undefined: null, delta, ratio: before === 0 ? null : delta / Math.abs(Number(before)) };
  const judged = verdict({ ...kpi, compare });
  const tone = judged === 'better' || judged === 'worse' ? `kpi-${judged}` : '';
  return html`<small class="kpi-member-change ${tone}" data-change=${delta}><span aria-hidden="true">${judged === 'same' ? '=' : delta > 0 ? '\u25b2' : '\u25bc'}</span> <bdi>${formatChange(compare, kpi.display)}</bdi></small>`;
}

/** All comparisons of a KPI beside the first, a line each. @param {import('../engine/protocol.js').ReportKpi} kpi @param {import('../engine/protocol.js').Report['period']} period */
export function otherChanges(kpi, period) {
  const others = period.compare_also ?? [];
  if (!others.length || kpi.value === null) return nothing;
  return html`<ul class="kpi-plain" data-testid="compare-also">${others.map((one, index) => {
    const compare = kpi.compare_also?.[index] ?? null;
    return html`<li data-kind=${one.kind} data-value=${compare?.value ?? nothing}>${changeLine({ ...kpi, compare }, one.kind)}
      <span class="kpi-small kpi-muted">${formatRange(one.from, one.to)}: ${formatValue(compare?.value ?? null, kpi.display, kpi.currency)}</span></li>`;
  })}</ul>`;
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
