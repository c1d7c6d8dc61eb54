// A score fitted to the leads of the files, beside the file's own.
import { html, nothing } from 'lit';
import { calibrationChart } from '../charts/calibration-chart.js';
import { rangeMark } from '../charts/range-mark.js';
import { formatCount, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t, textOr } from '../i18n/translate.js';
import { choiceField } from './analysis-settings.js';
import { fieldName, listOf, memberName } from './names.js';
import { auc, between, comparison, figure, none, part, quality, ranks, table, times, VIEW } from './scoring-parts.js';

const exact = (/** @type {number} */ value) => formatValue(value, 'number', '', 'exact');

/** @param {any} result @param {Record<string, unknown>} settings */
export function fittedScore({ fitted, excluded, score }, settings) {
  const title = t('analysis.scoring.fitted.title');
  const foot = html`<details class="kpi-more kpi-plan-foot"><summary>${t('analysis.scoring.how')}</summary><ul class="kpi-plan-notes">${['logistic', 'penalty', 'held', 'alike', 'odds', 'brier', 'guard', 'unknown'].map((note) => html`<li>${t(`analysis.scoring.note.${note}`)}</li>`)}</ul>
    ${fitted.undefined ? nothing : penalty(fitted.penalty)}
    <p>${t('analysis.scoring.excluded')}</p><ul class="kpi-plan-notes">${reasons(excluded)}</ul></details>`;
  if (fitted.undefined) return part({ title, id: 'scoring-fitted', body: html`<div class="kpi-experiment-body" data-testid="fitted-score">${none(fitted.undefined)}<p class="kpi-muted">${t('analysis.scoring.fitted.needs')}</p></div>${foot}` });
  const ask = choiceField({ view: VIEW, name: 'use_score', label: t('analysis.scoring.use_score'), value: settings['use_score'] ?? true, options: [[/** @type {any} */ (true), t('analysis.scoring.use_score_yes')], [/** @type {any} */ (false), t('analysis.scoring.use_score_no')]] });
  const told = { fitted: auc(fitted.auc), file: auc(fitted.file_auc), held: formatCount(fitted.held), converted: formatCount(fitted.held_converted), day: formatDate(fitted.split), learnt: formatCount(fitted.fitted), learnt_converted: formatCount(fitted.fitted_converted) };
  const marks = /** @type {[string, any, string][]} */ ([['analysis.scoring.fitted.name', fitted.auc, ''], ['analysis.scoring.file.name', fitted.file_auc, 'is-control']]).filter(([, one]) => one);
  return part({ title, id: 'scoring-fitted', body: html`<div class="kpi-experiment-body" data-testid="fitted-score" data-auc=${fitted.auc.value} data-file-auc=${fitted.file_auc?.value ?? nothing} data-held=${fitted.held} data-brier=${fitted.brier ?? nothing} data-penalty=${fitted.penalty.l2}>
      <p class="kpi-analysis-says"><strong>${fitted.against_file ? t(`analysis.scoring.fitted.${ranks(fitted.against_file)}`) : t(`analysis.scoring.quality.${quality(fitted.auc)}`)}</strong> ${fitted.file_auc ? t('analysis.scoring.fitted.says', told) : t('analysis.scoring.fitted.says_alone', told)}</p>
      ${fitted.against_file ? comparison(fitted.against_file, t('analysis.scoring.fitted.the'), t('analysis.scoring.file.the'), 'fitted-against-file') : nothing}
      <div class="kpi-ranges">${marks.map(([name, one, kind]) => html`<span class="kpi-range-name">${t(name)}</span>${rangeMark({ value: one.value, low: one.low ?? one.value, high: one.high ?? one.value }, [0, 1], kind)}<span class="kpi-figure">${figure(one.value)}</span>`)}</div>
      ${fitted.brier === undefined ? nothing : html`<p>${t(fitted.brier < fitted.base_brier ? 'analysis.scoring.fitted.brier_better' : 'analysis.scoring.fitted.brier_worse', { brier: exact(fitted.brier), base: exact(fitted.base_brier) })}</p>`}
      ${score.undefined ? nothing : html`<div class="kpi-analysis-ask">${ask}</div>`}</div>
    ${traits(fitted)}${fitted.bins.length ? chances(fitted.bins) : nothing}${foot}` });
}

