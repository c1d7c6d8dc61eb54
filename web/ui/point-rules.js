// Points that somebody sets: what is worth how much, from how many on a lead is qualified, and how well that tells who converts.
import { html, nothing } from 'lit';
import { download } from '../export/csv.js';
import { toPointsFile } from '../export/points-file.js';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { numberField, set } from './analysis-settings.js';
import { ask } from './element.js';
import { pointResults } from './point-results.js';
import { pointRule } from './point-rule.js';
import { auc, comparison, none, quality } from './scoring-parts.js';

/** @typedef {import('../export/points-file.js').Rule} Rule */
const MOST = 50;
const MAX_FILE = 5_000_000;

/** @param {import('../state/app-state.js').AppState} state @param {any} result */
export function pointRules(state, result) {
  const { points, subjects } = result;
  const settings = state.analyses.settings.scoring ?? {};
  const rules = /** @type {Rule[]} */ (settings['rules'] ?? []);
  const put = (/** @type {Event} */ event, /** @type {Rule[]} */ next) => set(event, 'scoring', { rules: next.length ? next : null });
  const kept = { rules, qualified_at: /** @type {number|null} */ (settings['qualified_at'] ?? null), bands: /** @type {number[]|null} */ (settings['bands'] ?? null), judged_after: /** @type {number|null} */ (settings['judged_after'] ?? null) };
  const first = state.report?.dimensions.find(({ id, values }) => subjects.traits.includes(id) && values[0]);
  /** @type {Rule|null} */
  const fresh = first?.values[0] ? { field: first.id, test: 'is', key: first.values[0].key, points: 10 } : subjects.fields[0] ? { field: subjects.fields[0], test: 'known', points: 10 } : null;
  return html`<section class="kpi-sheetlike kpi-experiment" aria-labelledby="scoring-points"><div class="kpi-table-bar"><h2 id="scoring-points">${t('analysis.scoring.points.title')}</h2>${tools(kept)}</div>
    <div class="kpi-experiment-body" data-testid="points" data-auc=${points?.auc?.value ?? nothing} data-judged=${points?.judged ?? nothing}>
      ${imported(state.analyses.imported)}
      ${points?.undefined ? none(points.undefined) : html`<p class="kpi-analysis-says">${points?.auc ? html`<strong>${t(`analysis.scoring.points.quality.${quality(points.auc)}`)}</strong> ` : nothing}${points ? says(points) : t('analysis.scoring.points.empty')}</p>`}
      ${points?.against_file ? comparison(points.against_file, t('analysis.scoring.points.the'), t('analysis.scoring.file.the'), 'points-against-file') : nothing}
      ${points?.against_fitted ? comparison(points.against_fitted, t('analysis.scoring.points.the'), t('analysis.scoring.fitted.the'), 'points-against-fitted') : nothing}
      ${rules.length ? html`<ul class="kpi-rules">${rules.map((rule, index) => pointRule(rule, index, {
        state, subjects, use: points?.uses[index], matched: points?.matched[index],
        change: (event, next) => put(event, rules.map((one, i) => (i === index ? next : one))), remove: (event) => put(event, rules.filter((_, i) => i !== index)) }))}</ul>` : nothing}
      <div class="kpi-row"><button type="button" class="kpi-button" data-testid="rule-add" ?disabled=${!fresh || rules.length >= MOST} @click=${(/** @type {Event} */ event) => fresh && put(event, [...rules, fresh])}>${t('analysis.scoring.points.add')}</button></div>
      ${rules.length ? limits(kept, points, rules.some(({ table }) => table)) : nothing}</div>
    ${points ? pointResults(state, points, rules) : nothing}
    <details class="kpi-more kpi-plan-foot"><summary>${t('analysis.scoring.how')}</summary><ul class="kpi-plan-notes">${['added', 'unknown', 'activities', 'cut', 'decided', 'today', 'paired', 'kept'].map((note) => html`<li>${t(`analysis.scoring.points.note.${note}`)}</li>`)}</ul></details></section>`;
}

/** @param {any} points */
const says = (points) => (points.auc ? t('analysis.scoring.points.says', { auc: auc(points.auc), held: auc(points.held_auc), judged: formatCount(points.judged), converted: formatCount(points.converted) }) : '');

