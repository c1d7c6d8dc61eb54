// Keeps the plan in step with its place: asks the engine when the goal, a rate or the report behind it has changed.
import { checkedPlan, emptyPlan, planRequest } from './plan.js';
import { remember, remembered } from './persist.js';
import { reportRequest } from './report-request.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** @typedef {{type: 'plan', change: Partial<import('./plan.js').PlanInput>} | {type: 'plan_rate', id: string, entry: import('./plan.js').Entry|null}} PlanAction */

export class Planner {
  /** @type {unknown[]} what the last question was made of */ #asked = [];

  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {(error: unknown) => void} failed
   */
  constructor(engine, store, failed) {
    this.engine = engine;
    this.store = store;
    this.failed = failed;
    store.subscribe((state) => void this.#follow(state));
  }

  restore() {
    this.store.set({ plan: checkedPlan(remembered().plan) });
  }

  /** Nothing typed, nothing kept. */
  forget() {
    if (remembered().plan) remember({ plan: null });
    this.store.set({ plan: emptyPlan(), planned: null });
  }

  /** @param {PlanAction} action */
  act(action) {
    const { plan } = this.store.state;
    const { [action.type === 'plan_rate' ? action.id : '']: _, ...others } = plan.typed;
    const next = action.type === 'plan' ? { ...plan, ...action.change } : { ...plan, typed: action.entry ? { ...others, [action.id]: action.entry } : others };
    this.store.set({ plan: next });
    remember({ plan: { ...next, segment: null } });
  }

  /** @param {AppState} state */
  async #follow({ place, engine, computing, report, query, plan }) {
    const question = [report, plan];
    if (place !== 'plan' || engine !== 'ready' || computing || question.every((one, i) => one === this.#asked[i])) return;
    this.#asked = question;
    this.store.set({ planning: true });
    try {
      const planned = await this.engine.call('plan', { ...reportRequest(query, report), group_by: null, compare: 'none', ...planRequest(plan, report) });
      if (this.#asked === question) this.store.set({ planned, planning: false });
    } catch (error) {
      if (this.#asked !== question) return;
      this.store.set({ planning: false });
      this.failed(error);
    }
  }
}
