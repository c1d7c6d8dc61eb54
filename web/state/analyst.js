// Keeps the analyses in step with their place: asks the engine when the view, its settings or the report behind it have changed.
import { remember, remembered } from './persist.js';
import { reportRequest } from './report-request.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** The analyses, in the order of their tabs. @typedef {'attribution'|'customers'|'experiments'|'scoring'|'funnel'|'forecast'} AnalysisView */
/**
 * Settings are of the view alone and go to the engine as they are.
 * @typedef {{view: AnalysisView, settings: Partial<Record<AnalysisView, Record<string, unknown>>>, answers: Partial<Record<AnalysisView, AnalysisAnswer>>, asking: boolean}} Analyses
 * An answer of the engine, or the code of what went wrong; `report` and `settings` are what it was made of.
 * @typedef {{result: any, failed: string|null, report: unknown, settings: unknown}} AnalysisAnswer
 * @typedef {{type: 'analysis_view', view: AnalysisView} | {type: 'analysis_settings', view: AnalysisView, change: Record<string, unknown>}} AnalysisAction
 */

/** @returns {Analyses} */
export const noAnalyses = () => ({ view: 'attribution', settings: {}, answers: {}, asking: false });

const WEIGHTS = ['first', 'lead', 'opportunity', 'close', 'last', 'others'];

/** Weights of the user's own for attribution, checked like anything from outside: shares that sum to 1, or nothing. @param {any} kept @returns {Record<string, number>|null} */
export function checkedWeights(kept) {
  const shares = WEIGHTS.map((one) => kept?.[one] ?? 0);
  const isGood = shares.every((one) => typeof one === 'number' && one >= 0 && one <= 1) && Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) <= 1e-9;
  return isGood ? Object.fromEntries(WEIGHTS.map((one, index) => [one, shares[index]])) : null;
}

export class Analyst {
  /** @type {unknown} what was asked last */ #asked = null;

  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   */
  constructor(engine, store) {
    this.engine = engine;
    this.store = store;
    store.subscribe((state) => void this.#follow(state));
  }

  /** Weights are of the user, not of a file: this browser keeps them. */
  restore() {
    const weights = checkedWeights(remembered().weights);
    if (weights) this.act({ type: 'analysis_settings', view: 'attribution', change: { weights } });
  }

  forget() {
    this.store.set({ analyses: { ...noAnalyses(), view: this.store.state.analyses.view } });
    this.restore();
  }

  /** @param {AnalysisAction} action */
  act(action) {
    const { analyses } = this.store.state;
    if (action.type === 'analysis_view') return this.store.set({ analyses: { ...analyses, view: action.view } });
    const settings = { ...analyses.settings, [action.view]: { ...analyses.settings[action.view], ...action.change } };
    if (action.view === 'attribution' && 'weights' in action.change) remember({ weights: checkedWeights(action.change['weights']) });
    return this.store.set({ analyses: { ...analyses, settings } });
  }

  /** @param {AppState} state */
  async #follow({ place, engine, computing, report, query, analyses }) {
    const { view } = analyses;
    const settings = analyses.settings[view] ?? null;
    const answer = analyses.answers[view];
    if (place !== 'analysis' || engine !== 'ready' || computing || !report) return;
    if (answer && answer.report === report && answer.settings === settings) return;
    const question = { view, report, settings };
    const asked = /** @type {typeof question|null} */ (this.#asked);
    if (asked?.view === view && asked.report === report && asked.settings === settings) return;
    this.#asked = question;
    this.store.set({ analyses: { ...analyses, asking: true } });
    /** @type {AnalysisAnswer} */ let next;
    try {
      const result = await this.engine.call(`analyse_${view}`, { ...reportRequest(query, report), group_by: null, compare: 'none', ...settings });
      next = { result, failed: null, report, settings };
    } catch (error) {
      next = { result: null, failed: /** @type {{code?: string}} */ (error)?.code ?? 'engine_stopped', report, settings };
    }
    if (this.#asked !== question) return;
    this.#asked = null;
    const now = this.store.state.analyses;
    this.store.set({ analyses: { ...now, asking: false, answers: { ...now.answers, [view]: next } } });
  }
}
