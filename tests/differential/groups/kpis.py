"""KPIs from measures, written down a second time: ratios of sums, None where a part is not known or the divisor is 0."""
from groups.money import is_mixed, plain


def divide(a, b):
    return None if a is None or b is None or b == 0 else a / b


def kpis(m):
    """m: measure name -> value or None; names that are absent are not in the files"""
    g = m.get
    win_rate = divide(g("won_deals"), None if None in (g("won_deals"), g("lost_deals")) else g("won_deals") + g("lost_deals"))
    amounts = None if None in (g("won_amount"), g("lost_amount")) else g("won_amount") + g("lost_amount")
    size = divide(g("won_amount"), g("won_deals"))
    cycle = divide(g("cycle_days"), g("cycle_deals"))
    velocity = None if None in (g("opportunities"), size, win_rate) else divide(g("opportunities") * size * win_rate, cycle)
    return {
        "impressions": g("impressions"), "clicks": g("clicks"), "click_through_rate": divide(g("clicks"), g("impressions")),
        "cost_per_click": divide(g("cost"), g("clicks")), "cost_per_mille": divide(None if g("cost") is None else 1000 * g("cost"), g("impressions")),
        "sessions": g("sessions"), "engagement_rate": divide(g("engaged_sessions"), g("sessions")),
        "pages_per_session": divide(g("pageviews"), g("sessions")), "conversion_rate": divide(g("conversions"), g("sessions")),
        "platform_conversion_rate": divide(g("platform_conversions"), g("clicks")),
        "new_leads": g("new_leads"), "mqls": g("mqls"), "sals": g("sals"), "sqls": g("sqls"), "new_customers": g("new_customers"),
        "lead_to_mql_rate": divide(g("mqls"), g("new_leads")), "mql_to_sal_rate": divide(g("sals"), g("mqls")),
        "sal_to_sql_rate": divide(g("sqls"), g("sals")), "mql_to_sql_rate": divide(g("sqls"), g("mqls")),
        "sql_to_opportunity_rate": divide(g("lead_opportunities"), g("sqls")), "lead_to_customer_rate": divide(g("won_deals"), g("new_leads")),
        "lead_rejection_rate": divide(g("rejected_leads"), g("mqls")), "opportunity_to_sqo_rate": divide(g("sqos"), g("opportunities")), "sqos": g("sqos"),
        "time_to_convert": divide(g("convert_days"), g("convert_leads")), "time_to_convert_median": g("convert_median"),
        "opportunities": g("opportunities"), "won_deals": g("won_deals"), "lost_deals": g("lost_deals"), "win_rate": win_rate,
        "win_rate_by_amount": divide(g("won_amount"), amounts), "revenue": g("won_amount"), "average_deal_size": size, "median_deal_size": g("median_won"),
        "open_opportunities": g("open_deals"), "open_pipeline": g("open_amount"), "pipeline_created": g("pipeline_created"),
        "sales_cycle_length": divide(g("touch_days"), g("touch_deals")), "sales_cycle_length_median": g("touch_median"),
        "sales_cycle_from_creation": cycle, "sales_cycle_from_creation_median": g("cycle_median"), "pipeline_velocity": velocity,
        "marketing_spend": g("cost"), "cost_per_lead": divide(g("cost"), g("new_leads")), "cost_per_mql": divide(g("cost"), g("mqls")),
        "cost_per_sal": divide(g("cost"), g("sals")), "cost_per_sql": divide(g("cost"), g("sqls")),
        "cost_per_opportunity": divide(g("cost"), g("opportunities")), "cac_marketing": divide(g("cost"), g("new_customers")),
        "cost_per_platform_conversion": divide(g("cost"), g("platform_conversions")), "revenue_per_lead": divide(g("won_amount"), g("new_leads")),
        "roi": divide(None if None in (g("won_amount"), g("cost")) else g("won_amount") - g("cost"), g("cost")),
        "marketing_efficiency_ratio": divide(g("won_amount"), g("cost")), "marketing_spend_to_revenue": divide(g("cost"), g("won_amount")),
        "marketing_sourced_pipeline": g("sourced_pipeline"), "marketing_sourced_share": divide(g("sourced_pipeline"), g("pipeline_created")),
        "pipeline_to_spend": divide(g("sourced_pipeline"), g("cost")), "organic_share": divide(g("organic_sessions"), g("sessions")),
    }


EXACT = {"impressions", "clicks", "sessions", "new_leads", "mqls", "sals", "sqls", "new_customers", "opportunities", "won_deals", "lost_deals",
         "open_opportunities", "sqos", "median_deal_size", "sales_cycle_length_median", "sales_cycle_from_creation_median", "time_to_convert_median"}


def agree(kpi, expected, found):
    """Counts and medians exactly, the rest to 1e-9 of the larger part (differences lose digits: of the operands' size)."""
    expected = None if is_mixed(expected) else plain(expected)
    if expected is None or found is None:
        return expected is found
    if kpi in EXACT:
        return float(expected) == float(found)
    return abs(expected - found) <= 1e-9 * max(abs(expected), abs(found), 1e-6 if kpi != "roi" else 1)
