// Questions that only the user can answer, each with its answers as buttons.
import { html, nothing } from 'lit';
import { formatDate, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { TABLES } from './tables.js';
import { ask, KpiElement } from './element.js';
import { tableName } from './names.js';

/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {import('../engine/protocol.js').CardColumn} CardColumn */


/**
 * What a date text means in an order, as "YYYY-MM-DD"; null where it is no day.
 * Example: readDay('03/04/2024', 'dmy') is "2024-04-03".
 * @param {string} text
 * @param {'ymd'|'dmy'|'mdy'} order
 */
export function readDay(text, order) {
  const parts = text.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
  if (parts.length < 3) return null;
  const [year, month, day] = order === 'ymd' ? parts : order === 'dmy' ? [parts[2], parts[1], parts[0]] : [parts[2], parts[0], parts[1]];
  const full = year < 100 ? 2000 + year : year;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** What a number text means with a decimal mark. @param {string} text @param {'point'|'comma'} mark */
export function readNumber(text, mark) {
  const bare = text.replace(/[^\d.,-]/g, '');
  return Number(mark === 'point' ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.'));
}

/** A sample that shows the difference: its readings differ. @param {CardColumn} column @param {(text: string) => [unknown, unknown]} readings */
function telling(column, readings) {
  return column.samples.find((text) => {
    const [a, b] = readings(text);
    return a !== null && b !== null && a !== b;
  }) ?? column.samples[0] ?? '';
}

/** Questions of one kind about one file are asked once. @param {string[]} needs @returns {string[][]} */
function together(needs) {
  /** @type {Map<string, string[]>} */
  const kinds = new Map();
  for (const need of needs) kinds.set(need.split(':')[0], [...(kinds.get(need.split(':')[0]) ?? []), need]);
  return [...kinds.values()];
}

class KpiNeeds extends KpiElement {
  static properties = { files: { attribute: false }, brief: { type: Boolean } };

  constructor() {
    super();
    /** @type {Card[]} */ this.files = [];
    this.brief = false;  // files of an unknown kind do not touch the figures: one line says that they wait
  }

  render() {
    const questions = this.files.flatMap((card) => together(card.needs).filter(([need]) => !this.brief || need !== 'table').map((needs) => this.#question(card, needs)));
    const waiting = this.files.filter((card) => card.needs.includes('table'));
    const line = this.brief && waiting.length ? this.#waiting(waiting.length) : nothing;
    return questions.length || line !== nothing ? html`<div class="kpi-asks" role="group" aria-label=${t('needs.label')}>${line}${questions}</div>` : nothing;
  }

  /** @param {number} count */
  #waiting(count) {
    return html`<p class="kpi-ask kpi-ask-line" data-testid="waiting">${t('needs.waiting', { count, shown: count })} <button type="button" class="kpi-link" @click=${() => ask(this, { type: 'go', place: 'data' })}>${t('needs.look')}</button></p>`;
  }

  /** @param {Card} card @param {string[]} needs of one kind: one answer settles them all */
  #question(card, needs) {
    const [need] = needs;
    const [kind, number] = need.split(':');
    const forAll = (/** @type {object} */ fix) => ({ columns: Object.fromEntries(needs.map((one) => [one.split(':')[1], fix])) });
    const column = card.columns.find((one) => one.column === Number(number));
    if (kind === 'table') return this.#shell(card, need, t('needs.table.title'), t(`needs.table.${card.proposed_table ? 'proposed' : 'text'}`, { table: tableName(card.proposed_table) }), html`${this.#tables(card, need)}
      <button type="button" class="kpi-button is-quiet" data-testid="need-remove" @click=${() => ask(this, { type: 'remove', file: card.file })}>${t('file.remove')}</button>`);
    if (!column) return nothing;
    if (kind === 'date_order') {
      const example = telling(column, (text) => [readDay(text, 'dmy'), readDay(text, 'mdy')]);
      return this.#shell(card, need, t('needs.date.title', { header: column.header, example }), t('needs.date.text'), /** @type {const} */ (['dmy', 'mdy']).map((order) =>
        this.#answer(card, need, order, t(`needs.date.${order}`, { date: formatDate(readDay(example, order)) }), forAll({ date_order: order }))));
    }
    const example = telling(column, (text) => [readNumber(text, 'point'), readNumber(text, 'comma')]);
    return this.#shell(card, need, t('needs.decimal.title', { header: column.header, example }), t('needs.decimal.text'), /** @type {const} */ (['point', 'comma']).map((mark) =>
      this.#answer(card, need, mark, t(`needs.decimal.${mark}`, { number: formatValue(readNumber(example, mark), 'count', '', 'exact') }), forAll({ decimal: mark }))));
  }

  /** What the names speak for comes first, to be accepted with one click. @param {Card} card @param {string} need */
  #tables(card, need) {
    const likely = TABLES.filter((table) => table === card.proposed_table);
    return [...likely, ...TABLES.filter((table) => table !== card.proposed_table)].map((table) => this.#answer(card, need, table, tableName(table), { table }, likely.includes(table)));
  }

  /** @param {Card} card @param {string} need @param {string} title @param {string} text @param {unknown} answers */
  #shell(card, need, title, text, answers) {
    return html`<section class="kpi-ask" data-testid="need" data-need=${need} data-file=${card.file}><div><h2>${title}</h2><p><bdi>${card.name}</bdi> \u00b7 ${text}</p></div><div class="kpi-row">${answers}</div></section>`;
  }

  /** @param {Card} card @param {string} need @param {string} id @param {string} label @param {import('../engine/protocol.js').ReadOptions} options @param {boolean} [isLikely] */
  #answer(card, need, id, label, options, isLikely = false) {
    return html`<button type="button" class="kpi-button ${isLikely ? 'is-primary' : ''}" data-testid="answer" data-answer=${id} data-need=${need} data-likely=${isLikely} @click=${() => ask(this, { type: 'fix', file: card.file, options })}>${label}</button>`;
  }
}

customElements.define('kpi-needs', KpiNeeds);
