// Published figures beside a KPI: each with who says so, contradictory as they are, and never as good or bad.
import { html, nothing } from 'lit';
import benchmarks from '../benchmarks/benchmarks.json';
import { formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';

/** @typedef {{kpi: string, low: number|null, high: number|null, source: string, note: string}} Benchmark  In the KPI's own unit: shares as 0..1. */

/** @param {Benchmark} one @param {string} display */
function range(one, display) {
  const low = formatValue(one.low, display);
  const high = formatValue(one.high, display);
  if (one.low === one.high) return low;
  return one.low === null ? t('benchmark.to', { high }) : one.high === null ? t('benchmark.from', { low }) : t('benchmark.range', { low, high });
}

/** @param {{id: string, display: string}} kpi */
export function benchmarksOf(kpi) {
  const published = /** @type {Benchmark[]} */ (benchmarks).filter((one) => one.kpi === kpi.id);
  if (!published.length) return nothing;
  return html`<section data-testid="benchmarks"><h3>${t('benchmark.title')}</h3><ul class="kpi-inputs">${published.map((one) => html`<li><span>${t('benchmark.line', { range: range(one, kpi.display), note: t(`benchmark.note.${one.note}`) })}</span>
      <p>${t('benchmark.by', { source: one.source })}</p></li>`)}</ul><p class="kpi-small kpi-muted">${t('benchmark.care')}</p></section>`;
}
