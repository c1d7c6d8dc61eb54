#!/usr/bin/env python3
"""Expected figures of the whole sample, counted row by row in plain Python; knows nothing of the engine or its catalogue.

Usage: whole_sample.py [--check]   writes tests/web/expected/whole_sample.json, or fails when it is not what would be written.

How each figure is defined (an event or amount counts in the period of its own date; ratios are of sums; null where the divisor is 0):
  costs          marketing = media + content + software + agency + marketing salaries; sales = salaries + CRM licences;
                 fully loaded CAC = (marketing + sales + overhead) / new customers, each an account's first won deal
  profit         won amounts - cost of goods of the orders - customer success - marketing - sales - administration - overhead; not known
                 before the first order that the file has (CONTRIBUTING.md: missing is not zero)
  subscriptions  active on a day: begun, and not ended on it; a period begins with what is active the day before it. What a customer pays is
                 compared from the end of one month to the end of the next: from nothing = new, to nothing = churn, more = expansion,
                 less = contraction. Rates are over the customers or the MRR at the start. Retained = at the end but not joined in between.
  orders         frequency = orders / customers who ordered / days of the period * 365.25
  tests          uplift = (conversions / visitors of the variant) / (the same of the control) - 1, over all tests of the period
  content        engagement = (likes + comments + shares + clicks) / impressions, of posts; leads / sessions, of guides
  answers        hours from hand-over to first answer, by the day of hand-over; agreed: 24 hours, 4 for paid search, and 96 from MQL to SAL in
                 whole days; a step not taken is due when its time is over at the end of 2025
  scores         pairs of a customer and another lead, both created in the period: how often the customer's score is higher, ties half
  stages         a stage lasts until the same person enters the next one, and counts where that is
  lagged cost    all cost, of the period as many days earlier as the median deal won in the whole report took; null where
                 that is before the data
  attribution    touches belong to the first deal that their account wins afterwards or on the same day; a touch of a contact or company that
                 shares one with the deal is of the same account. A deal's amount goes to its touches, on the day of the win: all to the
                 first, all to the last, or to each the same. Influenced: amounts of won deals that have a touch.
  cohorts        customers by their first subscription, a year later; those who cannot be that old by the end of 2025 are left out
  hand-kept      active users: from the first month's start to the last month's end; coverage = open deals as exported / quota
"""
import calendar
import csv
import datetime
import json
import pathlib
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "web" / "samples"
EXPECTED = ROOT / "tests" / "web" / "expected" / "whole_sample.json"
DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2024, 1, 1), datetime.date(2025, 12, 31)


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def number(text):
    return float(text.replace(",", "")) if text else 0.0


def rows(name, skip=0):
    with open(SAMPLES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(list(file)[skip:]))


DEALS = rows("crm_deals")
WON = sorted((r for r in DEALS if r["Deal Stage"] == "Closed Won"), key=lambda r: r["Close Date"])
OPEN_PIPELINE = sum(number(r["Amount"]) for r in DEALS if not r["Deal Stage"].startswith("Closed"))
SPEND = [r for r in rows("ad_spend", skip=2) if r["Date"] != "Total"]
LEADS = {r["Record ID"]: r for r in reversed(rows("crm_leads"))}.values()
COSTS, EVENTS, EMAILS, CONTENT = rows("other_costs"), rows("web_events"), rows("email_sends"), rows("content")
ORDERS, TESTS, TOTALS = rows("orders"), rows("experiments"), rows("totals")
TOUCHES = rows("touchpoints")
HISTORY, RULES = rows("stage_history"), rows("agreed_times")
SUBSCRIPTIONS = [(r["Customer"], day(r["Start date"]), day(r["End date"]), float(r["MRR"])) for r in rows("subscriptions")]


