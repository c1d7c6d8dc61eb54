// Acts on what the scorecard and its form of targets ask for.
import { readNumber } from '../format/read-number.js';
import { emptyBoard, MAX_KPIS, noNote, targetCell, targetsOf } from './board.js';
import { keepBoard, keptBoard } from './board-memory.js';
import { targetCsv, TARGETS_NAME } from './target-csv.js';
import { cellKey, MAX_PERIODS } from './typed.js';
import { TypedFeed } from './typed-feed.js';
import { alignedTo, columnsOf, stepOf, usualColumns } from './typed-periods.js';
import { pastedTable } from './typed-table.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** @typedef {import('./board.js').Board} Board */
/** @typedef {import('./typed.js').Layout} Layout */
/**
 * @typedef {{type: 'board_kpis', kpis: string[]|null}
 *   | {type: 'board_note', kpi: string, change: Partial<import('./board.js').Note>}
 *   | {type: 'board_tolerance', tolerance: number}
 *   | {type: 'target', kpi: string, period: string, text: string, value?: number, settled: boolean}
 *   | {type: 'targets_paste', kpi: string, period: string, rows: string[], text: string}
 *   | {type: 'targets_layout', change: Partial<Layout>}
 *   | {type: 'targets_clear'}} BoardAction
 */

/** @param {AppState} state */
function boardCsv({ board, catalog }) {
  const targets = targetsOf(board, catalog?.kpis ?? []);
  return targets.length ? targetCsv(targets) : { text: '', options: {} };
}

export class BoardActions {
  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {{changed: () => Promise<void>, failed: (error: unknown) => void}} tell  `changed`: the figures are to be held against other targets
   */
  constructor(engine, store, tell) {
    this.store = store;
    this.tell = tell;
    this.feed = new TypedFeed(engine, store, { name: TARGETS_NAME, csv: boardCsv, mark: 'aiming' }, tell);
  }

  /** What this browser remembers, once the catalogue is there. */
  restore() {
    this.#set(keptBoard(), 0);
  }

  forget() {
    this.#set(emptyBoard(), 0);
  }

  /** @param {BoardAction} action */
  act(action) {
    const { board } = this.store.state;
    switch (action.type) {
      case 'board_kpis': return this.#set({ ...board, kpis: action.kpis && [...new Set(action.kpis)].slice(0, MAX_KPIS) });
      case 'board_note': return this.#set({ ...board, notes: { ...board.notes, [action.kpi]: { ...noNote(), ...board.notes[action.kpi], ...action.change } } });
      case 'board_tolerance': {
        this.#set({ ...board, tolerance: action.tolerance });
        return this.tell.changed();
      }
      case 'target': return this.#enter([action], action.settled);
      case 'targets_paste': return this.#paste(action);
      case 'targets_layout': return this.#lay(action.change);
      case 'targets_clear': return this.#set({ ...board, cells: {} });
    }
  }

  /** @param {Board} board @param {number} [pause] before the engine is told, in ms */
  #set(board, pause) {
    this.store.set({ board });
    keepBoard(board);
    this.feed.update(pause);
  }

  /** `value`: what the user said that the text means. @param {{kpi: string, period: string, text: string, value?: number}[]} entries @param {boolean} settled */
  #enter(entries, settled) {
    const { board, catalog } = this.store.state;
    const cells = { ...board.cells };
    let { currency } = board.layout;
    for (const { kpi, period, text, value } of entries) {
      const entry = catalog?.kpis.find((one) => one.id === kpi);
      if (!entry) continue;
      const key = cellKey(board.layout.channel, kpi, period);
      const read = value !== undefined ? { cell: { text, value, other: null, wrong: /** @type {const} */ ('') }, currency } : targetCell(text.slice(0, 100), entry, currency, settled);
      currency = settled ? read.currency : currency;
      if (read.cell.text) cells[key] = read.cell;
      else delete cells[key];
    }
    this.#set({ ...board, layout: { ...board.layout, currency }, cells });
  }

  /** KPIs down and periods across, from the field that it is pasted into. @param {{kpi: string, period: string, rows: string[], text: string}} paste */
  #paste({ kpi, period, rows, text }) {
    const table = pastedTable(text, (line) => readNumber(line, 'money').value !== null);
    const columns = columnsOf(this.store.state.board.layout).map((one) => one.id);
    const [top, left] = [rows.indexOf(kpi), columns.indexOf(period)];
    if (!table || top < 0 || left < 0) return;
    this.#enter(table.flatMap((line, y) => line.flatMap((cell, x) => (cell && rows[top + y] && columns[left + x] !== undefined ? [{ kpi: rows[top + y], period: columns[left + x], text: cell }] : []))), true);
  }

  /** @param {Partial<Layout>} change */
  #lay(change) {
    const { board, report } = this.store.state;
    const { layout } = board;
    const step = change.step ?? layout.step;
    const year = Number(report?.period.data_to?.slice(0, 4) ?? new Date().getFullYear());
    const usual = step === layout.step ? layout : { ...usualColumns(step, year), ...(layout.first && step !== 'none' && layout.step !== 'none' ? { first: alignedTo(layout.first, step) } : {}) };
    const next = { ...layout, step: usual.step, first: usual.first, count: usual.count, ...change };
    const channels = next.channel && !next.channels.includes(next.channel) ? [...next.channels, next.channel] : next.channels;
    const fits = step === 'none' || (stepOf(next.first) === step && Number.isInteger(next.count) && next.count >= 1 && next.count <= MAX_PERIODS);
    if (fits) this.#set({ ...board, layout: { ...next, channels } });
  }
}
