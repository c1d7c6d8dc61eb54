// One rule of points: what it is about, what must hold, and what that gives.
import { html, nothing } from 'lit';
import { subjectName, testOf } from '../export/points-file.js';
import { formatCount } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { inUsualOrder, memberName } from './names.js';

/** @typedef {import('../export/points-file.js').Rule} Rule */
const DAYS = ['created_at', 'first_touch_at'];
const TEXT_TESTS = ['is', 'is_not', 'contains', 'known', 'unknown'];
const NUMBER_TESTS = ['at_least', 'at_most', 'between', 'known', 'unknown'];
const ACTIVITY_TESTS = ['is', 'contains'];

/** @param {Rule} rule */
const idOf = ({ table, field }) => (table ? `${table}:${field}` : field);

/**
 * @param {Rule} rule
 * @param {number} index
 * @param {{state: import('../state/app-state.js').AppState, subjects: any, use: string|undefined, matched: number|null|undefined, change: (event: Event, rule: Rule) => void, remove: (event: Event) => void}} place
 */
export function pointRule(rule, index, { state, subjects, use, matched, change, remove }) {
  const ofLeads = [...inUsualOrder(subjects.traits.map((/** @type {string} */ id) => ({ id }))).map(({ id }) => ({ field: id })), ...subjects.fields.map((/** @type {string} */ field) => ({ field }))];
  const ofActivities = subjects.activities.flatMap((/** @type {any} */ one) => ['', ...one.fields].map((field) => ({ table: one.table, field })));
  const all = [...ofLeads, ...ofActivities];
  const isKnown = all.some((one) => idOf(one) === idOf(rule));
  const isDay = !rule.table && DAYS.includes(rule.field);
  const isNumber = !rule.table && (rule.field === 'score' || rule.field === 'employees');
  const tests = rule.table ? (rule.field ? ACTIVITY_TESTS : []) : isDay || isNumber ? NUMBER_TESTS : TEXT_TESTS;
  const valuesOf = (/** @type {string} */ field) => state.report?.dimensions.find(({ id }) => id === field)?.values ?? [];
  const label = (/** @type {string} */ column) => t(`analysis.scoring.points.column.${column}`);
  const option = (/** @type {Rule} */ one) => html`<option value=${idOf(one)} .selected=${idOf(one) === idOf(rule)}>${one.table && one.field ? subjectName({ field: one.field }) : subjectName(one)}</option>`;
  const onField = (/** @type {Event} */ event) => {
    const id = /** @type {HTMLSelectElement} */ (event.target).value;
    const chosen = all.find((one) => idOf(one) === id);
    if (chosen) change(event, { ...freshRule(chosen, valuesOf(chosen.field)[0]?.key ?? '', state.report?.period.data_to ?? null), points: rule.points, ...(chosen.table && rule.table ? { half_life: rule.half_life, cap: rule.cap } : {}) });
  };
  const number = (/** @type {string} */ name, /** @type {number|undefined} */ value, /** @type {(value: number|null) => boolean} */ isRight, /** @type {(value: number|null) => Partial<Rule>} */ made) => html`<label class="kpi-field">${label(name)}<input class="kpi-input kpi-rule-points" inputmode="decimal" autocomplete="off" data-testid="rule-${name}" .value=${value === undefined ? '' : String(value)} @change=${(/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const read = input.value.trim() === '' ? null : readNumber(input.value, 'money').value;
    const isWrong = (input.value.trim() !== '' && read === null) || !isRight(read);
    input.classList.toggle('is-invalid', isWrong);
    input.setAttribute('aria-invalid', String(isWrong));
    if (!isWrong) change(event, { ...rule, ...made(read) });
  }}></label>`;
  return html`<li class="kpi-rule ${use && use !== 'used' ? 'is-off' : ''}" data-testid="rule" data-use=${use ?? nothing} data-matched=${matched ?? nothing} aria-label=${t('analysis.scoring.points.rule', { rule: formatCount(index + 1) })}>
    <label class="kpi-field">${label('field')}<select class="kpi-input" data-testid="rule-field" @change=${onField}>${isKnown ? nothing : html`<option value=${idOf(rule)} selected>${subjectName(rule)}</option>`}
      <optgroup label=${t('analysis.scoring.points.of_lead')}>${ofLeads.map(option)}</optgroup>
      ${subjects.activities.map((/** @type {any} */ one) => html`<optgroup label=${t(`table.${one.table}.name`)}>${ofActivities.filter((/** @type {any} */ subject) => subject.table === one.table).map(option)}</optgroup>`)}</select></label>
    ${tests.length ? html`<label class="kpi-field">${label('test')}<select class="kpi-input" data-testid="rule-test" @change=${(/** @type {Event} */ event) => change(event, tested(rule, /** @type {HTMLSelectElement} */ (event.target).value, valuesOf(rule.field)[0]?.key ?? '', state.report?.period.data_to ?? null))}>${tests.map((test) => html`<option value=${test} .selected=${test === testOf(rule)}>${t(`analysis.scoring.test.${test}`)}</option>`)}</select></label>` : nothing}
    ${tests.length ? value(rule, valuesOf(rule.field), { isDay, number, change, label }) : nothing}
    ${number('points', rule.points, (read) => read !== null && Math.abs(read) <= 1e6, (read) => ({ points: read ?? 0 }))}
    ${rule.table ? html`${number('half_life', rule.half_life, (read) => read === null || (read > 0 && read <= 1e6), (read) => ({ half_life: read ?? undefined }))}${number('cap', rule.cap, (read) => read === null || (read >= 0 && read <= 1e6), (read) => ({ cap: read ?? undefined }))}` : nothing}
    <span class="kpi-rule-says">${use && use !== 'used' ? t(`analysis.scoring.points.use.${use}`) : matched === null || matched === undefined ? '' : t('analysis.scoring.points.matched', { count: matched, shown: formatCount(matched) })}</span>
    <button type="button" class="kpi-button is-quiet is-small" data-testid="rule-remove" aria-label=${t('analysis.scoring.points.remove_rule', { rule: formatCount(index + 1) })} @click=${remove}>${t('analysis.scoring.points.remove')}</button></li>`;
}