def accounts():
    """function: contact, company -> account; contacts that share a company are of one account, and companies that share a contact"""
    parent = {}

    def root(name):
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for table, contact, company in ((rows("crm_leads"), "Record ID", "Associated Company"), (DEALS, "Associated Contact IDs", "Associated Company"), (TOUCHES, "Contact ID", "Company")):
        for r in table:
            if r[contact] and r[company]:
                parent[root("contact " + r[contact])] = root("company " + r[company])
    return lambda contact, company: root("contact " + contact if contact else "company " + company)


def touched_wins():
    """won deal, its touches in order"""
    account = accounts()
    of_account = {}
    for r in sorted(TOUCHES, key=lambda r: r["Touchpoint date"]):
        of_account.setdefault(account(r["Contact ID"], r["Company"]), []).append(r)
    days = {}
    for r in WON:
        days.setdefault(account(r["Associated Contact IDs"], r["Associated Company"]), set()).add(r["Close Date"])
    found = []
    for r in WON:
        key = account(r["Associated Contact IDs"], r["Associated Company"])
        before = max((d for d in days[key] if d < r["Close Date"]), default="")
        found.append((r, [t for t in of_account.get(key, []) if before < t["Touchpoint date"][:10] <= r["Close Date"]]))
    return found


def attribution(first, last):
    found = {"attributed_revenue": 0.0, "attributed_revenue_first_touch": 0.0, "attributed_revenue_last_touch": 0.0, "marketing_influenced_revenue": 0.0}
    for deal, touches in TOUCHED_WINS:
        if not first <= day(deal["Close Date"]) <= last or not touches:
            continue
        amount = number(deal["Amount"])
        found["marketing_influenced_revenue"] += amount
        for i in range(len(touches)):
            found["attributed_revenue"] += amount / len(touches)
            found["attributed_revenue_first_touch"] += amount * (i == 0)
            found["attributed_revenue_last_touch"] += amount * (i == len(touches) - 1)
    return found


def first_won():
    """company -> day of its first won deal"""
    first = {}
    for r in WON:
        first.setdefault(r["Associated Company"], day(r["Close Date"]))
    return first


def paying(on):
    """customer -> MRR on a day"""
    found = {}
    for customer, start, end, mrr in SUBSCRIPTIONS:
        if start <= on and (end is None or end > on):
            found[customer] = found.get(customer, 0.0) + mrr
    return found


def month_ends(first, last):
    while first <= last:
        end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        yield first - DAY, end
        first = end + DAY


def subscription_figures(first, last):
    """first .. last: whole months."""
    new = expansion = contraction = churn = 0.0
    joined = churned = 0
    for start, end in month_ends(first, last):
        before, after = paying(start), paying(end)
        for customer in before.keys() | after.keys():
            was, now = before.get(customer), after.get(customer)
            if was is None:
                new, joined = new + now, joined + 1
            elif now is None:
                churn, churned = churn + was, churned + 1
            elif now > was:
                expansion += now - was
            else:
                contraction += was - now
    at_start, at_end = paying(first - DAY), paying(last)
    mrr_start, mrr = sum(at_start.values()), sum(at_end.values())
    assert mrr - mrr_start == new + expansion - contraction - churn
    churn_rate = divide(churned, len(at_start))
    return len(at_end), {
        "mrr": mrr, "arr": mrr * 12, "net_new_mrr": new + expansion - contraction - churn,
        "revenue_churn": divide(churn + contraction, mrr_start), "gross_revenue_retention": divide(mrr_start - contraction - churn, mrr_start),
        "net_revenue_retention": divide(mrr_start + expansion - contraction - churn, mrr_start),
        "customer_churn_rate": churn_rate, "customer_retention_rate": divide(len(at_end) - joined, len(at_start)),
        # A month's churn to the power of twelve: of a longer stretch it would say nothing.
        "customer_churn_rate_yearly": None if churn_rate is None or (first.year, first.month) != (last.year, last.month) else 1 - (1 - churn_rate) ** 12,
    }


