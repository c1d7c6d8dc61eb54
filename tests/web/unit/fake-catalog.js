// A small catalogue in the shape of the core's answer, for unit tests and for looking at the page without the core.

/** id: [family, unit, display, better, formula, rate?] @type {Record<string, [string, string, string, string, string, boolean?]>} */
const KPIS = {
  impressions: ['reach', 'impression', 'count', 'higher', 'impressions'],
  clicks: ['reach', 'click', 'count', 'higher', 'clicks'],
  click_through_rate: ['reach', 'click/impression', 'percent', 'higher', 'clicks / impressions', true],
  cost_per_click: ['reach', 'money/click', 'money', 'lower', 'media_spend / clicks'],
  cost_per_mille: ['reach', 'money/impression', 'money', 'lower', '1000 * media_spend / impressions'],
  sessions: ['reach', 'session', 'count', 'higher', 'sessions'],
  pages_per_session: ['reach', 'pageview/session', 'ratio', 'higher', 'pageviews / sessions'],
  conversion_rate: ['conversion', 'conversion/session', 'percent', 'higher', 'conversions / sessions', true],
  platform_conversion_rate: ['conversion', 'conversion/click', 'percent', 'higher', 'platform_conversions / clicks', true],
  new_leads: ['funnel', 'lead', 'count', 'higher', 'new_leads'],
  mqls: ['funnel', 'mql', 'count', 'higher', 'mqls'],
  sals: ['funnel', 'sal', 'count', 'higher', 'sals'],
  sqls: ['funnel', 'sql', 'count', 'higher', 'sqls'],
  lead_to_mql_rate: ['funnel', 'mql/lead', 'percent', 'higher', 'mqls / new_leads', true],
  mql_to_sql_rate: ['funnel', 'sql/mql', 'percent', 'higher', 'sqls / mqls', true],
  lead_to_customer_rate: ['funnel', 'deal/lead', 'percent', 'higher', 'won_deals / new_leads', true],
  marketing_spend: ['unit_cost', 'money', 'money', 'neutral', 'media_spend'],
  cost_per_lead: ['unit_cost', 'money/lead', 'money', 'lower', 'marketing_spend / new_leads'],
  cost_per_mql: ['unit_cost', 'money/mql', 'money', 'lower', 'marketing_spend / mqls'],
  cost_per_sql: ['unit_cost', 'money/sql', 'money', 'lower', 'marketing_spend / sqls'],
  cac_marketing: ['unit_cost', 'money/customer', 'money', 'lower', 'marketing_spend / new_customers'],
  opportunities: ['pipeline', 'deal', 'count', 'higher', 'opportunities'],
  won_deals: ['pipeline', 'deal', 'count', 'higher', 'won_deals'],
  lost_deals: ['pipeline', 'deal', 'count', 'lower', 'lost_deals'],
  win_rate: ['pipeline', '1', 'percent', 'higher', 'won_deals / (won_deals + lost_deals)', true],
  new_customers: ['pipeline', 'customer', 'count', 'higher', 'new_customers'],
  revenue: ['pipeline', 'money', 'money', 'higher', 'won_amount'],
  average_deal_size: ['pipeline', 'money/deal', 'money', 'higher', 'won_amount / won_deals'],
  sales_cycle_from_creation: ['pipeline', 'day', 'days', 'lower', 'cycle_days_from_creation / cycle_deals_from_creation'],
  pipeline_velocity: ['pipeline', 'money/day', 'money_per_day', 'higher', 'opportunities * average_deal_size * win_rate / sales_cycle_from_creation'],
  romi: ['return', '1', 'percent', 'higher', '(won_amount * gross_margin - marketing_spend) / marketing_spend'],
  roas: ['return', '1', 'ratio', 'higher', 'platform_value / media_spend'],
  marketing_efficiency_ratio: ['return', '1', 'ratio', 'higher', 'revenue / marketing_spend'],
};

/** measure: [unit, table it comes from] @type {Record<string, [string, string]>} */
export const MEASURES = {
  impressions: ['impression', 'ad_spend'], clicks: ['click', 'ad_spend'], media_spend: ['money', 'ad_spend'],
  platform_conversions: ['conversion', 'ad_spend'], platform_value: ['money', 'ad_spend'],
  sessions: ['session', 'web_sessions'], pageviews: ['pageview', 'web_sessions'], conversions: ['conversion', 'web_sessions'],
  new_leads: ['lead', 'leads'], mqls: ['mql', 'leads'], sals: ['sal', 'leads'], sqls: ['sql', 'leads'],
  opportunities: ['deal', 'opportunities'], won_deals: ['deal', 'opportunities'], lost_deals: ['deal', 'opportunities'],
  won_amount: ['money', 'opportunities'], new_customers: ['customer', 'opportunities'],
  cycle_days_from_creation: ['deal*day', 'opportunities'], cycle_deals_from_creation: ['deal', 'opportunities'],
  gross_margin: ['1', ''],
};

/** table: its fields as "id:kind" @type {Record<string, string[]>} */
const TABLES = {
  leads: ['lead_id:key', 'created_at:date', 'mql_at:date', 'sal_at:date', 'sql_at:date', 'channel:text', 'campaign:text', 'lead_stage:text', 'country:text'],
  opportunities: ['opportunity_id:key', 'created_at:date', 'closed_at:date', 'amount:number', 'deal_stage:text', 'channel:text', 'account_name:text', 'owner:text'],
  ad_spend: ['date:date', 'cost:number', 'impressions:number', 'clicks:number', 'platform_conversions:number', 'platform_value:number', 'channel:text', 'campaign:text'],
  web_sessions: ['date:date', 'sessions:number', 'pageviews:number', 'conversions:number', 'channel:text', 'device:text'],
  accounts: ['account_id:key', 'account_name:text', 'industry:text', 'employees:number'],
};

const NUMBERS_OF_MONEY = new Set(['amount', 'cost', 'platform_value']);

/** @returns {import('../../../web/engine/protocol.js').Catalog} */
export function fakeCatalog() {
  const ids = [...Object.keys(MEASURES), ...Object.keys(KPIS)];
  return {
    tables: Object.entries(TABLES).map(([id, fields]) => ({
      id, lookup: id === 'accounts', key: id === 'accounts' ? 'account_id' : '', of: id === 'accounts' ? ['opportunities'] : [],
      fields: fields.map((text) => {
        const [field, kind] = /** @type {[string, any]} */ (text.split(':'));
        return { id: field, kind, dimension: kind === 'text', money: NUMBERS_OF_MONEY.has(field), additive: kind === 'number' };
      }),
    })),
    measures: Object.entries(MEASURES).map(([id, [unit]]) => ({ id, unit, display: unit === '1' ? 'percent' : unit.startsWith('money') ? 'money' : unit === 'day' ? 'days' : 'count', parameter: id === 'gross_margin', additive: true })),
    kpis: Object.entries(KPIS).map(([id, [family, unit, display, better, formula, rate = false]]) => ({
      id, family, unit, display, better: /** @type {any} */ (better), formula, rate, status: 'as_stated', reason: '',
      sources: [{ source: '002', item: '4' }], variants_of: id === 'cac_marketing' ? ['cost_per_lead'] : [], synonyms: [],
      inputs: [...new Set(formula.match(/[a-z_]+/g) ?? [])].filter((word) => ids.includes(word)),
    })),
    families: ['reach', 'conversion', 'funnel', 'unit_cost', 'pipeline', 'return'],
  };
}
