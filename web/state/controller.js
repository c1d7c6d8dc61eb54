// Acts on what components ask for. The only place that knows both the engine and the state.
import { download } from '../export/csv.js';
import { FIRST_TABLES } from '../samples/index.js';
import { Analyst } from './analyst.js';
import { BoardActions } from './board-actions.js';
import { changeRequest, wantedChange } from './change-request.js';
import { Intake } from './intake.js';
import { isOwnAction, OwnDefinitions } from './own-definitions.js';
import { forgetAll, remember, remembered } from './persist.js';
import { Planner } from './planner.js';
import { Reports } from './reports.js';
import { choicesFor, knownFrom, reportRequest } from './report-request.js';
import { apart } from './typed-csv.js';
import { TypedFigures } from './typed-figures.js';
import { DEFAULT_QUERY, fromHash, toHash } from './url-state.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** @typedef {import('./url-state.js').Query} Query */
/** @typedef {import('../engine/client.js').EngineClient} EngineClient */
/**
 * Everything a component may ask for, as the detail of `kpi-action`.
 * @typedef {{type: 'files', files: {name: string, blob: Blob}[]}
 *   | {type: 'paste', text: string}
 *   | {type: 'sample', tables?: string[]} | {type: 'sample_file', table: string} | {type: 'cancel'} | {type: 'close'} | {type: 'forget'} | {type: 'dismiss_notice'} | {type: 'clear'}
 *   | {type: 'query', change: Partial<Query>}
 *   | {type: 'go', place: import('./url-state.js').Place}
 *   | {type: 'explain', kpi: string, member?: import('./app-state.js').Sheet['member']}
 *   | {type: 'solve', kpi: string, measure: string, target: number}
 *   | {type: 'explain_change', wish: import('./change-request.js').ChangeWish}
 *   | {type: 'fix', file: number, options: import('../engine/protocol.js').ReadOptions}
 *   | {type: 'remove', file: number} | {type: 'receipt', file: number}
 *   | import('./typed-figures.js').FiguresAction | import('./own-definitions.js').OwnAction | import('./planner.js').PlanAction | import('./analyst.js').AnalysisAction | import('./board-actions.js').BoardAction
 *   | {type: 'dismiss_failure', id: number}
 *   | {type: 'theme', theme: import('./persist.js').Theme}} Action
 */

export class Controller {
  #turn = 0;
  /** @type {string|null} the dimension that changes were last split by */ #splitBy = null;

