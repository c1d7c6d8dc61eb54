// The analyses: a tab for each, the one that is open below.
import { html, nothing } from 'lit';
import { t } from '../i18n/translate.js';
import { drawAttribution } from './analysis-attribution.js';
import { drawCustomers } from './analysis-customers.js';
import { drawExperiments } from './analysis-experiments.js';
import { forecastView } from './analysis-forecast.js';
import { funnelView } from './analysis-funnel.js';
import { drawScoring } from './analysis-scoring.js';
import { ask, KpiElement } from './element.js';
import { reasonMeaning, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {import('../state/analyst.js').AnalysisView} AnalysisView */

/** View -> what draws its answer. @type {[AnalysisView, (state: AppState, result: any) => unknown][]} */
const VIEWS = [
  ['attribution', drawAttribution],
  ['funnel', funnelView],
  ['customers', drawCustomers],
  ['experiments', drawExperiments],
  ['scoring', drawScoring],
  ['forecast', forecastView],
];

class KpiAnalysis extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
  }

  /** Arrow keys move between tabs, as everywhere. @param {KeyboardEvent} event @param {number} index */
  #key(event, index) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const [view] = VIEWS[(index + step + VIEWS.length) % VIEWS.length];
    ask(this, { type: 'analysis_view', view });
    /** @type {HTMLElement|null} */ (this.querySelector(`[data-testid="analysis-tab-${view}"]`))?.focus();
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const { view, answers, asking } = state.analyses;
    const open = VIEWS.find(([id]) => id === view) ?? VIEWS[0];
    if (!open) return nothing;
    const answer = answers[open[0]];
    return html`<div class="kpi-stack" data-testid="analysis" data-view=${open[0]} data-ready=${String(Boolean(answer) && !asking)}>
      <div class="kpi-head"><h1>${t('place.analysis')}</h1><p>${t(`analysis.${open[0]}.lead`)}</p></div>
      <div class="kpi-tabs" role="tablist" aria-label=${t('place.analysis')}>${VIEWS.map(([id], index) => html`<button type="button" role="tab" class="kpi-tab" id="analysis-tab-${id}" data-testid="analysis-tab-${id}"
        aria-selected=${String(id === open[0])} aria-controls="analysis-panel" tabindex=${id === open[0] ? 0 : -1} @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, index)}
        @click=${() => ask(this, { type: 'analysis_view', view: id })}>${t(`analysis.${id}.name`)}</button>`)}</div>
      <div id="analysis-panel" role="tabpanel" aria-labelledby="analysis-tab-${open[0]}" class="kpi-stack ${asking ? 'kpi-computing' : ''}">${this.#answer(state, open[1], answer)}</div></div>`;
  }

  /** @param {AppState} state @param {(state: AppState, result: any) => unknown} draw @param {import('../state/analyst.js').AnalysisAnswer|undefined} answer */
  #answer(state, draw, answer) {
    if (!answer) return html`<p class="kpi-muted">${t('live.computing')}</p>`;
    if (answer.failed) return html`<p class="kpi-note is-warning" role="alert" data-testid="analysis-failed">${t(`code.${answer.failed}.title`)}</p>`;
    const undefinedReason = answer.result?.undefined;
    return html`${undefinedReason ? html`<p class="kpi-note" data-testid="analysis-none"><strong>${reasonTitle(undefinedReason)}.</strong> ${reasonMeaning(undefinedReason)}</p>` : nothing}${draw(state, answer.result)}`;
  }
}

customElements.define('kpi-analysis', KpiAnalysis);