/** @param {Rule} rule @param {any[]} values @param {any} tools */
function value(rule, values, { isDay, number, change, label }) {
  const put = (/** @type {Partial<Rule>} */ part) => (/** @type {Event} */ event) => {
    const typed = /** @type {HTMLInputElement} */ (event.target).value.trim();
    if (typed) change(event, { ...rule, ...Object.fromEntries(Object.keys(part).map((key) => [key, typed])) });
  };
  const test = testOf(rule);
  if (test === 'contains') return html`<label class="kpi-field">${label('value')}<input class="kpi-input" maxlength="200" autocomplete="off" data-testid="rule-text" .value=${rule.key ?? ''} @change=${put({ key: '' })}></label>`;
  if (test === 'is' || test === 'is_not') {
    const isThere = values.some((one) => one.key === rule.key);
    return html`<label class="kpi-field">${label('value')}<select class="kpi-input" data-testid="rule-value" @change=${put({ key: '' })}>${isThere ? nothing : html`<option value=${rule.key ?? ''} selected>${rule.key}</option>`}${values.map((one) => html`<option value=${one.key} .selected=${one.key === rule.key}>${memberName(one)}</option>`)}</select></label>`;
  }
  const ends = /** @type {('from'|'to')[]} */ (test === 'between' ? ['from', 'to'] : test === 'at_least' ? ['from'] : test === 'at_most' ? ['to'] : []);
  return ends.map((end) => {
    if (isDay) return html`<label class="kpi-field">${label(end)}<input type="date" class="kpi-input" data-testid="rule-${end}" .value=${String(rule[end] ?? '')} @change=${(/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const next = { ...rule, [end]: input.value };
      const isWrong = !input.value || (next.from !== undefined && next.to !== undefined && next.from > next.to);
      input.setAttribute('aria-invalid', String(isWrong));
      input.classList.toggle('is-invalid', isWrong);
      if (!isWrong) change(event, next);
    }}></label>`;
    return number(end, rule[end], (/** @type {number|null} */ read) => read !== null && (end === 'from' ? read <= Number(rule.to ?? Infinity) : read >= Number(rule.from ?? -Infinity)), (/** @type {number|null} */ read) => ({ [end]: read ?? 0 }));
  });
}

/** A rule about something else, with the first of its tests. @param {{table?: string, field: string}} subject @param {string} key @param {string|null} day @returns {Rule} */
function freshRule(subject, key, day) {
  if (subject.table) return { ...subject, test: 'is', key, points: 0 };
  if (DAYS.includes(subject.field)) return { field: subject.field, test: 'between', from: day ?? '2025-01-01', points: 0 };
  if (subject.field === 'score' || subject.field === 'employees') return { field: subject.field, test: 'between', from: 50, points: 0 };
  return { field: subject.field, test: 'is', key, points: 0 };
}

/** The same rule with another test. @param {Rule} rule @param {string} test @param {string} key @param {string|null} day @returns {Rule} */
function tested({ from, to, key: before, test: _, ...rest }, test, key, day) {
  if (test === 'known' || test === 'unknown') return { ...rest, test };
  if (test === 'is' || test === 'is_not') return { ...rest, test, key: before || key };
  if (test === 'contains') return { ...rest, test, key: before || key || '?' };
  const some = from ?? to ?? (DAYS.includes(rest.field) ? day ?? '2025-01-01' : 50);
  return { ...rest, test: 'between', ...(test === 'at_most' ? { to: to ?? some } : { from: from ?? some }), ...(test === 'between' ? { to: to ?? some } : {}) };
}