def divide(a, b):
    return a / b if b else None


def moment(text):
    return datetime.datetime.fromisoformat(text) if text else None


def agreed_times(first, last):
    """due and kept, of leads handed over in the period"""
    general = next(float(r["SLA hours"]) for r in RULES if not r["From stage"] and not r["Channel"])
    of_channel = {r["Channel"]: float(r["SLA hours"]) for r in RULES if r["Channel"]}
    stage_hours = next(float(r["SLA hours"]) for r in RULES if r["From stage"] == "MQL" and r["To stage"] == "SAL")
    end = datetime.datetime.combine(LAST + DAY, datetime.time())
    due = kept = 0
    for r in LEADS:
        handed = moment(r["Handed over at"])
        if not handed or not first <= handed.date() <= last:
            continue
        hours = of_channel.get(r["Original Source"], general)
        answered, mql, sal = moment(r["First response at"]), day(r["Became a Marketing Qualified Lead Date"]), day(r["Sales Accepted Date"])
        if answered:
            due, kept = due + 1, kept + (answered - handed <= datetime.timedelta(hours=hours))
        elif handed + datetime.timedelta(hours=hours) <= end:
            due += 1
        if sal:
            due, kept = due + 1, kept + ((sal - mql).days * 24 <= stage_hours)
        elif datetime.datetime.combine(mql, datetime.time()) + datetime.timedelta(hours=stage_hours) <= end:
            due += 1
    return due, kept


def stage_days(first, last):
    """days of each stage that was left in the period"""
    of_person = {}
    for r in HISTORY:
        of_person.setdefault(r["Contact ID"], []).append(day(r["Entered stage at"]))
    steps = [(a, b) for days in of_person.values() for a, b in zip(sorted(days), sorted(days)[1:])]
    return [(b - a).days for a, b in steps if first <= b <= last]


def score_quality(leads):
    won = [float(r["HubSpot Score"]) for r in leads if r["HubSpot Score"] and r["Became a Customer Date"]]
    lost = [float(r["HubSpot Score"]) for r in leads if r["HubSpot Score"] and not r["Became a Customer Date"]]
    return divide(sum((w > l) + 0.5 * (w == l) for w in won for l in lost), len(won) * len(lost))


def a_year_later(first, last):
    start = {}
    for customer, begin, _, _ in SUBSCRIPTIONS:
        start[customer] = min(begin, start.get(customer, begin))
    birthday = lambda d: d.replace(year=d.year + 1) if (d.month, d.day) != (2, 29) else datetime.date(d.year + 1, 2, 28)
    old = {c: birthday(d) for c, d in start.items() if first <= d <= last and birthday(d) <= LAST}
    there = sum(any(c == customer and begin <= at and (end is None or end > at) for c, begin, end, _ in SUBSCRIPTIONS) for customer, at in old.items())
    return divide(there, len(old))


def median_cycle(first, last):
    days = [(day(r["Close Date"]) - day(r["Create Date"])).days for r in WON if first <= day(r["Close Date"]) <= last]
    return datetime.timedelta(days=int(statistics.median(days) + 0.5)) if days else None


def lagged_cost(first, last, whole, cost_between, new_customers):
    lag = median_cycle(*whole)
    if lag is None or whole == (FIRST, LAST):  # before all the data there is nothing
        return None
    return divide(cost_between(first - lag, last - lag), new_customers) if first - lag >= FIRST else None


