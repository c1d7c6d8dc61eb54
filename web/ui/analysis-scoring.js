// Lead scoring: whether the file's score tells who converts, a fitted one beside it, and points that somebody sets.
import { html, nothing } from 'lit';
import { rangeMark, rangeScale } from '../charts/range-mark.js';
import { formatCount, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t, textOr } from '../i18n/translate.js';
import { choiceField, numberField } from './analysis-settings.js';
import { fieldName, listOf, memberName, reasonMeaning, reasonTitle } from './names.js';
import { pointRules } from './point-rules.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
const VIEW = 'scoring';
const figure = (/** @type {number|null|undefined} */ value) => formatPercent(value ?? NaN);
const times = (/** @type {number|null|undefined} */ value) => formatValue(value ?? NaN, 'ratio', '', 'cell');
const between = (/** @type {any} */ span, /** @type {(value: number) => string} */ format) => (span?.low === null || span?.low === undefined ? '' : t('analysis.scoring.between', { low: format(span.low), high: format(span.high) }));
const none = (/** @type {any} */ reason) => html`<p class="kpi-note" data-testid="scoring-none" data-code=${reason.code}><strong>${reasonTitle(reason)}.</strong> ${reasonMeaning(reason)}</p>`;

/** @param {AppState} state @param {any} result */
export function drawScoring(state, result) {
  if (result.undefined) return left(result);
  const settings = state.analyses.settings[VIEW] ?? {};
  return html`${fileScore(result, settings)}${fittedScore(result, settings)}${pointRules(state, result, { auc, selection })}${left(result)}`;
}

/** How well something ranks, in words. @param {any} auc */
function quality(auc) {
  if (auc.low !== null && auc.low <= 0.5 && auc.high >= 0.5) return 'chance';
  return auc.value < 0.5 ? 'reversed' : auc.value < 0.65 ? 'weak' : auc.value < 0.8 ? 'fair' : 'good';
}

/** @param {any} one */
const auc = (one) => (one ? `${figure(one.value)}${one.low === null ? '' : ` (${between(one, figure)})`}` : figure(null));

/** @param {{title: string, id: string, body: unknown}} parts */
const part = ({ title, id, body }) => html`<section class="kpi-sheetlike kpi-experiment" aria-labelledby=${id}><div class="kpi-table-bar"><h2 id=${id}>${title}</h2></div>${body}</section>`;

/**
 * @param {string} label
 * @param {string[]} columns
 * @param {unknown} rows
 */