  /**
   * @param {EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {(tables: string[]) => Promise<{name: string, text: string}[]>} samples
   */
  constructor(engine, store, samples) {
    this.engine = engine;
    this.store = store;
    this.samples = samples;
    this.reports = new Reports(engine);
    this.intake = new Intake(engine, store, () => this.#changed());
    this.planner = new Planner(engine, store, (error) => this.#notice(error));
    this.analyst = new Analyst(engine, store);
    this.figures = new TypedFigures(engine, store, { changed: () => this.#changed(), failed: (error) => this.#notice(error) });
    this.own = new OwnDefinitions(engine, store, { changed: () => this.#changed(), failed: (error) => this.#notice(error) });
    this.board = new BoardActions(engine, store, { changed: () => this.#changed(), failed: (error) => this.#notice(error) });
  }

  async start() {
    this.store.set({ theme: remembered().theme, ...fromHash(location.hash) });
    addEventListener('hashchange', () => this.#followHash());
    this.engine.onRestart = (files) => void this.#restarted(files);
    try {
      await this.engine.start();
      await this.own.restore();
      this.store.set({ catalog: await this.engine.call('catalog'), engine: 'ready' });
      this.planner.restore();
      this.analyst.restore();
      this.figures.restore();
      this.board.restore();
    } catch {
      this.store.set({ engine: 'failed' });
    }
  }

  /** @param {Action} action */
  async act(action) {
    const { store, intake, figures, board } = this;
    switch (action.type) {
      case 'board_kpis': case 'board_note': case 'board_tolerance': case 'target': case 'targets_paste': case 'targets_layout': case 'targets_clear': return board.act(action);
      case 'files': return this.#addOwn(action.files);
      case 'paste': return this.#addOwn([{ name: 'pasted.csv', blob: new Blob([action.text]) }]);
      case 'sample': return this.#loadSample(action.tables ?? FIRST_TABLES);
      case 'sample_file': return (await this.samples([action.table])).forEach(({ name, text }) => download(name, text));
      case 'cancel': return intake.cancel();
      case 'remove': return intake.remove(action.file);
      case 'clear': return this.#clear();
      case 'fix': return intake.fix(action.file, action.options);
      case 'receipt': return this.#receipt(action.file);
      case 'query': return this.#query(action.change);
      case 'go': return this.#go(action.place);
      case 'explain': return this.#explain(action.kpi, action.member ?? null);
      case 'solve': return this.#solve(action);
      case 'explain_change': return this.#explainChange(action.wish);
      case 'plan':
      case 'plan_rate': return this.planner.act(action);
      case 'analysis_view':
      case 'analysis_settings': return this.analyst.act(action);
      case 'close': return store.set({ sheet: null });
      case 'dismiss_notice': return store.set({ notice: null });
      case 'dismiss_failure': return store.set({ failures: store.state.failures.filter((one) => one.id !== action.id) });
      case 'theme':
        remember({ theme: action.theme });
        return store.set({ theme: action.theme });
      case 'forget':
        await this.own.forget();  // writes an empty list, so it comes first
        forgetAll();
        this.planner.forget();
        this.analyst.forget();
        board.forget();
        return store.set({ theme: 'system', notice: { code: 'forgotten', args: {} } });
      default: return isOwnAction(action) ? this.own.act(action) : figures.act(action);
    }
  }

  #changed() {
    this.reports.forget();
    return this.refresh();
  }

  /** Asks for the report again. Late answers are dropped. */
  async refresh() {
    const turn = ++this.#turn;
    const { store } = this;
    const cards = [...store.state.files, ...(store.state.typedCard ? [store.state.typedCard] : [])];
    if (!cards.length) {
      store.set({ report: null, sheet: null, computing: false });
      return;
    }
    store.set({ computing: true });
    try {
      const { query, catalog, typed, typedCard, board } = store.state;
      const { step } = typed.layout;
      const report = await this.reports.fitting(query, knownFrom(cards, catalog), () => turn === this.#turn, typedCard && step !== 'none' ? step : 'day', board.tolerance);
      if (!report) return;
      store.set({ report, choices: choicesFor(query, report), computing: false });
      const { sheet } = store.state;
      if (sheet) await this.#explain(sheet.kpi, sheet.member);
    } catch (error) {
      if (turn === this.#turn) this.#notice(error);
    }
  }

  /** @param {{name: string, blob: Blob}[]} files */
  #addOwn(files) {
    this.store.set({ ownFiles: true });
    return this.intake.add(files);
  }

  /** More than the first files open on the last year: what churns in a month or a year needs one before it. @param {string[]} tables */
  async #loadSample(tables) {
    const { state } = this.store;
    if (state.busy || (state.ownFiles && state.files.length)) return;
    const isWhole = !state.files.length && tables.length > FIRST_TABLES.length;
    this.store.set({ ownFiles: false, ...(isWhole ? { query: { ...state.query, preset: 'last_12_months' } } : {}) });
    const files = await this.samples(tables);
    await this.intake.add(files.map(({ name, text }) => ({ name, blob: new Blob([text]) })));
    if (isWhole) this.#writeHash();
  }

  async #clear() {
    this.figures.forget();
    this.planner.forget();
    this.analyst.forget();
    for (const { file } of this.store.state.files) await this.engine.remove(file);
    this.store.set({ files: [], typedCard: null, report: null, sheet: null, failures: [], query: DEFAULT_QUERY, place: 'overview' });
    this.#writeHash();
  }

  /** @param {Partial<Query>} change */
  async #query(change) {
    this.store.set({ query: { ...this.store.state.query, ...change } });
    this.#writeHash();
    if (Object.keys(change).some((key) => key !== 'focus')) await this.refresh();
  }

  /** @param {import('./url-state.js').Place} place */
  #go(place) {
    this.store.set({ place, sheet: null });
    this.#writeHash();
  }

  /** @param {string} kpi @param {import('./app-state.js').Sheet['member']} member */
  async #explain(kpi, member) {
    const { store } = this;
    const before = store.state.sheet;
    const same = before?.kpi === kpi && before.member?.key === member?.key;
    const sheet = { kpi, member, result: same ? before.result : null, failed: null };
    store.set({ sheet });
    const request = { ...reportRequest(store.state.query, store.state.report), group_by: null, kpi, member: member && { dimension: member.dimension, key: member.key } };
    try {
      const result = await this.engine.call('explain', request);
      if (store.state.sheet !== sheet) return;
      store.set({ sheet: { ...sheet, result } });
    } catch (error) {
      if (store.state.sheet === sheet) store.set({ sheet: { ...sheet, failed: codeOf(error) } });
      return;
    }
    await this.#explainChange({});
  }

  /** @param {import('./change-request.js').ChangeWish} wish */
  async #explainChange(wish) {
    const { store } = this;
    const { sheet, query, report } = store.state;
    if (!sheet || !report) return;
    const change = wantedChange(sheet, report, wish, this.#splitBy);
    if (wish.by) this.#splitBy = wish.by;
    store.set({ sheet: { ...sheet, change } });
    if (!change) return;
    const asked = changeRequest(reportRequest(query, report), sheet, change);
    /** @type {Partial<import('./change-request.js').SheetChange>} */ let outcome;
    try {
      outcome = { answer: await this.engine.call('explain_change', asked) };
    } catch (error) {
      outcome = { failed: codeOf(error) };
    }
    const now = store.state.sheet;
    if (now?.change === change) store.set({ sheet: { ...now, change: { ...change, ...outcome } } });
  }

  /** @param {{kpi: string, measure: string, target: number}} wanted */
  async #solve({ kpi, measure, target }) {
    const { store } = this;
    const { sheet, query, report } = store.state;
    if (!sheet || sheet.kpi !== kpi) return;
    try {
      const solution = await this.engine.call('solve', { ...reportRequest(query, report), group_by: null, kpi, measure, target });
      const now = store.state.sheet;
      if (now?.kpi === kpi) store.set({ sheet: { ...now, solution } });
    } catch (error) {
      this.#notice(error);
    }
  }

  /** @param {number} file */
  async #receipt(file) {
    if (this.store.state.receipts[file]) return;
    const receipt = await this.engine.call('receipt', { file });
    this.store.set({ receipts: { ...this.store.state.receipts, [file]: receipt } });
  }

  /** @param {import('./app-state.js').Card[]} files */
  async #restarted(files) {
    const cards = apart(files);
    this.store.set({ ...cards, receipts: {}, busy: null, notice: { code: 'engine_restarted', args: { files: cards.files.length } } });
    await this.#changed();
  }

  /** @param {unknown} error */
  #notice(error) {
    const code = codeOf(error);
    const args = /** @type {{args?: Record<string, unknown>}} */ (error)?.args ?? {};
    this.store.set({ computing: false, ...(code === 'cancelled' ? {} : { notice: { code, args } }) });
  }

  #writeHash() {
    try {
      history.replaceState(null, '', toHash(this.store.state));
    } catch { /* a srcdoc frame has no address of its own */ }
  }

  #followHash() {
    if (location.hash === toHash(this.store.state)) return;
    this.store.set(fromHash(location.hash));
    void this.refresh();
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {{code?: string}} */ (error)?.code ?? 'engine_stopped';
}
