// Orders drawn from a known model of repeat buying, always the same: as text of a file, and what is known of each customer.

/** @param {number} count customers */
export function drawnOrders(count) {
  let state = 12345;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const gamma = (/** @type {number} */ shape) => Array.from({ length: shape }, () => -Math.log(random())).reduce((x, y) => x + y, 0);
  const end = Date.UTC(2025, 5, 30) / 864e5;
  const channels = ['Email', 'Paid Search', 'Referrals'];
  const lines = ['Order number,Order date,Customer,Channel,Order value,Currency'];
  /** @type {{repeats: number, recency: number, age: number}[]} times in weeks */
  const customers = [];
  for (let customer = 0; customer < count; customer++) {
    const first = end - Math.floor(random() * 500) - 20;
    const rate = gamma(1) / 60;  // orders a day
    const leaves = random() ** 1.5;
    const spend = 400 * gamma(4) / 4;
    const days = [first];
    for (let day = first; random() > leaves;) {
      day += 1 + Math.floor(-Math.log(random()) / rate);
      if (day > end) break;
      days.push(day);
    }
    if (customer === 0) days.push(end);  // the orders reach to the end
    for (const day of days) lines.push(`O-${lines.length},${new Date(day * 864e5).toISOString().slice(0, 10)},Company ${customer},${channels[customer % 3]},${(spend * gamma(6) / 6 + 1).toFixed(2)},EUR`);
    const own = [...new Set(days)];
    customers.push({ repeats: own.length - 1, recency: (/** @type {number} */ (own.at(-1)) - first) / 7, age: (end - first) / 7 });
  }
  return { csv: `${lines.join('\n')}\n`, customers };
}
