// What led to the leads, and how they went on: touches, changes of stage, and the times that were agreed.
import { CHANNELS } from './company.mjs';
import { FIRST_DAY, LAST_DAY, formatDay } from './dates.mjs';
import { formatCsv } from './csv.mjs';

/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */
/** @typedef {ReturnType<typeof import('./crm.mjs').createLead> & {id: number}} Person */

/** Kinds of touch by channel; what is not here is a visit. */
const KINDS = /** @type {Record<string, string>} */ ({ 'Email Marketing': 'E-mail', 'Offline Sources': 'Event', 'Paid Search': 'Ad', 'Paid Social': 'Ad' });
/** How often a channel touches someone before the lead, and after: search finds, mail and social stay in mind. */
const BEFORE = [30, 24, 30, 4, 10, 6, 5];
const AFTER = [14, 8, 16, 34, 20, 3, 9];

/** @param {number} minutes of a day @returns {string} "09:05" */
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** @param {Random} random @param {Person[]} people @returns {string} */
export function createTouches(random, people) {
  /** @type {(string | number | null)[][]} */
  const rows = [];
  const add = (/** @type {Person} */ person, /** @type {number} */ day, /** @type {string} */ channel, /** @type {string | null} */ campaign) => {
    if (day < FIRST_DAY) return;
    rows.push([`T-${20001 + rows.length}`, person.id, person.account.name, `${formatDay(day)} ${clock(random.middling(420, 1260))}`, channel, campaign, KINDS[channel] ?? 'Visit']);
  };
  for (const person of people) {
    if (person.id % 23 === 0) continue;  // came in at the fair, with nothing on record
    for (let more = random.skewed(0, 4); more > 0; more--) add(person, person.created - random.skewed(1, 70), CHANNELS[random.weighted(BEFORE)].crm, null);
    add(person, person.created, person.channel.crm, person.campaign);
    const last = person.customer ?? person.opportunity ?? person.sql ?? person.mql;
    if (last === null) continue;
    for (let more = random.skewed(0, 5); more > 0; more--) add(person, person.created + random.below(last - person.created + 1), CHANNELS[random.weighted(AFTER)].crm, null);
  }
  return formatCsv([['Touchpoint ID', 'Contact ID', 'Company', 'Touchpoint date', 'Channel', 'Campaign', 'Touchpoint type'], ...rows]);
}

const STAGES = /** @type {const} */ ([['mql', 'Marketing Qualified Lead'], ['sal', 'Sales Accepted Lead'], ['sql', 'Sales Qualified Lead'], ['opportunity', 'Opportunity'], ['customer', 'Customer']]);

/** Every change of stage, by day. @param {Person[]} people @returns {string} */
export function createStageHistory(people) {
  const rows = people.flatMap((person) => [
    { day: person.created, row: [person.id, 'Lead', formatDay(person.created)] },
    ...STAGES.flatMap(([stage, name]) => { const day = person[stage]; return day === null ? [] : [{ day, row: [person.id, name, formatDay(day)] }]; })]);
  rows.sort((a, b) => a.day - b.day);
  return formatCsv([['Contact ID', 'New stage', 'Entered stage at'], ...rows.map(({ row }) => row)]);
}

/** @returns {string} */
export const createAgreedTimes = () => formatCsv([['From stage', 'To stage', 'SLA hours', 'Channel'],
  ['', '', 24, ''], ['', '', 4, 'Paid Search'], ['MQL', 'SAL', 96, '']]);

/**
 * What the CRM knows of a lead beside its stages: when sales got it and answered, its score then, and what it said.
 * @param {Random} random @param {Omit<Person, 'id'>} lead
 * @returns {(string | number | null)[]} score, handed over at, first response at, answer
 */
export function leadExtras(random, lead) {
  const isGood = lead.sql !== null;
  const score = random.chance(60) ? null : random.middling(isGood ? 30 : 5, isGood ? 95 : 75);
  const handed = lead.mql === null ? null : lead.mql * 1440 + random.middling(480, 1020);
  const isAnswered = handed !== null && (lead.sal !== null || random.chance(300));
  const wait = random.skewed(4, random.chance(150) ? 5000 : 900);
  const answered = isAnswered && handed + wait < (LAST_DAY + 1) * 1440 ? handed + wait : null;
  const moment = (/** @type {number | null} */ minutes) => (minutes === null ? null : `${formatDay(Math.floor(minutes / 1440))} ${clock(minutes % 1440)}`);
  const answer = random.chance(420) ? random.pick(['Google', 'LinkedIn', 'A colleague', 'Podcast', 'Hannover fair', 'Newsletter', 'Podcast', 'A customer']) : null;
  return [score, moment(handed), moment(answered), answer];
}
