// Acts on what the editor of the user's KPIs asks for; keeps them in this browser and the engine told.
import { inWords } from '../format/formula.js';
import { setOwnTexts, textOr } from '../i18n/translate.js';
import { checkedOwn, definitionOf, fromOwnFile, MAX_OWN, mergedOwn, newOwn, ownId } from './own-kpis.js';
import { remember, remembered } from './persist.js';
import { reportRequest } from './report-request.js';
import { formOf } from './typed-form.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** @typedef {import('./own-kpis.js').OwnKpi} OwnKpi */
/**
 * @typedef {{type: 'own_edit', id: string|null, copy?: boolean} | {type: 'own_check', draft: OwnKpi} | {type: 'own_save', draft: OwnKpi} | {type: 'own_close'}
 *   | {type: 'own_remove', id: string} | {type: 'own_import', text: string} | {type: 'own_undo'} | {type: 'own_seen'}} OwnAction
 */

/** @param {{type: string}} action @returns {action is OwnAction} */
export const isOwnAction = (action) => action.type.startsWith('own_');

const DRAFT = 'own_draft__';  // no name makes such an id: underscores are never doubled

export class OwnDefinitions {
  #turn = 0;

  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {{changed: () => Promise<void>, failed: (error: unknown) => void}} tell  `changed`: the engine holds other KPIs
   */
  constructor(engine, store, tell) {
    this.engine = engine;
    this.store = store;
    this.tell = tell;
  }

  /** Definitions of before a reload, as soon as the engine is there. */
  async restore() {
    const kpis = checkedOwn(remembered().kpis);
    if (kpis.length) await this.#define(kpis);
  }

  /** @param {OwnAction} action */
  async act(action) {
    const { own } = this.store.state;
    try {
      switch (action.type) {
        case 'own_edit': return await this.#open(action.id, action.copy ?? false);
        case 'own_check': return await this.#check(action.draft);
        case 'own_save': return await this.#save(action.draft);
        case 'own_close':
          this.#turn++;
          return this.#put({ draft: null, check: null });
        case 'own_remove': {
          const name = own.kpis.find((one) => one.id === action.id)?.name ?? '';
          await this.#replace(own.kpis.filter((one) => one.id !== action.id));
          return this.#put({ draft: null, check: null, told: { what: 'removed', name, added: 0, replaced: 0, left: 0, before: own.kpis } });
        }
        case 'own_import': return await this.#import(action.text);
        case 'own_undo': return own.told ? await this.#replace(own.told.before) : undefined;
        case 'own_seen': return this.#put({ told: null });
      }
    } catch (error) {
      this.tell.failed(error);
    }
  }

  /** What this browser keeps is gone, and so is what the page shows of it. */
  async forget() {
    if (this.store.state.own.kpis.length) await this.#replace([]);
  }

  /** @param {Partial<import('./own-kpis.js').OwnKpis>} change */
  #put(change) {
    this.store.set({ own: { ...this.store.state.own, ...change } });
  }

  /** @param {string|null} id null for a new one @param {boolean} copy */
  async #open(id, copy) {
    const known = this.store.state.own.kpis.find((one) => one.id === id);
    const draft = known ? { ...known, ...(copy ? { id: '', name: '' } : {}) } : newOwn();
    this.store.set({ sheet: null });
    this.#put({ draft, check: null, told: null });
    if (draft.formula) await this.#check(draft);
  }

  /** The list with the draft in its place. @param {OwnKpi} draft @param {string} id */
  #listWith(draft, id) {
    const { kpis } = this.store.state.own;
    return draft.id ? kpis.map((one) => (one.id === draft.id ? draft : one)) : [...kpis, { ...draft, id }];
  }

  /** Judges what stands in the editor; late answers are dropped. @param {OwnKpi} draft @returns {Promise<import('../engine/protocol.js').FormulaCheck|null>} */
  async #check(draft) {
    const turn = ++this.#turn;
    const { query, report } = this.store.state;
    const window = report && { ...reportRequest(query, report), group_by: null, compare: 'none' };
    const id = draft.id || DRAFT;
    /** @type {import('../engine/protocol.js').FormulaCheck} */
    const check = await this.engine.call('check_formula', { kpis: this.#listWith(draft, id).map(definitionOf), id, report: window });
    if (turn !== this.#turn) return null;
    this.#put({ check, checked: draft.formula });
    return check;
  }

  /** @param {OwnKpi} draft */
  async #save(draft) {
    const { kpis } = this.store.state.own;
    const check = await this.#check(draft);
    if (!check || check.error || !draft.name.trim()) return;
    const id = draft.id || ownId(draft.name, kpis.map((one) => one.id));
    await this.#replace(this.#listWith({ ...draft, name: draft.name.trim() }, id));
    this.#put({ draft: null, check: null });
  }

  /** @param {string} text */
  async #import(text) {
    const { kpis } = this.store.state.own;
    const file = fromOwnFile(text);
    if (!file) return this.store.set({ notice: { code: 'own_file_wrong', args: {} } });
    const merged = mergedOwn(kpis, file.kpis);
    await this.#replace(merged.kpis);
    const left = file.left + file.kpis.length - merged.added - merged.replaced;
    this.#put({ told: { what: 'imported', name: '', added: merged.added, replaced: merged.replaced, left, before: kpis } });
  }

  /** @param {OwnKpi[]} kpis */
  async #replace(kpis) {
    remember({ kpis });
    this.#put({ told: null });
    await this.#define(kpis);
    const catalog = await this.engine.call('catalog');
    this.store.set({ catalog, form: formOf(this.store.state.typed, catalog) });
    await this.tell.changed();
  }

  /** @param {OwnKpi[]} kpis */
  async #define(kpis) {
    const { refused } = await this.engine.define(kpis.slice(0, MAX_OWN).map(definitionOf));
    const names = new Map(kpis.map((one) => [one.id, one.name]));
    const nameOf = (/** @type {string} */ id) => names.get(id) ?? textOr(`measure.${id}.name`, textOr(`kpi.${id}.name`, id));
    setOwnTexts({ kpi: Object.fromEntries(kpis.map((one) => [one.id, { name: one.name, definition: one.definition, reading: '', formula: inWords(one.formula, nameOf) }])) });
    this.#put({ kpis, refused: Object.fromEntries(refused.map(({ id, error }) => [id, error])) });
  }
}