const table = (label, columns, rows) => html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${label}><table class="kpi-table"><thead><tr>${columns.map((column) => html`<th scope="col" class=${column === 'words' ? 'kpi-words' : nothing}><span>${t(`analysis.scoring.column.${column}`)}</span></th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

/** @param {any} result @param {Record<string, unknown>} settings */
function fileScore({ score, rows }, settings) {
  if (score.undefined) return part({ title: t('analysis.scoring.file.title'), id: 'scoring-file', body: none(score.undefined) });
  const top = score.gains[0];
  return part({ title: t('analysis.scoring.file.title'), id: 'scoring-file', body: html`<div class="kpi-experiment-body" data-testid="file-score" data-auc=${score.auc.value} data-low=${score.auc.low ?? nothing} data-high=${score.auc.high ?? nothing}>
      <p class="kpi-analysis-says"><strong>${t(`analysis.scoring.quality.${quality(score.auc)}`)}</strong> ${t('analysis.scoring.file.says', { auc: auc(score.auc), share: formatPercent(top.people / rows.used), gain: formatPercent(top.gain), lift: times(top.lift) })}</p>
      <div class="kpi-ranges"><span class="kpi-range-name">${t('analysis.scoring.auc')}</span>${rangeMark({ value: score.auc.value, low: score.auc.low ?? score.auc.value, high: score.auc.high ?? score.auc.value }, [0, 1])}<span class="kpi-figure">${figure(score.auc.value)}</span></div>
      <div class="kpi-analysis-ask">${numberField({ view: VIEW, name: 'capacity', label: t('analysis.scoring.capacity'), kind: 'count', value: settings['capacity'], below: 1e9 })}
        ${score.capacity ? selection(score.capacity, 'capacity') : nothing}</div>
      ${bandMarks(score.bands)}</div>
    ${table(t('analysis.scoring.gains'), ['part', 'people', 'converted', 'rate', 'gain', 'lift', 'cumulative_lift', 'least_score'], score.gains.map((/** @type {any} */ bin, /** @type {number} */ index) => html`<tr data-testid="gains" data-people=${bin.people} data-converted=${bin.converted}>
      <th scope="row">${formatCount(index + 1)}</th><td>${formatCount(bin.people)}</td><td>${formatCount(bin.converted)}</td><td>${formatPercent(bin.rate, 'cell')}</td><td>${formatPercent(bin.gain, 'cell')}</td><td>${times(bin.lift)}</td><td>${times(bin.cumulative_lift)}</td><td>${formatCount(bin.least_score)}</td></tr>`))}
    ${table(t('analysis.scoring.bands'), ['band', 'people', 'converted', 'rate', 'interval'], score.bands.map((/** @type {any} */ band, /** @type {number} */ index) => html`<tr data-testid="band" data-people=${band.people} data-converted=${band.converted}>
      <th scope="row">${bandName(score.bands, index)}</th><td>${formatCount(band.people)}</td><td>${formatCount(band.converted)}</td><td>${formatPercent(band.rate ?? NaN, 'cell')}</td><td>${between(band, (value) => formatPercent(value, 'cell'))}</td></tr>`))}
    <details class="kpi-more kpi-plan-foot"><summary>${t('analysis.scoring.how')}</summary><ul class="kpi-plan-notes">${['exported', 'matured', 'auc', 'ties', 'wilson', 'capacity'].map((note) => html`<li>${t(`analysis.scoring.note.${note}`)}</li>`)}</ul></details>` });
}

/** @param {any[]} bands @param {number} index */
function bandName(bands, index) {
  const [from, above] = [bands[index].from, bands[index - 1]?.from];
  return from === null ? t('analysis.scoring.band_below', { above: formatCount(above) }) : above === undefined ? t('analysis.scoring.band_from', { from: formatCount(from) }) : t('analysis.scoring.band_between', { from: formatCount(from), above: formatCount(above) });
}

/** @param {any[]} bands */
function bandMarks(bands) {
  const known = bands.filter((band) => band.low !== null);
  if (!known.length) return nothing;
  const scale = rangeScale(known);
  return html`<div class="kpi-ranges">${bands.map((band, index) => (band.low === null ? nothing : html`<span class="kpi-range-name">${bandName(bands, index)}</span>${rangeMark({ value: band.rate, low: band.low, high: band.high }, scale)}<span class="kpi-figure">${formatPercent(band.rate)}</span>`))}</div>`;
}

/** Who is selected, in one sentence. @param {any} one @param {string} kind */
function selection(one, kind) {
  return html`<p class="kpi-analysis-says" role="status" data-testid="selected-${kind}" data-selected=${one.selected ?? nothing} data-converted=${one.converted ?? nothing}>${one.undefined ? html`<strong>${reasonTitle(one.undefined)}.</strong> ${reasonMeaning(one.undefined)}`
    : t(`analysis.scoring.selected_${kind}`, { threshold: formatCount(one.threshold), selected: formatCount(one.selected), converted: formatCount(one.converted), precision: formatPercent(one.precision ?? NaN), recall: formatPercent(one.recall) })}</p>`;
}

/** @param {any} result @param {Record<string, unknown>} settings */
function fittedScore({ fitted, excluded }, settings) {
  const ask = choiceField({ view: VIEW, name: 'use_score', label: t('analysis.scoring.use_score'), value: settings['use_score'] ?? true, options: [[/** @type {any} */ (true), t('analysis.scoring.use_score_yes')], [/** @type {any} */ (false), t('analysis.scoring.use_score_no')]] });
  const foot = html`<details class="kpi-more kpi-plan-foot"><summary>${t('analysis.scoring.how')}</summary><ul class="kpi-plan-notes">${['logistic', 'held', 'alike', 'odds', 'brier', 'guard', 'unknown'].map((note) => html`<li>${t(`analysis.scoring.note.${note}`)}</li>`)}</ul>
    <p>${t('analysis.scoring.excluded')}</p><ul class="kpi-plan-notes">${reasons(excluded)}</ul></details>`;
  if (fitted.undefined) return part({ title: t('analysis.scoring.fitted.title'), id: 'scoring-fitted', body: html`<div class="kpi-experiment-body" data-testid="fitted-score">${none(fitted.undefined)}<p class="kpi-muted">${t('analysis.scoring.fitted.needs')}</p></div>${foot}` });
  const better = fitted.auc.value - fitted.file_auc.value;
  const isClear = fitted.auc.low !== null && (fitted.auc.low > fitted.file_auc.value || fitted.auc.high < fitted.file_auc.value);
  return part({ title: t('analysis.scoring.fitted.title'), id: 'scoring-fitted', body: html`<div class="kpi-experiment-body" data-testid="fitted-score" data-auc=${fitted.auc.value} data-file-auc=${fitted.file_auc.value} data-held=${fitted.held} data-brier=${fitted.brier ?? nothing}>
      <p class="kpi-analysis-says"><strong>${t(isClear ? (better > 0 ? 'analysis.scoring.fitted.better' : 'analysis.scoring.fitted.worse') : 'analysis.scoring.fitted.alike')}</strong> ${t('analysis.scoring.fitted.says', { fitted: auc(fitted.auc), file: auc(fitted.file_auc), held: formatCount(fitted.held), converted: formatCount(fitted.held_converted), day: formatDate(fitted.split), learnt: formatCount(fitted.fitted), learnt_converted: formatCount(fitted.fitted_converted) })}</p>
      <div class="kpi-ranges">${[['analysis.scoring.fitted.name', fitted.auc, ''], ['analysis.scoring.file.name', fitted.file_auc, 'is-control']].map(([name, one, kind]) => html`<span class="kpi-range-name">${t(name)}</span>${rangeMark({ value: one.value, low: one.low ?? one.value, high: one.high ?? one.value }, [0, 1], kind)}<span class="kpi-figure">${figure(one.value)}</span>`)}</div>
      ${fitted.brier === undefined ? nothing : html`<p>${t(fitted.brier < fitted.base_brier ? 'analysis.scoring.fitted.brier_better' : 'analysis.scoring.fitted.brier_worse', { brier: formatValue(fitted.brier, 'number', '', 'exact'), base: formatValue(fitted.base_brier, 'number', '', 'exact') })}</p>`}
      <div class="kpi-analysis-ask">${ask}</div></div>
    ${table(t('analysis.scoring.traits'), ['trait', 'leads', 'odds_ratio', 'odds_interval', 'words'], [...fitted.traits].sort((a, b) => Number(isUnclear(a)) - Number(isUnclear(b))).map((trait) => traitRow(trait, fitted.references)))}
    ${fitted.bins.length ? table(t('analysis.scoring.calibration'), ['fifth', 'people', 'predicted', 'observed'], fitted.bins.map((/** @type {any} */ bin, /** @type {number} */ index) => html`<tr><th scope="row">${formatCount(index + 1)}</th><td>${formatCount(bin.people)}</td><td>${formatPercent(bin.predicted, 'cell')}</td><td>${formatPercent(bin.observed, 'cell')}</td></tr>`)) : nothing}${foot}` });
}

/** Traits whose interval says something come first. @param {any} trait */
const isUnclear = (trait) => !(trait.low > 1 || trait.high < 1);

/** @param {any} trait @param {any[]} references */
function traitRow(trait, references) {
  const isScore = trait.field === 'score';
  const reference = references.find((/** @type {any} */ one) => one.field === trait.field);
  const value = trait.key === '' ? t('analysis.scoring.rare') : memberName(trait);
  const far = trait.low > 1 ? 'likelier' : trait.high < 1 ? 'unlikelier' : 'unclear';
  return html`<tr data-testid="trait" data-field=${trait.field} data-key=${trait.key} data-odds=${trait.odds_ratio ?? nothing}><th scope="row">${isScore ? t('analysis.scoring.score_point') : t('analysis.scoring.trait_value', { field: fieldName(trait.field), value })}</th>
    <td>${formatCount(trait.leads)}</td><td>${times(trait.odds_ratio)}</td><td>${between(trait, times)}</td><td class="kpi-evidence-note">${isScore ? t(`analysis.scoring.words.score_${far}`) : t(`analysis.scoring.words.${far}`, { reference: reference ? memberName(reference) : '' })}</td></tr>`;
}

/** Excluded fields by their reason. @param {{field: string, reason: string}[]} excluded */
function reasons(excluded) {
  return [...new Set(excluded.map(({ reason }) => reason))].map((reason) => html`<li data-testid="excluded" data-reason=${reason}>${t(`analysis.scoring.excluded_${reason}`, { fields: listOf(excluded.filter((one) => one.reason === reason).map(({ field }) => textOr(`field.${field}.name`, field))) })}</li>`);
}

/** @param {any} result */
function left({ rows, median_days: days, data_last: last }) {
  const out = ['young', 'open', 'unscored', 'repeated', 'outside'].filter((reason) => rows[reason]);
  return html`<div class="kpi-note" data-testid="scoring-rows" data-used=${rows.used} data-converted=${rows.converted}><p>${t('analysis.scoring.used', { used: formatCount(rows.used), converted: formatCount(rows.converted) })} ${days === null ? t('analysis.scoring.not_matured') : ''}</p>
    ${out.length ? html`<ul class="kpi-plan-notes">${out.map((reason) => html`<li data-testid="left-out" data-reason=${reason} data-rows=${rows[reason]}>${t(`analysis.scoring.left.${reason}`, { count: rows[reason], shown: formatCount(rows[reason]), days: formatCount(days ?? 0), day: last ? formatDate(last) : '' })}</li>`)}</ul>` : nothing}</div>`;
}
