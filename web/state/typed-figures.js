// Acts on what the form of typed figures asks for.
import { textOr } from '../i18n/translate.js';
import { formatTyped } from '../format/format.js';
import { monthNames } from '../format/month-names.js';
import { provenMark, readNumber } from '../format/read-number.js';
import { cellKey, cellOf, kindOf, MAX_CHANNELS, MAX_PERIODS, nothingTyped, ofKey } from './typed.js';
import { TYPED_NAME, typedCsv } from './typed-csv.js';
import { TypedFeed } from './typed-feed.js';
import { figuresOf, formOf } from './typed-form.js';
import { nameKey, planPaste } from './typed-paste.js';
import { alignedTo, columnsOf, stepOf, usualColumns } from './typed-periods.js';
import { keepTyped, keptTyped } from './typed-session.js';
import { pastedTable } from './typed-table.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** @typedef {import('./typed.js').Typed} Typed */
/** @typedef {import('./typed.js').Layout} Layout */
/** What became of a pasted table. @typedef {{filled: number, replaced: number, wrong: number, emptied: number, rows: string[], heads: string[], outside: number, before: Typed}} Pasted */
/**
 * @typedef {{type: 'figure', measure: string, period: string, text: string, value?: number, settled: boolean}
 *   | {type: 'figures_paste', measure: string, period: string, rows: string[], text: string}
 *   | {type: 'figures_layout', change: Partial<Layout>}
 *   | {type: 'figures_channel', name: string, on: boolean}
 *   | {type: 'figures_undo'} | {type: 'figures_paste_seen'} | {type: 'figures_drop_hidden'} | {type: 'figures_settle', other: boolean} | {type: 'figures_clear'}} FiguresAction
 */

/** @param {AppState} state */
function figuresCsv({ typed, form }) {
  const figures = figuresOf(typed, form.sections);
  return figures.length ? typedCsv(figures) : { text: '', options: {} };
}

export class TypedFigures {
  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {{changed: () => Promise<void>, failed: (error: unknown) => void}} tell  `changed`: the engine holds other figures
   */
  constructor(engine, store, tell) {
    this.store = store;
    this.feed = new TypedFeed(engine, store, { name: TYPED_NAME, csv: figuresCsv, mark: 'typing' }, tell);
  }

  /** Figures of before a reload, once the catalogue is there. */
  restore() {
    this.#set(keptTyped(), 0);
  }

  /** @param {FiguresAction} action */
  act(action) {
    const { typed } = this.store.state;
    switch (action.type) {
      case 'figure': return this.#enter([action], action.settled);
      case 'figures_paste': return this.#paste(action);
      case 'figures_layout': return this.#lay(action.change);
      case 'figures_channel': return this.#channel(action.name, action.on);
      case 'figures_undo': {
        const { pasted } = this.store.state;
        this.store.set({ pasted: null });
        return this.#set(pasted?.before ?? typed);
      }
      case 'figures_paste_seen': return this.store.set({ pasted: null });
      case 'figures_drop_hidden': return this.#set({ ...typed, cells: this.#shownCells() });
      case 'figures_settle': return this.#settle(action.other);
      case 'figures_clear': {
        this.forget();
        return this.store.set({ pasted: { filled: 0, replaced: 0, wrong: 0, emptied: Object.keys(typed.cells).length, rows: [], heads: [], outside: 0, before: typed } });
      }
    }
  }

  /** Removes every typed figure, from the engine as well. */
  forget() {
    this.store.set({ pasted: null });
    this.#set(nothingTyped(), 0);
  }

