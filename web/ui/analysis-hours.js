// Which hours count for answers: working days and hours, holidays, and the time zone of the clock.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { timeZones, zoneOffsets } from '../format/time-zone.js';
import { t } from '../i18n/translate.js';
import { listOf } from './names.js';

/** @typedef {{days: number[], opens: number, closes: number, holidays?: string[]}} Hours */
/** @typedef {{name: string, times: 'local'|'utc', offsets: [number, number][]}} Zone */
/** @typedef {(change: {hours?: Hours|null, zone?: Zone|null}) => void} Change */

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const OFFICE = { days: [1, 2, 3, 4, 5], opens: 540, closes: 1020 };
const NAMED = 5;  // unreadable texts that are shown
const minutes = (/** @type {string} */ text) => { const [hour, minute] = text.split(':').map(Number); return hour * 60 + minute; };
const clock = (/** @type {number} */ all) => `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
/** Lines, or a list with commas before figures: a comma inside "Dec 25, 2024" stays. @param {string} text */
const pieces = (text) => text.split(/[\n\r;\t]+|,(?=\s*\d{1,4}[-./]\d)/).map((one) => one.trim().slice(0, 60)).filter(Boolean).slice(0, 2000);
const valueOf = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {Hours|null} hours @param {Zone|null} zone @param {any} responses @param {Change} change */
export function hoursFields(hours, zone, responses, change) {
  return html`<label class="kpi-field">${t('analysis.funnel.ask.hours')}<select class="kpi-input" data-testid="funnel-hours" @change=${(/** @type {Event} */ event) => change({ hours: valueOf(event) ? OFFICE : null })}>
      <option value="" .selected=${!hours}>${t('analysis.funnel.ask.clock')}</option><option value="own" .selected=${Boolean(hours)}>${t('analysis.funnel.ask.own')}</option></select></label>
    <label class="kpi-field">${t('analysis.funnel.ask.zone')}<input class="kpi-input" list="kpi-zones" autocomplete="off" data-testid="funnel-zone" placeholder=${t('analysis.funnel.ask.no_zone')} .value=${zone?.name ?? ''} @change=${(/** @type {Event} */ event) => setZone(event, zone, change)}>
      <datalist id="kpi-zones">${timeZones().map((name) => html`<option value=${name}></option>`)}</datalist></label>
    ${zone ? html`<label class="kpi-field">${t('analysis.funnel.ask.times')}<select class="kpi-input" data-testid="funnel-times" @change=${(/** @type {Event} */ event) => change({ zone: { ...zone, times: valueOf(event) === 'utc' ? 'utc' : 'local' } })}>
      <option value="local" .selected=${zone.times === 'local'}>${t('analysis.funnel.ask.local')}</option><option value="utc" .selected=${zone.times === 'utc'}>${t('analysis.funnel.ask.utc')}</option></select></label>` : nothing}
    ${hours ? week(hours, responses, change) : nothing}`;
}

/** @param {Event} event @param {Zone|null} zone @param {Change} change */
function setZone(event, zone, change) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const name = input.value.trim();
  const offsets = name ? zoneOffsets(name) : null;
  const isWrong = name !== '' && !offsets;
  input.classList.toggle('is-invalid', isWrong);
  input.setAttribute('aria-invalid', String(isWrong));
  if (!isWrong) change({ zone: offsets ? { name, offsets, times: zone?.times ?? 'local' } : null });
}

/** @param {Hours} hours @param {any} responses @param {Change} change */
function week(hours, responses, change) {
  const time = (/** @type {'opens'|'closes'} */ key) => (/** @type {Event} */ event) => {
    const next = { ...hours, [key]: minutes(valueOf(event)) };
    if (next.opens < next.closes) change({ hours: next });
  };
  const toggle = (/** @type {number} */ day) => (/** @type {Event} */ event) => {
    const days = hours.days.includes(day) ? hours.days.filter((one) => one !== day) : [...hours.days, day].sort();
    if (days.length) change({ hours: { ...hours, days } });
    else /** @type {HTMLInputElement} */ (event.target).checked = true;
  };
  const unread = /** @type {string[]} */ (responses.unread_holidays ?? []);
  const read = /** @type {string[]} */ (responses.holidays ?? []);
  return html`<fieldset class="kpi-hours"><legend class="kpi-hidden">${t('analysis.funnel.ask.own')}</legend>
      ${DAYS.map((day) => html`<label><input type="checkbox" data-testid="funnel-day-${day}" .checked=${hours.days.includes(day)} @change=${toggle(day)}>${t(`analysis.funnel.day.${day}`)}</label>`)}
      <label>${t('analysis.funnel.ask.opens')}<input class="kpi-input" type="time" .value=${clock(hours.opens)} @change=${time('opens')}></label>
      <label>${t('analysis.funnel.ask.closes')}<input class="kpi-input" type="time" .value=${clock(hours.closes)} @change=${time('closes')}></label></fieldset>
    <label class="kpi-field kpi-holidays">${t('analysis.funnel.ask.holidays')}<textarea class="kpi-input" rows="3" data-testid="funnel-holidays" .value=${(hours.holidays ?? []).join('\n')} @change=${(/** @type {Event} */ event) => change({ hours: { ...hours, holidays: pieces(valueOf(event)) } })}></textarea>
      ${read.length || unread.length ? html`<span data-testid="holidays-read" data-read=${read.length} data-unread=${unread.length}>${read.length ? t('analysis.funnel.ask.holidays_read', { count: read.length, shown: formatCount(read.length) }) : nothing}
        ${unread.length ? html`<strong>${t('analysis.funnel.ask.holidays_unread', { count: unread.length, shown: formatCount(unread.length), texts: listOf(unread.slice(0, NAMED)) })}</strong>` : nothing}</span>` : nothing}</label>`;
}
