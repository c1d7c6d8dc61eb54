// The funnel: where it leaks, how long each step takes, how long deals take, and what fast answers are worth.
import { html, nothing } from 'lit';
import { formatCount, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { cyclesPart, cyclesVerdict } from './analysis-cycles.js';
import { hoursFields } from './analysis-hours.js';
import { maturityPart, maturityVerdict } from './analysis-maturity.js';
import { reasonsPart } from './analysis-reasons.js';
import { responsesPart, responsesVerdict } from './analysis-responses.js';
import { stepsPart } from './analysis-steps.js';
import { analysisTable } from './analysis-table.js';
import { ask, KpiElement } from './element.js';
import { fieldName, inUsualOrder, memberName, reasonMeaning, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {{entered: number, advanced: number, disqualified: number, stale: number, open: number, leaked: number, of_decided: number|null, of_entered: number|null}} Cell */
/** @typedef {import('./analysis-table.js').Outcome} Outcome */
/** @typedef {{stage: string, next: string, dated: boolean, all: Cell, cells: Cell[], times: any}} Stage */

const COUNTS = /** @type {const} */ (['entered', 'advanced', 'disqualified', 'stale', 'open']);
const HOW = ['window', 'fate', 'stale', 'share', 'reasons', 'times', 'skipped', 'curve', 'final', 'cycle', 'test', 'response', 'waits', 'zone', 'cause'];
const GOALS = ['mql', 'sal', 'sql', 'opportunity', 'customer'];

export const stageName = (/** @type {string} */ id) => t(`analysis.funnel.stage.${id}`);

class KpiAnalysisFunnel extends KpiElement {
  static properties = { state: { attribute: false }, result: { attribute: false }, step: { state: true } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
    /** @type {any} */ this.result = null;
    /** The stage whose curves are drawn. */ this.step = '';
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
      ${this.#part('times', result.leaks, () => stepsPart(result.leaks.stages, this.step, (stage) => { this.step = stage; }))}
      ${this.#part('completion', {}, () => maturityPart(result, /** @type {any} */ (state.analyses.settings.funnel)?.completion, (change) => this.#set(change)))}
      ${this.#part('cycles', result.cycles, () => cyclesPart(result.cycles, this.#byName()))}
      ${this.#part('responses', result.responses, () => responsesPart(result.responses, this.#byName()))}
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
    const { leaks, cycles, completion, responses } = this.result;
    /** @type {string[]} */
    const says = [];
    if (!leaks.undefined) {
      const stages = /** @type {Stage[]} */ (leaks.stages);
      const most = stages.reduce((a, b) => (b.all.leaked > a.all.leaked ? b : a));
      const { all } = most;
      says.push(all.leaked === 0 ? t('analysis.funnel.says.no_leak') : t('analysis.funnel.says.leak', { stage: stageName(most.stage), next: stageName(most.next), leaked: formatCount(all.leaked), decided: formatCount(all.entered - all.open), share: formatPercent(all.of_decided ?? 0) }));
      const quarter = (/** @type {Stage} */ one) => one.times.quantiles[0].value ?? -1;
      const slowest = stages.reduce((a, b) => (quarter(b) > quarter(a) ? b : a));
      if (quarter(slowest) !== 0) says.push(quarter(slowest) < 0 ? t('analysis.funnel.says.no_time') : t(`analysis.funnel.says.${stages.length > 1 ? 'slow' : 'one_step'}`, { count: quarter(slowest), stage: stageName(slowest.stage), next: stageName(slowest.next), days: formatValue(quarter(slowest), 'days'), people: formatCount(slowest.times.timed) }));
    }
    says.push(...maturityVerdict(completion), ...cyclesVerdict(cycles), ...responsesVerdict(responses));
    return says;
  }

  /** @param {AppState} state */
  #settings({ report, analyses }) {
    const set = /** @type {any} */ (analyses.settings.funnel ?? {});
    const number = (/** @type {string} */ key, /** @type {number} */ value, /** @type {number} */ most) => html`<label class="kpi-field">${t(`analysis.funnel.ask.${key}`)}<input class="kpi-input" type="number" min="1" max=${most} step="1" data-testid="funnel-${key}" .value=${String(value)}
      @change=${(/** @type {Event} */ event) => { const typed = Math.round(Number(/** @type {HTMLInputElement} */ (event.target).value)); if (typed >= 1 && typed <= most) this.#set({ [key]: typed }); }}></label>`;
    return html`<div class="kpi-analysis-ask">
      <label class="kpi-field">${t('analysis.funnel.ask.by')}<select class="kpi-input" data-testid="funnel-by" @change=${(/** @type {Event} */ event) => this.#set({ by: /** @type {HTMLSelectElement} */ (event.target).value })}>
        <option value="none" .selected=${!this.result.by}>${t('analysis.funnel.ask.none')}</option>${inUsualOrder(report?.dimensions ?? []).map(({ id }) => html`<option value=${id} .selected=${id === this.result.by}>${fieldName(id)}</option>`)}</select></label>
      ${number('stale_days', this.result.stale_days, 3650)}
      ${this.result.responses.undefined ? nothing : html`${number('limit_hours', this.result.responses.limit_hours, 8760)}
      <label class="kpi-field">${t('analysis.funnel.ask.goal')}<select class="kpi-input" data-testid="funnel-goal" @change=${(/** @type {Event} */ event) => this.#set({ goal: /** @type {HTMLSelectElement} */ (event.target).value })}>${GOALS.map((id) => html`<option value=${id} .selected=${id === this.result.responses.goal}>${stageName(id)}</option>`)}</select></label>
      ${hoursFields(set.hours ?? null, set.zone ?? null, this.result.responses, (change) => this.#set(change))}`}</div>`;
  }

  /** @param {any} leaks */
  #leaks(leaks) {
    const stages = /** @type {Stage[]} */ (leaks.stages);
    const columns = [t('analysis.funnel.column.stage'), ...COUNTS.map((key) => t(`analysis.funnel.column.${key}`)), t('analysis.funnel.column.of_decided'), t('analysis.funnel.column.of_entered')];
    const cells = (/** @type {Cell} */ cell) => html`${COUNTS.map((key) => html`<td data-key=${key} data-value=${cell[key]}>${formatCount(cell[key])}</td>`)}
      <td data-key="of_decided" data-value=${cell.of_decided ?? nothing}>${formatValue(cell.of_decided, 'percent')}</td><td>${formatValue(cell.of_entered, 'percent')}</td>`;
    const names = [...leaks.members.map(memberName), ...(leaks.rest ? [t('analysis.funnel.rest', { count: leaks.rest, shown: formatCount(leaks.rest) })] : [])];
    const by = this.#byName();
    return html`${analysisTable(t('analysis.funnel.leaks.title'), columns, stages.map((one) => html`<tr data-testid="leak-stage" data-stage=${one.stage}><th scope="row">${stageName(one.stage)}<small>${t('analysis.funnel.to', { next: stageName(one.next) })}${one.dated ? '' : ` \u00b7 ${t('analysis.funnel.by_creation')}`}</small></th>${cells(one.all)}</tr>`), 'leak-table')}${reasonsPart(leaks)}
      ${by && (names.length > 1 || leaks.members[0]?.key) ? html`<h3>${t('analysis.funnel.leaks.matrix', { by })}</h3>
        ${analysisTable(t('analysis.funnel.leaks.matrix', { by }), [by, ...stages.map((one) => `${stageName(one.stage)} \u2192 ${stageName(one.next)}`)], names.map((name, m) => html`<tr data-testid="leak-member" data-key=${leaks.members[m]?.key ?? nothing}><th scope="row">${name}</th>${stages.map(({ stage, cells: of }) => this.#share(stage, of[m]))}</tr>`), 'leak-matrix')}
        <details class="kpi-more"><summary>${t('analysis.funnel.leaks.every', { by })}</summary>${stages.map((one) => html`<h3>${stageName(one.stage)}</h3>${analysisTable(stageName(one.stage), [by, ...columns.slice(1)], names.map((name, m) => html`<tr><th scope="row">${name}</th>${cells(one.cells[m])}</tr>`))}`)}</details>` : nothing}`;
  }

  /** @param {string} stage @param {Cell} cell */
  #share(stage, cell) {
    const decided = cell.entered - cell.open;
    return html`<td data-stage=${stage} data-value=${cell.of_decided ?? nothing}>${formatValue(cell.of_decided, 'percent')}<span class="kpi-leak" aria-hidden="true">${cell.of_decided === null ? nothing : html`<span .style=${`inline-size: ${cell.of_decided * 100}%`}></span>`}</span><small>${t('analysis.funnel.of', { leaked: formatCount(cell.leaked), decided: formatCount(decided) })}</small></td>`;
  }

  /** Rows that are in none of the figures, and why. */
  #leftOut() {
    const { leaks, cycles, completion, responses } = this.result;
    const times = (leaks.stages ?? []).map((/** @type {Stage} */ one) => one.times);
    const sum = (/** @type {string} */ key) => times.reduce((/** @type {number} */ all, /** @type {any} */ one) => all + one[key], 0);
    const parts = [['leaks', { ...leaks.left_out, ...(leaks.stages ? { skipped: sum('skipped'), undated_times: sum('undated'), out_of_order: sum('out_of_order') } : {}) }], ['completion', completion.left_out ?? {}], ['cycles', cycles.left_out ?? {}], ['responses', responses.left_out ?? {}]];
    return parts.flatMap(([part, counts]) => Object.entries(counts).filter(([key, count]) => key !== 'rows' && count > 0).map(([key, count]) => html`<li data-testid="left-out" data-part=${part} data-key=${key} data-count=${count}>${t(`analysis.funnel.left.${part}`)}: ${t(`analysis.funnel.left_out.${key}`, { shown: formatCount(count) })}</li>`));
  }
}

customElements.define('kpi-analysis-funnel', KpiAnalysisFunnel);

/** @param {AppState} state @param {any} result */
export const funnelView = (state, result) => html`<kpi-analysis-funnel .state=${state} .result=${result}></kpi-analysis-funnel>`;