  /** @param {Typed} typed @param {number} [pause] before the engine is told, in ms */
  #set(typed, pause) {
    this.store.set({ typed, form: formOf(typed, this.store.state.catalog) });
    keepTyped(typed);
    this.feed.update(pause);
  }

  /** `value`: what the user said that the text means. @param {{measure: string, period: string, text: string, value?: number}[]} entries @param {boolean} settled @param {'.'|','|''} [decimal] */
  #enter(entries, settled, decimal = '') {
    const { typed, catalog } = this.store.state;
    const cells = { ...typed.cells };
    let { currency } = typed.layout;
    for (const { measure, period, text, value } of entries) {
      const kind = kindOf(catalog?.measures.find((one) => one.id === measure)?.unit ?? '');
      const key = cellKey(typed.layout.channel, measure, period);
      const read = value !== undefined ? { cell: { text, value, other: null, wrong: /** @type {const} */ ('') }, currency } : cellOf(text.slice(0, 100), kind, currency, { settled, decimal });
      currency = settled ? read.currency : currency;
      if (read.cell.text) cells[key] = read.cell;
      else delete cells[key];
    }
    this.#set({ layout: { ...typed.layout, currency }, cells });
  }

  /** Every number that can be meant in two ways: as it was read, or the other way. @param {boolean} other */
  #settle(other) {
    const { typed, catalog } = this.store.state;
    const settled = Object.entries(typed.cells).map(([key, cell]) => {
      const value = other ? cell.other : cell.value;
      const kind = kindOf(catalog?.measures.find((one) => one.id === ofKey(key).measure)?.unit ?? '');
      return /** @type {const} */ ([key, cell.other === null || value === null ? cell : { text: formatTyped(value, kind), value, other: null, wrong: cell.wrong }]);
    });
    this.#set({ ...typed, cells: Object.fromEntries(settled) });
  }

  /** @param {Partial<Layout>} change */
  #lay(change) {
    const { typed } = this.store.state;
    const { layout } = typed;
    const year = new Date().getFullYear();
    const step = change.step ?? layout.step;
    const usual = step === layout.step ? layout : { ...usualColumns(step, year), ...(layout.first && step !== 'none' && layout.step !== 'none' ? { first: alignedTo(layout.first, step) } : {}) };
    const next = { ...layout, step: usual.step, first: usual.first, count: usual.count, ...change };
    const fits = step === 'none' || (stepOf(next.first) === step && Number.isInteger(next.count) && next.count >= 1 && next.count <= MAX_PERIODS);
    if (fits) this.#set({ ...typed, layout: next });
  }

  /** @param {string} name a channel of the language file, or free text @param {boolean} on */
  #channel(name, on) {
    const { typed } = this.store.state;
    const others = typed.layout.channels.filter((one) => one !== name);
    if (!name.trim() || (on && others.length >= MAX_CHANNELS)) return;
    const channel = on ? name : typed.layout.channel === name ? '' : typed.layout.channel;
    this.#set({ ...typed, layout: { ...typed.layout, channels: on && others.length === typed.layout.channels.length ? [...others, name] : on ? typed.layout.channels : others, channel } });
  }

  #shownCells() {
    const { typed: { cells, layout }, form } = this.store.state;
    const periods = new Set(form.columns.map((one) => one.id));
    return Object.fromEntries(Object.entries(cells).filter(([key]) => {
      const { period, channel } = ofKey(key);
      return periods.has(period) && (channel === '' || layout.channels.includes(channel));
    }));
  }

  /** @param {{measure: string, period: string, rows: string[], text: string}} paste  `rows`: the measures that are shown, from top to bottom */
  #paste({ measure, period, rows, text }) {
    const before = this.store.state.typed;
    const table = pastedTable(text, (line) => readNumber(line, 'money').value !== null);
    if (!table) return;
    const filled = columnsOf(before.layout).map((one) => one.id).filter((id) => id && Object.entries(before.cells).some(([key, cell]) => cell.text && ofKey(key).period === id));
    const plan = planPaste(table, { measure, period }, { measures: rows, layout: before.layout, names: this.#names(), months: monthNames(), filled });
    const entries = plan.entries.filter((one) => one.text);
    const keys = entries.map((one) => cellKey(before.layout.channel, one.measure, one.period));
    if (plan.columns) this.store.set({ typed: { ...before, layout: { ...before.layout, ...plan.columns } } });
    this.#enter(entries, true, provenMark(entries.map((one) => one.text)));
    const { cells } = this.store.state.typed;
    this.store.set({ pasted: {
      filled: keys.filter((key) => cells[key] && !cells[key].wrong).length, replaced: keys.filter((key) => before.cells[key] && before.cells[key].text !== cells[key]?.text).length, emptied: 0,
      wrong: keys.filter((key) => cells[key]?.wrong).length, rows: plan.rows, heads: plan.heads, outside: plan.outside, before,
    } });
  }

  /** Ids and names of the measures; also the names of a KPI that is nothing but one measure ("Revenue"). */
  #names() {
    const { catalog, form } = this.store.state;
    const measures = new Set(form.sections.flatMap((one) => one.measures.map(({ id }) => id)));
    const alone = (catalog?.kpis ?? []).filter((kpi) => measures.has(kpi.formula)).flatMap((kpi) => [textOr(`kpi.${kpi.id}.name`, kpi.id), ...kpi.synonyms].map((name) => /** @type {[string, string]} */ ([nameKey(name), kpi.formula])));
    const own = [...measures].flatMap((id) => /** @type {[string, string][]} */ ([[nameKey(id), id], [nameKey(textOr(`measure.${id}.name`, id)), id]]));
    return new Map([...alone, ...own]);
  }
}
