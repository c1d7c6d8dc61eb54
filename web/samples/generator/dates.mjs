// Calendar days as whole numbers since 1970-01-01, without time zones.

const MILLISECONDS_PER_DAY = 86400000;

/** @param {string} text "2024-02-29" @returns {number} */
export const parseDay = (text) => Date.parse(`${text}T00:00:00Z`) / MILLISECONDS_PER_DAY;

/** @param {number} day @returns {string} "2024-02-29" */
export const formatDay = (day) => new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);

/** @param {number} day @returns {number} 0 = Monday .. 6 = Sunday */
export const weekday = (day) => (day + 3) % 7;

/** @param {number} day @returns {number} 0 = January .. 11 = December */
export const month = (day) => new Date(day * MILLISECONDS_PER_DAY).getUTCMonth();

export const FIRST_DAY = parseDay('2024-01-01');
export const LAST_DAY = parseDay('2025-12-31');

/** @param {number} step in days @param {number} [first] @returns {number[]} every so many days, to the end */
export const every = (step, first = FIRST_DAY) => Array.from({ length: Math.floor((LAST_DAY - first) / step) + 1 }, (_, index) => first + step * index);

/** @returns {number[]} the first day of every month */
export const months = () => every(1).filter((day) => formatDay(day).endsWith('-01'));

/** How lively a month is for a seller to European industry, in percent: quiet July, August and December, fairs in spring and autumn. */
export const SEASON = [94, 102, 114, 104, 103, 97, 78, 70, 116, 121, 113, 74];

/** @param {number} day @returns {number} the season times the company's growth, in percent: 100 at the start, about 160 at the end */
export const liveliness = (day) => (SEASON[month(day)] * (100 + Math.floor(((day - FIRST_DAY) * 60) / 730))) / 100;
