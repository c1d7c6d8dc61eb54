// The funnel: where it leaks, how long each step takes, how long deals take, and what fast answers are worth.
import { html, nothing } from 'lit';
import { formatCount, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { cyclesPart } from './analysis-cycles.js';
import { responsesPart, responsesVerdict } from './analysis-responses.js';
import { analysisTable, outcomeText } from './analysis-table.js';
import { ask, KpiElement } from './element.js';
import { fieldName, inUsualOrder, memberName, reasonMeaning, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {{entered: number, advanced: number, disqualified: number, stale: number, open: number, leaked: number, of_decided: number|null, of_entered: number|null}} Cell */
/** @typedef {import('./analysis-table.js').Outcome} Outcome */
/** @typedef {{stage: string, next: string, dated: boolean, all: Cell, cells: Cell[], times: any}} Stage */

const COUNTS = /** @type {const} */ (['entered', 'advanced', 'disqualified', 'stale', 'open']);
const HOW = ['window', 'fate', 'stale', 'share', 'times', 'skipped', 'cycle', 'test', 'response', 'cause'];
const DAYS = [1, 2, 3, 4, 5, 6, 7];
const GOALS = ['mql', 'sal', 'sql', 'opportunity', 'customer'];

export const stageName = (/** @type {string} */ id) => t(`analysis.funnel.stage.${id}`);
const minutes = (/** @type {string} */ text) => { const [hour, minute] = text.split(':').map(Number); return hour * 60 + minute; };
const clock = (/** @type {number} */ all) => `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;

class KpiAnalysisFunnel extends KpiElement {
  static properties = { state: { attribute: false }, result: { attribute: false } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
    /** @type {any} */ this.result = null;
  }

  /** @param {Record<string, unknown>} change */
  #set(change) {
    ask(this, { type: 'analysis_settings', view: 'funnel', change });
  }

  render() {
    const { state, result } = this;
    if (!state || !result || result.undefined) return nothing;
    return html`<ul class="kpi-verdict" data-testid="funnel-verdict">${this.#verdict().map((one) => html`<li>${one}</li>`)}</ul>
      ${this.#settings(state)}
      ${this.#part('leaks', result.leaks, () => this.#leaks(result.leaks))}
      ${this.#part('times', result.leaks, () => this.#times(result.leaks))}
      ${this.#part('cycles', result.cycles, () => cyclesPart(result.cycles, this.#byName()))}
      ${this.#part('responses', result.responses, () => responsesPart(result.responses))}
      <details class="kpi-more" data-testid="funnel-how"><summary>${t('analysis.funnel.how.title')}</summary><ul class="kpi-how">${HOW.map((key) => html`<li>${t(`analysis.funnel.how.${key}`, { days: formatCount(result.stale_days), day: formatDate(result.as_of) })}</li>`)}
        ${this.#leftOut()}</ul></details>`;
  }

  #byName() {
    return this.result.by ? fieldName(this.result.by) : '';
  }

  /** @param {string} id @param {any} part @param {() => unknown} draw */
  #part(id, part, draw) {
    return html`<section class="kpi-sheetlike kpi-part" data-testid="funnel-${id}"><h2>${t(`analysis.funnel.${id}.title`)}</h2><p>${t(`analysis.funnel.${id}.lead`)}</p>
      ${part.undefined ? html`<p class="kpi-note"><strong>${reasonTitle(part.undefined)}.</strong> ${part.undefined.code === 'missing_input' ? t(`analysis.funnel.${id}.needs`) : reasonMeaning(part.undefined)}</p>` : draw()}</section>`;
  }

  #verdict() {
    const { leaks, responses } = this.result;
    /** @type {string[]} */
    const says = [];
    if (!leaks.undefined) {
      const stages = /** @type {Stage[]} */ (leaks.stages);
      const most = stages.reduce((a, b) => (b.all.leaked > a.all.leaked ? b : a));
      const { all } = most;
      says.push(all.leaked === 0 ? t('analysis.funnel.says.no_leak') : t('analysis.funnel.says.leak', { stage: stageName(most.stage), next: stageName(most.next), leaked: formatCount(all.leaked), decided: formatCount(all.entered - all.open), share: formatPercent(all.of_decided ?? 0) }));
      const quarter = (/** @type {Stage} */ one) => one.times.quantiles[0].value ?? -1;
      const slowest = stages.reduce((a, b) => (quarter(b) > quarter(a) ? b : a));
      says.push(quarter(slowest) < 0 ? t('analysis.funnel.says.no_time') : t(`analysis.funnel.says.${stages.length > 1 ? 'slow' : 'one_step'}`, { count: quarter(slowest), stage: stageName(slowest.stage), next: stageName(slowest.next), days: formatValue(quarter(slowest), 'days'), people: formatCount(slowest.times.timed) }));
    }
    says.push(...responsesVerdict(responses));
    return says;
  }

  /** @param {AppState} state */
  #settings({ report, analyses }) {
    const set = /** @type {any} */ (analyses.settings.funnel ?? {});
    const hours = set.hours ?? null;
    const number = (/** @type {string} */ key, /** @type {number} */ value, /** @type {number} */ most) => html`<label class="kpi-field">${t(`analysis.funnel.ask.${key}`)}<input class="kpi-input" type="number" min="1" max=${most} step="1" data-testid="funnel-${key}" .value=${String(value)}
      @change=${(/** @type {Event} */ event) => { const typed = Math.round(Number(/** @type {HTMLInputElement} */ (event.target).value)); if (typed >= 1 && typed <= most) this.#set({ [key]: typed }); }}></label>`;
    return html`<div class="kpi-analysis-ask">
      <label class="kpi-field">${t('analysis.funnel.ask.by')}<select class="kpi-input" data-testid="funnel-by" @change=${(/** @type {Event} */ event) => this.#set({ by: /** @type {HTMLSelectElement} */ (event.target).value })}>
        <option value="none" .selected=${!this.result.by}>${t('analysis.funnel.ask.none')}</option>${inUsualOrder(report?.dimensions ?? []).map(({ id }) => html`<option value=${id} .selected=${id === this.result.by}>${fieldName(id)}</option>`)}</select></label>
      ${number('stale_days', this.result.stale_days, 3650)}
      ${this.result.responses.undefined ? nothing : html`${number('limit_hours', this.result.responses.limit_hours, 8760)}
      <label class="kpi-field">${t('analysis.funnel.ask.goal')}<select class="kpi-input" data-testid="funnel-goal" @change=${(/** @type {Event} */ event) => this.#set({ goal: /** @type {HTMLSelectElement} */ (event.target).value })}>${GOALS.map((id) => html`<option value=${id} .selected=${id === this.result.responses.goal}>${stageName(id)}</option>`)}</select></label>
      <label class="kpi-field">${t('analysis.funnel.ask.hours')}<select class="kpi-input" data-testid="funnel-hours" @change=${(/** @type {Event} */ event) => this.#set({ hours: /** @type {HTMLSelectElement} */ (event.target).value ? { days: [1, 2, 3, 4, 5], opens: 540, closes: 1020 } : null })}>
        <option value="" .selected=${!hours}>${t('analysis.funnel.ask.clock')}</option><option value="own" .selected=${Boolean(hours)}>${t('analysis.funnel.ask.own')}</option></select></label>
      ${hours ? this.#hours(hours) : nothing}`}</div>`;
  }

  /** @param {{days: number[], opens: number, closes: number}} hours */
  #hours(hours) {
    const time = (/** @type {'opens'|'closes'} */ key) => (/** @type {Event} */ event) => {
      const next = { ...hours, [key]: minutes(/** @type {HTMLInputElement} */ (event.target).value) };
      if (next.opens < next.closes) this.#set({ hours: next });
    };
    const toggle = (/** @type {number} */ day) => () => {
      const days = hours.days.includes(day) ? hours.days.filter((one) => one !== day) : [...hours.days, day].sort();
      if (days.length) this.#set({ hours: { ...hours, days } });
      else this.requestUpdate();
    };
    return html`<fieldset class="kpi-hours"><legend class="kpi-hidden">${t('analysis.funnel.ask.own')}</legend>
      ${DAYS.map((day) => html`<label><input type="checkbox" data-testid="funnel-day-${day}" .checked=${hours.days.includes(day)} @change=${toggle(day)}>${t(`analysis.funnel.day.${day}`)}</label>`)}
      <label>${t('analysis.funnel.ask.opens')}<input class="kpi-input" type="time" .value=${clock(hours.opens)} @change=${time('opens')}></label>
      <label>${t('analysis.funnel.ask.closes')}<input class="kpi-input" type="time" .value=${clock(hours.closes)} @change=${time('closes')}></label></fieldset>`;
  }

  /** @param {any} leaks */
  #leaks(leaks) {
    const stages = /** @type {Stage[]} */ (leaks.stages);
    const columns = [t('analysis.funnel.column.stage'), ...COUNTS.map((key) => t(`analysis.funnel.column.${key}`)), t('analysis.funnel.column.of_decided'), t('analysis.funnel.column.of_entered')];
    const cells = (/** @type {Cell} */ cell) => html`${COUNTS.map((key) => html`<td data-key=${key} data-value=${cell[key]}>${formatCount(cell[key])}</td>`)}
      <td data-key="of_decided" data-value=${cell.of_decided ?? nothing}>${formatPercent(cell.of_decided ?? NaN)}</td><td>${formatPercent(cell.of_entered ?? NaN)}</td>`;
    const names = [...leaks.members.map(memberName), ...(leaks.rest ? [t('analysis.funnel.rest', { count: leaks.rest, shown: formatCount(leaks.rest) })] : [])];
    const by = this.#byName();
    return html`${analysisTable(t('analysis.funnel.leaks.title'), columns, stages.map((one) => html`<tr data-testid="leak-stage" data-stage=${one.stage}><th scope="row">${stageName(one.stage)}<small>${t('analysis.funnel.to', { next: stageName(one.next) })}${one.dated ? '' : ` \u00b7 ${t('analysis.funnel.by_creation')}`}</small></th>${cells(one.all)}</tr>`), 'leak-table')}
      ${by && (names.length > 1 || leaks.members[0]?.key) ? html`<h3>${t('analysis.funnel.leaks.matrix', { by })}</h3>
        ${analysisTable(t('analysis.funnel.leaks.matrix', { by }), [by, ...stages.map((one) => `${stageName(one.stage)} \u2192 ${stageName(one.next)}`)], names.map((name, m) => html`<tr data-testid="leak-member" data-key=${leaks.members[m]?.key ?? nothing}><th scope="row">${name}</th>${stages.map(({ stage, cells: of }) => this.#share(stage, of[m]))}</tr>`), 'leak-matrix')}
        <details class="kpi-more"><summary>${t('analysis.funnel.leaks.every', { by })}</summary>${stages.map((one) => html`<h3>${stageName(one.stage)}</h3>${analysisTable(stageName(one.stage), [by, ...columns.slice(1)], names.map((name, m) => html`<tr><th scope="row">${name}</th>${cells(one.cells[m])}</tr>`))}`)}</details>` : nothing}`;
  }

  /** @param {string} stage @param {Cell} cell */
  #share(stage, cell) {
    const decided = cell.entered - cell.open;
    return html`<td data-stage=${stage} data-value=${cell.of_decided ?? nothing}>${cell.of_decided === null ? nothing : html`<span class="kpi-leak" .style=${`inset-inline-end: ${(1 - cell.of_decided) * 100}%`}></span>`}
      ${formatPercent(cell.of_decided ?? NaN)}<small>${t('analysis.funnel.of', { leaked: formatCount(cell.leaked), decided: formatCount(decided) })}</small></td>`;
  }

  /** @param {any} leaks */
  #times(leaks) {
    const stages = /** @type {Stage[]} */ (leaks.stages);
    const [first] = stages;
    const columns = [t('analysis.funnel.column.step'), t('analysis.funnel.column.timed'), ...first.times.shares.map((/** @type {any} */ one) => t('analysis.funnel.column.within', { days: formatCount(one.days) })),
      ...first.times.quantiles.map((/** @type {any} */ one) => t('analysis.funnel.column.until', { share: formatPercent(one.share, 'axis') })), t('analysis.funnel.column.still')];
    return analysisTable(t('analysis.funnel.times.title'), columns, stages.map(({ stage, next, times }) => html`<tr data-testid="time-stage" data-stage=${stage}><th scope="row">${stageName(stage)}<small>${t('analysis.funnel.to', { next: stageName(next) })}</small></th><td>${formatCount(times.timed)}</td>
      ${times.shares.map((/** @type {any} */ one) => html`<td data-days=${one.days} data-value=${one.value ?? nothing}>${outcomeText(one, 'percent')}</td>`)}
      ${times.quantiles.map((/** @type {any} */ one) => html`<td data-share=${one.share} data-value=${one.value ?? nothing}>${outcomeText(one, 'days')}</td>`)}<td>${formatCount(times.open)}</td></tr>`), 'time-table');
  }

  /** Rows that are in none of the figures, and why. */
  #leftOut() {
    const { leaks, cycles, responses } = this.result;
    const times = (leaks.stages ?? []).map((/** @type {Stage} */ one) => one.times);
    const sum = (/** @type {string} */ key) => times.reduce((/** @type {number} */ all, /** @type {any} */ one) => all + one[key], 0);
    const parts = [['leaks', { ...leaks.left_out, ...(leaks.stages ? { skipped: sum('skipped'), undated_times: sum('undated'), out_of_order: sum('out_of_order') } : {}) }], ['cycles', cycles.left_out ?? {}], ['responses', responses.left_out ?? {}]];
    return parts.flatMap(([part, counts]) => Object.entries(counts).filter(([key, count]) => key !== 'rows' && count > 0).map(([key, count]) => html`<li data-testid="left-out" data-part=${part} data-key=${key} data-count=${count}>${t(`analysis.funnel.left.${part}`)}: ${t(`analysis.funnel.left_out.${key}`, { shown: formatCount(count) })}</li>`));
  }
}

customElements.define('kpi-analysis-funnel', KpiAnalysisFunnel);

/** @param {AppState} state @param {any} result */
export const funnelView = (state, result) => html`<kpi-analysis-funnel .state=${state} .result=${result}></kpi-analysis-funnel>`;