def kpis(first, last, whole=None):
    """whole: the period that this one is a part of"""
    def within(table, column):
        return [r for r in table if first <= day(r[column] if len(r[column]) == 10 else r[column] + "-01") <= last]

    def total(table, column, **where):
        return sum(number(r[column]) for r in table if all(r[k.replace("_", " ")] == v for k, v in where.items()))

    costs, events, emails, content = within(COSTS, "Month"), within(EVENTS, "Date"), within(EMAILS, "Send Date"), within(CONTENT, "Publish date")
    orders, tests, totals, won = within(ORDERS, "Order date"), within(TESTS, "Week"), within(TOTALS, "Month"), within(WON, "Close Date")
    cost = lambda kind: total(costs, "Amount", **{"Cost_type": kind})
    event = lambda name: total(events, "Events", Event=name)
    kept = lambda name: total(totals, "Value", Metric=name)
    media = total(within(SPEND, "Date"), "Cost (EUR)")
    def all_cost(begin, end):
        """Media by its week, the rest by its month; without customer success and administration."""
        spent = sum(number(r["Cost (EUR)"]) for r in SPEND if begin <= day(r["Date"]) <= end)
        return spent + sum(number(r["Amount"]) for r in COSTS if begin <= day(r["Month"]) <= end and r["Cost type"] not in ("Customer success", "General and administrative"))

    marketing = media + cost("Content production") + cost("Marketing software") + cost("Agency fees") + cost("Marketing salaries")
    sales = cost("Sales salaries") + cost("CRM licences")
    loaded = marketing + sales + cost("Overhead")
    new_customers = sum(first <= d <= last for d in first_won().values())
    created = within(LEADS, "Create Date")
    leads = len(created)
    handed = [r for r in LEADS if r["Handed over at"] and first <= moment(r["Handed over at"]).date() <= last]
    waits = [(moment(r["First response at"]) - moment(r["Handed over at"])).total_seconds() / 3600 for r in handed if r["First response at"]]
    scores = [float(r["HubSpot Score"]) for r in created if r["HubSpot Score"]]
    due, in_time = agreed_times(first, last)
    left = stage_days(first, last)
    revenue = total(won, "Amount")
    has_goods = last >= min(day(r["Order date"]) for r in ORDERS)
    goods = total(orders, "Cost of goods")
    delivered, sent, opens, clicks = (total(emails, c) for c in ("Successful Deliveries", "Total Recipients", "Unique Opens", "Unique Clicks"))
    likes, comments, shares = (total(content, c) for c in ("Likes", "Comments", "Shares"))
    rate = lambda arm: divide(total(tests, "Conversions", Variant=arm), total(tests, "Visitors", Variant=arm))
    uplift = None if not rate("Control") or rate("Variant") is None else rate("Variant") / rate("Control") - 1
    frequency = divide(len(orders), len({r["Customer"] for r in orders}))
    months = sorted({r["Month"] for r in totals})
    users = lambda name, month: next(number(r["Value"]) for r in totals if r["Metric"] == name and r["Month"] == month)
    customers, recurring = subscription_figures(first, last)
    gross_profit = revenue - goods
    profits = {
        "gross_profit": gross_profit, "gross_margin_realised": divide(gross_profit, revenue),
        "profit": gross_profit - cost("Customer success") - marketing - sales - cost("General and administrative") - cost("Overhead"),
        "profit_per_customer": divide(gross_profit - cost("Customer success"), customers),
    }
    return {
        **attribution(first, last), **recurring, **(profits if has_goods else dict.fromkeys(profits)),
        "revenue": revenue, "revenue_per_customer": divide(revenue, customers),
        "marketing_spend": marketing, "sales_spend": sales, "customer_acquisition_cost": divide(loaded, new_customers), "cac_marketing": divide(marketing, new_customers),
        "marketing_share_of_cac": divide(marketing, loaded), "cost_per_lead": divide(marketing, leads), "roi": divide(revenue - marketing, marketing),
        "avg_purchase_value": divide(total(orders, "Order value"), len(orders)),
        "purchase_frequency": None if frequency is None else frequency / ((last - first).days + 1) * 365.25,
        "email_delivery_rate": divide(delivered, sent), "email_bounce_rate": divide(total(emails, "Total Bounces"), sent), "email_open_rate": divide(opens, delivered),
        "email_click_rate": divide(clicks, delivered), "click_to_open_rate": divide(clicks, opens), "unsubscribe_rate": divide(total(emails, "Unsubscribes"), delivered),
        "content_likes": likes, "content_comments": comments, "content_shares": shares, "content_downloads": total(content, "Downloads"),
        "social_engagement_rate": divide(likes + comments + shares + total(content, "Content clicks"), total(content, "Impressions")),
        "content_lead_rate": divide(total(content, "Content leads"), total(content, "Content sessions")),
        "form_completion_rate": divide(event("form_submit"), event("form_start")), "form_completion_rate_by_view": divide(event("form_submit"), event("form_view")),
        "cta_conversion_rate": divide(event("select_promotion"), event("view_promotion")), "signups": event("sign_up"), "activations": event("activation"),
        "activation_rate": divide(event("activation"), event("sign_up")), "cost_per_signup": divide(marketing, event("sign_up")), "cost_per_activation": divide(marketing, event("activation")),
        "ab_uplift": uplift,
        "sla_compliance_rate": divide(in_time, due), "follow_up_rate": divide(len(waits), len(handed)), "lead_response_time": statistics.median(waits) if waits else None,
        "lead_score_avg": divide(sum(scores), len(scores)), "lead_score_auc": score_quality(created), "time_in_stage": statistics.median(left) if left else None,
        "self_report_rate": divide(sum(r["How did you hear about us?"] != "" for r in created), leads), "cohort_retention": a_year_later(first, last),
        "cac_lagged": lagged_cost(first, last, whole or (first, last), all_cost, new_customers), "pipeline_coverage": divide(OPEN_PIPELINE, kept("Quota")),
        "user_base_growth": users("Active users end", months[-1]) / users("Active users start", months[0]) - 1,
    }


