// What a plan is asked for: the goal and what was typed instead of the data's rates. Kept in this browser; a segment's name is not, it is of a file.

/** A figure as typed, and what it means: shares as 0..1. @typedef {{text: string, value: number}} Entry */
/**
 * @typedef {object} PlanInput
 * @property {Entry|null} goal  revenue
 * @property {string} currency  that stood beside the goal; "" = none
 * @property {Record<string, Entry>} typed  by id of a rate, a cost or a factor of the velocity
 * @property {number} change  of each lever, 0..1
 * @property {'period'|'cohort'} rates  of stages: what happened in the period, or what becomes of its people
 * @property {string} day  by when the goal is to be reached, "" or YYYY-MM-DD
 * @property {{dimension: string, key: string}|null} segment
 */

/** @returns {PlanInput} */
export const emptyPlan = () => ({ goal: null, currency: '', typed: {}, change: 0.1, rates: 'period', day: '', segment: null });

const ID = /^[a-z][a-z0-9_]*$/;
const MAX_TEXT = 40;

/** What comes back from storage is checked like anything from outside. @param {any} kept @returns {PlanInput} */
export function checkedPlan(kept) {
  const plan = emptyPlan();
  const entry = (/** @type {any} */ one) => (typeof one?.text === 'string' && one.text.length <= MAX_TEXT && Number.isFinite(one.value) ? { text: one.text, value: one.value } : null);
  plan.goal = entry(kept?.goal);
  for (const [id, one] of Object.entries(kept?.typed ?? {}).slice(0, 40)) {
    const typed = entry(one);
    if (ID.test(id) && typed) plan.typed[id] = typed;
  }
  if (/^[A-Z]{3}$/.test(kept?.currency ?? '')) plan.currency = kept.currency;
  if (kept?.rates === 'cohort') plan.rates = 'cohort';
  if (kept?.change > 0 && kept.change < 1) plan.change = kept.change;
  if (/^\d{4}-\d{2}-\d{2}$/.test(kept?.day ?? '')) plan.day = kept.day;
  return plan;
}

/** The currency that money in the plan has: the data's, else the one typed. @param {PlanInput} plan @param {import('../engine/protocol.js').Report|null} report */
export function planCurrency(plan, report) {
  const own = report?.ledger.currency ?? '';
  return /^[A-Z]{3}$/.test(own) ? own : plan.currency;
}

/**
 * What the engine's `plan` takes beside the request of a report.
 * @param {PlanInput} plan
 * @param {import('../engine/protocol.js').Report|null} report  a segment that it does not know is left out
 */
export function planRequest(plan, report) {
  const { segment } = plan;
  const isThere = segment && report?.dimensions.find((one) => one.id === segment.dimension)?.values.some((one) => one.key === segment.key);
  return {
    goal: plan.goal?.value ?? null, currency: planCurrency(plan, report), segment: isThere ? segment : null,
    typed: Object.fromEntries(Object.entries(plan.typed).map(([id, { value }]) => [id, value])), change: plan.change, rates: plan.rates, day: plan.day || null,
  };
}
