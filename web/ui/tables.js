// Every kind of file, as people ask for them: the usual ones first.
export const TABLES = ['leads', 'opportunities', 'ad_spend', 'web_sessions', 'web_events', 'email_sends', 'content', 'other_costs', 'touchpoints', 'stage_history', 'sla_rules', 'orders', 'subscriptions', 'experiments',
  'experiment_visitors', 'totals', 'targets', 'fx_rates', 'accounts', 'products', 'owners'];
