// Touches and deals drawn from a seed, always the same: as plain arrays, and as the two files a marketer would have.

const DAY = 864e5;
const FIRST = Date.UTC(2023, 0, 1) / DAY;
const DAYS = 1000;

/** Numbers in 0..1 by the minimal standard generator (Park and Miller 1988). @param {number} seed */
export function randomFrom(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/**
 * An account has a touch on each of some different days, so that no order depends on ties; one in eight wins a deal some days after the last of them.
 * @param {{touches: number, channels: number, seed?: number}} size
 * @returns {{accounts: {days: number[], channels: number[], won: {day: number, amount: number}|null}[], channels: number}}
 */
export function drawTouches({ touches, channels, seed = 1 }) {
  const random = randomFrom(seed);
  const accounts = [];
  for (let drawn = 0; drawn < touches;) {
    const count = Math.min(1 + Math.floor(-4 * Math.log(random())), 40, touches - drawn);
    drawn += count;
    let day = FIRST + Math.floor(random() * (DAYS - 200));
    const days = [], through = [];
    for (let touch = 0; touch < count; touch++, day += 1 + Math.floor(random() * 4)) {
      days.push(day);
      through.push(Math.floor(random() ** 1.5 * channels));  // the first channels are the busiest
    }
    accounts.push({ days, channels: through, won: random() < 0.125 ? { day: day + Math.floor(random() * 20), amount: 1000 + Math.floor(random() * 90000) } : null });
  }
  return { accounts, channels };
}

const date = (/** @type {number} */ day) => new Date(day * DAY).toISOString().slice(0, 10);
export const channelName = (/** @type {number} */ channel) => `Programme ${String(channel + 1).padStart(2, '0')}`;

/** @param {ReturnType<typeof drawTouches>} drawn @returns {{touchpoints: string, deals: string}} */
export function filesOf({ accounts }) {
  const touchpoints = ['Touchpoint ID,Company,Touchpoint date,Channel'];
  const deals = ['Deal ID,Company,Create date,Close date,Deal stage,Amount,Currency'];
  accounts.forEach(({ days, channels, won }, account) => {
    days.forEach((day, touch) => touchpoints.push(`T-${touchpoints.length},Company ${account},${date(day)},${channelName(channels[touch] ?? 0)}`));
    if (won) deals.push(`D-${deals.length},Company ${account},${date(days[0] ?? 0)},${date(won.day)},Closed Won,${won.amount},EUR`);
  });
  return { touchpoints: `${touchpoints.join('\n')}\n`, deals: `${deals.join('\n')}\n` };
}
