// Points that somebody sets: who is worth how much, from how many on a lead is qualified, and how well that tells who converts.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { numberField, set } from './analysis-settings.js';
import { fieldName, inUsualOrder, memberName, reasonMeaning, reasonTitle } from './names.js';

/** @typedef {{field: string, key: string, points: number}} Rule */
/** What the engine takes as a trait: known when a lead comes in. */
const TRAITS = ['channel', 'source', 'medium', 'campaign', 'country', 'region', 'segment', 'industry', 'product', 'device'];
const MOST = 50;

/**
 * @param {import('../state/app-state.js').AppState} state
 * @param {any} result
 * @param {{auc: (one: any) => string, selection: (one: any, kind: string) => unknown}} words
 */
export function pointRules(state, { points }, words) {
  const settings = state.analyses.settings.scoring ?? {};
  const rules = /** @type {Rule[]} */ (settings['rules'] ?? []);
  const dimensions = inUsualOrder((state.report?.dimensions ?? []).filter(({ id, values }) => TRAITS.includes(id) && values.length));
  const put = (/** @type {Event} */ event, /** @type {Rule[]} */ next) => set(event, 'scoring', { rules: next.length ? next : null });
  const change = (/** @type {Event} */ event, /** @type {number} */ index, /** @type {Partial<Rule>} */ part) => put(event, rules.map((rule, i) => (i === index ? { ...rule, ...part } : rule)));
  const first = dimensions[0];
  return html`<section class="kpi-sheetlike kpi-experiment" aria-labelledby="scoring-points"><div class="kpi-table-bar"><h2 id="scoring-points">${t('analysis.scoring.points.title')}</h2></div>
    <div class="kpi-experiment-body" data-testid="points" data-auc=${points?.auc?.value ?? nothing}>
      <p class="kpi-analysis-says">${points?.auc ? t('analysis.scoring.points.says', { auc: words.auc(points.auc), held: words.auc(points.held_auc) }) : points?.undefined ? html`<strong>${reasonTitle(points.undefined)}.</strong> ${reasonMeaning(points.undefined)}` : t('analysis.scoring.points.empty')}</p>
      ${points?.qualified ? words.selection(points.qualified, 'points') : nothing}
      <div class="kpi-analysis-ask">${numberField({ view: 'scoring', name: 'qualified_at', label: t('analysis.scoring.points.qualified_at'), kind: 'count', value: settings['qualified_at'], below: 1e6 })}
        <button type="button" class="kpi-button" data-testid="rule-add" ?disabled=${!first || rules.length >= MOST} @click=${(/** @type {Event} */ event) => first?.values[0] && put(event, [...rules, { field: first.id, key: first.values[0].key, points: 10 }])}>${t('analysis.scoring.points.add')}</button></div></div>
    ${rules.length ? html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.scoring.points.title')}><table class="kpi-table"><thead><tr>${['field', 'value', 'points', 'leads', 'remove'].map((column) => html`<th scope="col"><span>${t(`analysis.scoring.points.column.${column}`)}</span></th>`)}</tr></thead>
      <tbody>${rules.map((rule, index) => {
        const values = dimensions.find(({ id }) => id === rule.field)?.values ?? [];
        const label = (/** @type {string} */ column) => t('analysis.scoring.points.of_rule', { column: t(`analysis.scoring.points.column.${column}`), rule: formatCount(index + 1) });
        const onField = (/** @type {Event} */ event) => {
          const one = dimensions[/** @type {HTMLSelectElement} */ (event.target).selectedIndex];
          if (one?.values[0]) change(event, index, { field: one.id, key: one.values[0].key });
        };
        const onPoints = (/** @type {Event} */ event) => {
          const input = /** @type {HTMLInputElement} */ (event.target);
          const { value } = readNumber(input.value, 'money');
          const isWrong = value === null || Math.abs(value) > 1e6;
          input.classList.toggle('is-invalid', isWrong);
          input.setAttribute('aria-invalid', String(isWrong));
          if (!isWrong) change(event, index, { points: value });
        };
        return html`<tr data-testid="rule"><th scope="row"><select class="kpi-input" aria-label=${label('field')} data-testid="rule-field" @change=${onField}>${dimensions.map(({ id }) => html`<option value=${id} .selected=${id === rule.field}>${fieldName(id)}</option>`)}</select></th>
          <td><select class="kpi-input" aria-label=${label('value')} data-testid="rule-value" @change=${(/** @type {Event} */ event) => change(event, index, { key: /** @type {HTMLSelectElement} */ (event.target).value })}>${values.map((one) => html`<option value=${one.key} .selected=${one.key === rule.key}>${memberName(one)}</option>`)}</select></td>
          <td><input class="kpi-input kpi-rule-points" inputmode="decimal" aria-label=${label('points')} data-testid="rule-points" .value=${String(rule.points)} @change=${onPoints}></td>
          <td>${points?.matched ? formatCount(points.matched[index] ?? NaN) : nothing}</td>
          <td><button type="button" class="kpi-button is-quiet is-small" data-testid="rule-remove" aria-label=${label('remove')} @click=${(/** @type {Event} */ event) => put(event, rules.filter((_, i) => i !== index))}>${t('analysis.scoring.points.remove')}</button></td></tr>`;
      })}</tbody></table></div>` : nothing}
    <p class="kpi-plan-foot">${t('analysis.scoring.points.help')}</p></section>`;
}