TOUCHED_WINS = touched_wins()


def rounded(values):
    return {k: v if v is None or isinstance(v, int) else float(f"{v:.12g}") for k, v in values.items()}


def series_of(first, last):
    """By month; open deals are as exported and have no history."""
    found = [rounded({**kpis(start + DAY, end, (first, last)), "pipeline_coverage": None}) for start, end in month_ends(first, last)]
    return {"labels": [f"{end:%Y-%m}" for _, end in month_ends(first, last)], "kpis": {k: [month[k] for month in found] for k in found[0]}}


def expected():
    year, before = (datetime.date(2025, 1, 1), LAST), (FIRST, datetime.date(2024, 12, 31))
    quarter, quarter_before = (datetime.date(2025, 7, 1), datetime.date(2025, 9, 30)), (datetime.date(2025, 4, 1), datetime.date(2025, 6, 30))
    compared = lambda window: {**rounded(kpis(*window)), "pipeline_coverage": None}
    request = lambda window: {"from": str(window[0]), "to": str(window[1]), "grain": "month"}
    return {
        "written_by": "tests/oracle/whole_sample.py: plain Python over web/samples/*.csv; its first lines say how each figure is defined",
        "reports": [
            {"name": "everything by month", "request": {"grain": "month"}, "kpis": rounded(kpis(FIRST, LAST)), "series": series_of(FIRST, LAST)},
            {"name": "the last twelve months against the twelve before", "request": {**request(year), "compare": "previous_period"}, "kpis": rounded(kpis(*year)), "compare": compared(before)},
            {"name": "third quarter of 2025 against the one before", "request": {**request(quarter), "compare": "previous_period"}, "kpis": rounded(kpis(*quarter)),
             "compare": compared(quarter_before), "series": series_of(*quarter)},
        ],
    }


def main():
    text = json.dumps(expected(), indent=1, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        if EXPECTED.read_text(encoding="utf-8") != text:
            print("tests/web/expected/whole_sample.json is not what tests/oracle/whole_sample.py calculates; run it", file=sys.stderr)
            return 1
        print("expected figures of the whole sample: as calculated")
        return 0
    EXPECTED.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