/** Those that say something; the others where one asks for them. @param {any} fitted */
function traits(fitted) {
  const clear = fitted.traits.filter(isClear);
  const others = fitted.traits.filter((/** @type {any} */ one) => !isClear(one));
  const rows = (/** @type {any[]} */ some) => some.map((trait) => traitRow(trait, fitted.references));
  const columns = ['trait', 'leads', 'odds_ratio', 'odds_interval', 'words'];
  const help = html`<p class="kpi-muted">${clear.length ? t('analysis.scoring.traits_help') : t('analysis.scoring.traits_none')}</p>`;
  return html`${clear.length ? table(t('analysis.scoring.traits'), columns, rows(clear), help) : html`<div class="kpi-part-head"><h3>${t('analysis.scoring.traits')}</h3>${help}</div>`}
    ${others.length ? html`<details class="kpi-more kpi-plan-foot" data-testid="traits-unclear"><summary>${t('analysis.scoring.traits_unclear', { count: others.length, shown: formatCount(others.length) })}</summary>${table(t('analysis.scoring.traits_others'), columns, rows(others))}</details>` : nothing}`;
}

/** Its interval leaves out no effect. @param {any} trait */
const isClear = (trait) => trait.low > 1 || trait.high < 1;

/** @param {any} trait @param {any[]} references */
function traitRow(trait, references) {
  const isScore = trait.field === 'score';
  const reference = isScore ? null : references.find((/** @type {any} */ one) => one.field === trait.field);
  const far = trait.low > 1 ? 'likelier' : trait.high < 1 ? 'unlikelier' : 'unclear';
  const name = isScore ? t(trait.key ? 'analysis.scoring.score_none' : 'analysis.scoring.score_point') : t('analysis.scoring.trait_value', { field: fieldName(trait.field), value: trait.key === '' ? t('analysis.scoring.rare') : memberName(trait) });
  const words = isScore && !trait.key ? t(`analysis.scoring.words.score_${far}`) : t(`analysis.scoring.words.${far}`, { reference: isScore ? t('analysis.scoring.score_mean') : reference ? memberName(reference) : '' });
  return html`<tr data-testid="trait" data-field=${trait.field} data-key=${trait.key} data-odds=${trait.odds_ratio ?? nothing}><th scope="row">${name}</th>
    <td>${formatCount(trait.leads)}</td><td>${times(trait.odds_ratio)}</td><td>${between(trait, times)}</td><td class="kpi-evidence-note">${words}</td></tr>`;
}

/** @param {any[]} bins */
function chances(bins) {
  const chart = calibrationChart(bins, { summary: t('analysis.scoring.calibration'), across: t('analysis.scoring.column.predicted'), up: t('analysis.scoring.column.observed'), label: (share) => formatPercent(share, 'cell') });
  return table(t('analysis.scoring.calibration'), ['fifth', 'people', 'predicted', 'observed', 'interval'], bins.map((bin, index) => html`<tr data-testid="calibration"><th scope="row">${formatCount(index + 1)}</th><td>${formatCount(bin.people)}</td><td>${formatPercent(bin.predicted, 'cell')}</td><td>${formatPercent(bin.observed, 'cell')}</td><td>${between(bin, (value) => formatPercent(value, 'cell'))}</td></tr>`),
    html`<p class="kpi-muted">${t('analysis.scoring.calibration_help')}</p>${chart}`);
}

/** @param {any} penalty */
function penalty({ l2, chosen, foretold, tried }) {
  if (!chosen) return html`<p data-testid="penalty">${t('analysis.scoring.penalty.usual', { l2: formatValue(l2, 'number', '', 'cell') })}</p>`;
  return html`<p data-testid="penalty">${t('analysis.scoring.penalty.chosen', { l2: formatValue(l2, 'number', '', 'cell'), foretold: formatCount(foretold), tried: listOf(tried.map((/** @type {any} */ one) => t('analysis.scoring.penalty.tried', { l2: formatValue(one.l2, 'number', '', 'cell'), loss: exact(one.log_loss) }))) })}</p>`;
}

/** Excluded fields by their reason. @param {{field: string, reason: string}[]} excluded */
function reasons(excluded) {
  return [...new Set(excluded.map(({ reason }) => reason))].map((reason) => html`<li data-testid="excluded" data-reason=${reason}>${t(`analysis.scoring.excluded_${reason}`, { fields: listOf(excluded.filter((one) => one.reason === reason).map(({ field }) => textOr(`field.${field}.name`, field))) })}</li>`);
}
