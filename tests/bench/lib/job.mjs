// The job that every peer does, and the text by which their results are compared.
//
// Per channel: leads, MQLs, SQLs, won deals, revenue, win rate, mean and median sales cycle in whole calendar days (creation to close of
// won deals). Per month: leads created, deals won.

export const COLUMNS = ['lead_id', 'email', 'company', 'country', 'channel', 'campaign', 'created_at', 'mql_at', 'sal_at', 'sql_at', 'opportunity_at',
  'closed_at', 'stage', 'won', 'amount', 'lead_score', 'owner', 'utm_content', 'notes'];
export const AT = Object.fromEntries(COLUMNS.map((name, i) => [name, i]));

const digit = (text, i) => text.charCodeAt(i) - 48;

/** Days since 1970-01-01 of a civil date. */
export function dayNumber(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** @param {string} text "2024-05-17T08:23:11Z" */
const dayOf = (text) => dayNumber(digit(text, 0) * 1000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3),
  digit(text, 5) * 10 + digit(text, 6), digit(text, 8) * 10 + digit(text, 9));

/** Counts rows that a parser hands over as texts. */
export class Tally {
  channels = new Map();
  months = new Map();

  /** @param {string[]} cells of one record */
  add(cells) {
    const channel = cells[AT.channel];
    let sums = this.channels.get(channel);
    if (sums === undefined) this.channels.set(channel, sums = { leads: 0, mqls: 0, sqls: 0, won: 0, lost: 0, revenue: 0, days: [] });
    const created = cells[AT.created_at];
    sums.leads += 1;
    if (cells[AT.mql_at] !== '') sums.mqls += 1;
    if (cells[AT.sql_at] !== '') sums.sqls += 1;
    this.month(created).leads += 1;
    const won = cells[AT.won];
    if (won === 'true') {
      const closed = cells[AT.closed_at];
      sums.won += 1;
      sums.revenue += Number(cells[AT.amount]);
      sums.days.push(dayOf(closed) - dayOf(created));
      this.month(closed).won += 1;
    } else if (won === 'false') sums.lost += 1;
  }

  /** @param {string} text a date-time */
  month(text) {
    const key = text.slice(0, 7);
    let month = this.months.get(key);
    if (month === undefined) this.months.set(key, month = { leads: 0, won: 0 });
    return month;
  }

  result() {
    return {
      channels: [...this.channels].map(([channel, s]) => finishChannel(channel, s)),
      months: [...this.months].map(([month, m]) => ({ month, ...m })),
    };
  }
}

/** @param {string} channel @param {{leads: number, mqls: number, sqls: number, won: number, lost: number, revenue: number, days: ArrayLike<number>}} sums */
export function finishChannel(channel, sums) {
  const days = Int32Array.from(sums.days).sort();
  const n = days.length;
  return { channel, leads: sums.leads, mqls: sums.mqls, sqls: sums.sqls, won: sums.won, revenue: sums.revenue, winRate: sums.won / (sums.won + sums.lost),
    meanCycle: days.reduce((sum, d) => sum + d, 0) / n, medianCycle: n % 2 ? days[n >> 1] : (days[n / 2 - 1] + days[n / 2]) / 2 };
}

/** One text for equal results, whatever the order and the last bits of sums. */
export function canonical(result) {
  const channels = result.channels.map((c) => [c.channel.toLowerCase().replaceAll(' ', '_'), c.leads, c.mqls, c.sqls, c.won, c.revenue.toFixed(2),
    c.winRate.toFixed(9), c.meanCycle.toFixed(6), c.medianCycle.toFixed(1)].join('|')).sort();
  const months = result.months.map((m) => [m.month, m.leads, m.won].join('|')).sort();
  return [...channels, ...months].join('\n');
}

/** FNV-1a, 64 bits, as hexadecimal digits. */
export function digest(text) {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

/** The same job out of our report: `{grain: "month", group_by: "channel"}`. */
export function fromReport(report) {
  const ids = report.kpis.map((k) => k.id);
  const series = (id) => report.kpis[ids.indexOf(id)].series;
  const value = (member, id) => member.values[ids.indexOf(id)];
  return {
    channels: report.groups.members.map((m) => ({ channel: m.key, leads: value(m, 'new_leads'), mqls: value(m, 'mqls'), sqls: value(m, 'sqls'),
      won: value(m, 'won_deals'), revenue: value(m, 'revenue'), winRate: value(m, 'win_rate'), meanCycle: value(m, 'sales_cycle_from_creation'),
      medianCycle: value(m, 'sales_cycle_from_creation_median') })),
    months: report.buckets.map((b, i) => ({ month: b.label, leads: series('new_leads')[i] ?? 0, won: series('won_deals')[i] ?? 0 }))
      .filter((m) => m.leads || m.won),
  };
}
