// Month names as people write them in a table's head: English ones, and those of the page's locale.
import { currentLocale } from './format.js';

/** @returns {Map<string, number>} in lower case and without a full stop -> 1 to 12 */
export function monthNames() {
  const names = new Map([['sept', 9]]);
  for (const locale of ['en', currentLocale()]) {
    for (const month of /** @type {const} */ (['long', 'short'])) {
      for (const day of /** @type {const} */ ([undefined, 'numeric'])) {  // some languages bend the name beside a day
        const format = new Intl.DateTimeFormat(locale, { month, day, timeZone: 'UTC' });
        for (let i = 0; i < 12; i++) {
          const name = format.formatToParts(Date.UTC(2024, i, 1)).find((part) => part.type === 'month')?.value ?? '';
          names.set(name.toLowerCase().replace('.', ''), i + 1);
        }
      }
    }
  }
  return names;
}
