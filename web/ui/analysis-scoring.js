// Lead scoring: whether the file's score tells who converts, a fitted one beside it, and points that somebody sets.
import { html, nothing } from 'lit';
import { rangeMark, rangeScale } from '../charts/range-mark.js';
import { formatCount, formatDate, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { pointRules } from './point-rules.js';
import { auc, between, capacityField, figure, none, part, quality, ranks, scoreText, selection, share, table, times } from './scoring-parts.js';
import { fittedScore } from './scoring-fitted.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */

/** @param {AppState} state @param {any} result */
export function drawScoring(state, result) {
  if (result.undefined) return left(result);
  const settings = state.analyses.settings.scoring ?? {};
  return html`${headline(result)}${part({ title: t('analysis.scoring.call.title'), id: 'scoring-call', body: html`<div class="kpi-experiment-body"><div class="kpi-analysis-ask">${capacityField(result, settings)}</div>${settings['capacity'] ? nothing : html`<p class="kpi-muted">${t('analysis.scoring.call.empty')}</p>`}${called(result)}</div>` })}
    ${fileScore(result)}${fittedScore(result, settings)}${pointRules(state, result)}${left(result)}`;
}

/** What ranks leads best, before anything else. @param {any} result */
function headline({ score, fitted, points }) {
  const [code, args] = verdict(score, fitted);
  return html`<p class="kpi-analysis-says kpi-scoring-headline" data-testid="scoring-headline" data-code=${code}><strong>${t(`analysis.scoring.headline.${code}`, args)}</strong> ${points?.auc ? t('analysis.scoring.headline.points', { auc: figure(points.auc.value) }) : ''}</p>`;
}

/** @param {any} score @param {any} fitted @returns {[string, Record<string, string>]} */
function verdict(score, fitted) {
  if (!fitted.undefined && fitted.against_file) return [ranks(fitted.against_file), { first: figure(fitted.against_file.first), second: figure(fitted.against_file.second) }];
  if (!score.undefined) return [`file_${quality(score.auc)}`, { auc: figure(score.auc.value) }];
  if (!fitted.undefined && fitted.auc) return [`fitted_${quality(fitted.auc)}`, { auc: figure(fitted.auc.value) }];
  return ['nothing', {}];
}

/** The same capacity by each way to rank. @param {any} result */
function called({ score, fitted, points }) {
  return html`${score.capacity ? selection(score.capacity, 'capacity') : nothing}
    ${fitted.capacity ? selection(fitted.capacity, 'fitted', (chance) => formatPercent(chance)) : nothing}${fitted.capacity && fitted.file_capacity && fitted.file_auc ? selection(fitted.file_capacity, 'file_held') : nothing}
    ${points?.capacity ? selection(points.capacity, 'points_capacity') : nothing}`;
}

/** @param {any} result */
function fileScore({ score, rows }) {
  const title = t('analysis.scoring.file.title');
  if (score.undefined) return part({ title, id: 'scoring-file', body: html`<div class="kpi-experiment-body" data-testid="file-score">${none(score.undefined)}<p class="kpi-muted">${t('analysis.scoring.file.absent')}</p></div>` });
  const top = score.gains[0];
  return part({ title, id: 'scoring-file', body: html`<div class="kpi-experiment-body" data-testid="file-score" data-auc=${score.auc.value} data-low=${score.auc.low ?? nothing} data-high=${score.auc.high ?? nothing}>
      <p class="kpi-analysis-says"><strong>${t(`analysis.scoring.quality.${quality(score.auc)}`)}</strong> ${t('analysis.scoring.file.says', { auc: auc(score.auc), share: formatPercent(top.people / rows.scored), gain: formatPercent(top.gain), lift: times(top.lift) })}</p>
      <div class="kpi-ranges"><span class="kpi-range-name">${t('analysis.scoring.auc')}</span>${rangeMark({ value: score.auc.value, low: score.auc.low ?? score.auc.value, high: score.auc.high ?? score.auc.value }, [0, 1])}<span class="kpi-figure">${figure(score.auc.value)}</span></div></div>
    ${table(t('analysis.scoring.gains'), ['part', 'people', 'converted', 'rate', 'gain', 'lift', 'cumulative_lift', 'least_score'], score.gains.map((/** @type {any} */ bin, /** @type {number} */ index) => html`<tr data-testid="gains" data-people=${bin.people} data-converted=${bin.converted}>
      <th scope="row">${formatCount(index + 1)}</th><td>${formatCount(bin.people)}</td><td>${formatCount(bin.converted)}</td><td>${formatPercent(bin.rate, 'cell')}</td><td>${formatPercent(bin.gain, 'cell')}</td><td>${times(bin.lift)}</td><td>${times(bin.cumulative_lift)}</td><td>${scoreText(bin.least_score)}</td></tr>`), html`<p class="kpi-muted">${t('analysis.scoring.gains_help')}</p>`)}
    ${table(t('analysis.scoring.bands'), ['band', 'people', 'converted', 'rate', 'interval'], score.bands.map((/** @type {any} */ band, /** @type {number} */ index) => html`<tr data-testid="band" data-people=${band.people} data-converted=${band.converted}>
      <th scope="row">${bandName(score.bands, index)}</th><td>${formatCount(band.people)}</td><td>${formatCount(band.converted)}</td><td>${share(band.rate)}</td><td>${between(band, (value) => formatPercent(value, 'cell'))}</td></tr>`), bandMarks(score.bands))}
    <details class="kpi-more kpi-plan-foot"><summary>${t('analysis.scoring.how')}</summary><ul class="kpi-plan-notes">${['exported', 'matured', 'auc', 'ties', 'wilson', 'capacity'].map((note) => html`<li>${t(`analysis.scoring.note.${note}`)}</li>`)}</ul></details>` });
}

/** @param {any[]} bands @param {number} index */
function bandName(bands, index) {
  const [from, above] = [bands[index].from, bands[index - 1]?.from];
  return from === null ? t('analysis.scoring.band_below', { above: scoreText(above) }) : above === undefined ? t('analysis.scoring.band_from', { from: scoreText(from) }) : t('analysis.scoring.band_between', { from: scoreText(from), above: scoreText(above) });
}

/** @param {any[]} bands */
function bandMarks(bands) {
  const known = bands.filter((band) => band.low !== null);
  if (!known.length) return nothing;
  const scale = rangeScale(known);
  return html`<div class="kpi-ranges">${bands.map((band, index) => (band.low === null ? nothing : html`<span class="kpi-range-name">${bandName(bands, index)}</span>${rangeMark({ value: band.rate, low: band.low, high: band.high }, scale)}<span class="kpi-figure">${formatPercent(band.rate)}</span>`))}</div>`;
}

/** @param {any} result */
function left({ rows, median_days: days, data_last: last }) {
  const out = ['young', 'open', 'unscored', 'repeated', 'outside'].filter((reason) => rows[reason]);
  return html`<div class="kpi-note" data-testid="scoring-rows" data-used=${rows.used} data-scored=${rows.scored} data-converted=${rows.converted}><p>${t('analysis.scoring.used', { used: formatCount(rows.used), converted: formatCount(rows.converted) })} ${days === null ? t('analysis.scoring.not_matured') : ''}</p>
    ${out.length ? html`<ul class="kpi-plan-notes">${out.map((reason) => html`<li data-testid="left-out" data-reason=${reason} data-rows=${rows[reason]}>${t(`analysis.scoring.left.${reason}`, { count: rows[reason], shown: formatCount(rows[reason]), days: formatCount(days ?? 0), day: last ? formatDate(last) : '' })}</li>`)}</ul>` : nothing}</div>`;
}
