// How a forecast did on the past: against the naive one, by chance or not, and of a ratio by its sums or as it is.
import { html, nothing } from 'lit';
import { formatCount, formatEffect, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable, outcomeText } from './analysis-table.js';

/** The naive forecast in words. @param {{naive_season: number}} test */
export const naiveWords = (test) => t(`analysis.forecast.naive_${test.naive_season > 1 ? 'season' : 'last'}`);

/** How far something was off: of a share in percentage points. @param {number|null} error @param {{display: string, currency: string}} result */
export const errorText = (error, { display, currency }) => (display === 'percent' && error !== null ? formatEffect(error, 'percent').replace(/^\+/, '') : formatValue(error, display, currency));

/** @typedef {{trend: string, season: string}} Model */
const trend = (/** @type {Model} */ model) => t(`analysis.forecast.trend.${model.trend}`);
const season = (/** @type {Model} */ model) => t(`analysis.forecast.season.${model.season}`);

/** @param {Model[]} models */
function formWords([first, second]) {
  if (!first) return nothing;
  return second ? t('analysis.forecast.test.models', { trend: trend(first), season: season(first), second_trend: trend(second), second_season: season(second) }) : t('analysis.forecast.test.model', { trend: trend(first), season: season(first) });
}

/** @param {any} result */
export function forecastTest(result) {
  const { test, mase, smape, models, ways } = result;
  const naive = naiveWords(test);
  const value = (/** @type {number|null} */ one) => errorText(one, result);
  const rows = [['error', value(test.error)], ['naive_error', value(test.naive_error)], ['skill', outcomeText(test.skill, 'percent')], ['wins', t('analysis.forecast.test.of', { wins: formatCount(test.wins), origins: formatCount(test.origins) })],
    ['p', outcomeText(test.p, 'percent')], ['mase', outcomeText(mase, 'ratio')], ['smape', outcomeText(smape, 'percent')]];
  const words = { naive, least: formatPercent(test.least_skill, 'axis'), chance: formatPercent(test.chance, 'axis') };
  const tried = ways && (ways.values_error === null ? 'only_parts' : ways.parts_error === null ? 'only_values' : ways.used);
  return html`<section class="kpi-sheetlike kpi-part" data-testid="forecast-test"><h2>${t('analysis.forecast.test.title')}</h2>
    <p>${t('analysis.forecast.test.lead', { origins: formatCount(test.origins), steps: formatCount(test.horizon), naive })} ${formWords(models)}</p>
    ${ways ? html`<p data-testid="forecast-ways" data-used=${ways.used}>${t(`analysis.forecast.ways.${tried}`, { parts: value(ways.parts_error), values: value(ways.values_error) })} ${t('analysis.forecast.ways.weighed')}</p>` : nothing}
    ${analysisTable(t('analysis.forecast.test.title'), [t('analysis.forecast.column.measure'), t('analysis.forecast.column.value')], rows.map(([key, text]) => html`<tr data-testid="forecast-accuracy" data-key=${key}><th scope="row">${t(`analysis.forecast.test.${key}`, words)}</th><td>${text}</td></tr>`))}</section>`;
}