/** @param {import('../export/points-file.js').Points} kept */
function tools(kept) {
  const onFile = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    const text = file.size > MAX_FILE ? '' : await file.text().catch(() => '');
    input.value = '';
    ask(input, { type: 'points_import', text });
  };
  return html`<div class="kpi-row"><label class="kpi-button is-quiet is-small">${t('analysis.scoring.points.import')}<input type="file" class="kpi-hidden" accept=".json,application/json" data-testid="points-import" @change=${onFile}></label>
    ${kept.rules.length ? html`<button type="button" class="kpi-button is-quiet is-small" data-testid="points-export" @click=${() => download(t('analysis.scoring.points.file'), toPointsFile(kept), 'application/json')}>${t('analysis.scoring.points.export')}</button>
      <button type="button" class="kpi-button is-quiet is-small" data-testid="points-reset" @click=${(/** @type {Event} */ event) => set(event, 'scoring', { rules: null, qualified_at: null, bands: null, judged_after: null })}>${t('analysis.scoring.points.reset')}</button>` : nothing}</div>`;
}

/** @param {import('../state/analyst.js').Imported|null} told */
function imported(told) {
  if (!told) return nothing;
  return html`<p class="kpi-note" role="status" data-testid="points-imported" data-rules=${told.rules} data-left=${told.left}>${t('analysis.scoring.points.imported', { count: told.rules, shown: formatCount(told.rules) })}
    ${told.left ? t('analysis.scoring.points.imported_left', { count: told.left, shown: formatCount(told.left) }) : ''}
    <button type="button" class="kpi-link" data-testid="points-undo" @click=${(/** @type {Event} */ event) => ask(/** @type {HTMLElement} */ (event.target), { type: 'points_undo' })}>${t('own.undo')}</button></p>`;
}

/** @param {import('../export/points-file.js').Points} kept @param {any} points @param {boolean} hasActivities */
function limits(kept, points, hasActivities) {
  const inForce = /** @type {number[]} */ (kept.bands ?? points?.bands?.filter((/** @type {any} */ band) => band.from !== null).map((/** @type {any} */ band) => band.from) ?? []);
  const onBand = (/** @type {Event} */ event) => {
    const fields = /** @type {HTMLInputElement[]} */ ([...(/** @type {HTMLElement} */ (event.target).closest('fieldset')?.querySelectorAll('input') ?? [])]);
    const typed = fields.map(({ value }) => value.trim());
    const numbers = typed.map((one) => Number(one.replace(',', '.')));
    const isEmpty = typed.every((one) => one === '');
    const isWrong = !isEmpty && (typed.some((one) => one === '') || numbers.some((one, i) => !Number.isFinite(one) || Math.abs(one) > 1e6 || (i > 0 && one >= (numbers[i - 1] ?? 0))));
    for (const field of fields) {
      field.classList.toggle('is-invalid', isWrong);
      field.setAttribute('aria-invalid', String(isWrong));
    }
    if (!isWrong) set(event, 'scoring', { bands: isEmpty ? null : numbers });
  };
  return html`<div class="kpi-analysis-ask kpi-limits">${numberField({ view: 'scoring', name: 'qualified_at', label: t('analysis.scoring.points.qualified_at'), help: t('analysis.scoring.points.qualified_help'), kind: 'count', value: kept.qualified_at, below: 1e6 })}
      ${hasActivities ? numberField({ view: 'scoring', name: 'judged_after', label: t('analysis.scoring.points.judged_after'), help: t('analysis.scoring.points.judged_help'), kind: 'count', value: kept.judged_after, below: 3651 }) : nothing}</div>
    <fieldset class="kpi-bands"><legend>${t('analysis.scoring.points.bands')}</legend><div class="kpi-row">${['A', 'B', 'C'].map((letter, i) => html`<label class="kpi-field">${t('analysis.scoring.points.band', { letter })}<input class="kpi-input kpi-rule-points" inputmode="decimal" autocomplete="off" data-testid="band-${letter}" .value=${inForce[i] === undefined ? '' : String(inForce[i])} @change=${onBand}></label>`)}</div>
      <p class="kpi-muted">${t(kept.bands ? 'analysis.scoring.points.bands_set' : 'analysis.scoring.points.bands_usual')}</p></fieldset>`;
}
