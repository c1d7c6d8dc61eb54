#!/usr/bin/env python3
"""Expected figures of the sample company, straight from its CSV files by hand-written SQL; knows nothing of the engine or its catalogue.

Usage: sample.py [--check]   writes tests/web/expected/sample.json, or fails when it is not what would be written.

How each figure is defined (an event counts in the period of its own date):
  funnel rates   by cohort, which is what the page shows where rows have dates: of the leads that entered the stage in the period (of the deals created in
                 it), those that came further, whenever that was; asked for by period, the events of the period over the events of the period
  leads          each Record ID once, the first line wins; new_leads by Create Date; mqls, sals, sqls, lead_opportunities by "Became ... Date"
  deals          opportunities and pipeline_created by Create Date; won_*, lost_* by Close Date of deals in stage Closed Won / Closed Lost;
                 open_* as exported: the same for every period asked for, and not to be had per month or for the period compared with
  new_customers  an account's first won deal (by Close Date, then by line) in the period
  cycles         whole days to Close Date over won deals of the period: from the deal's Create Date, or (first touch) from the Create Date of
                 the lead it came from, deals without a lead left out; medians are means of the two middle values
  media          sums over weeks that start in the period; the Total line is no row; marketing_spend = cost, since no other cost is given
  channel        the files' names for one channel are one member, named by its id; a deal's is its own source
  campaign       a deal's is that of the lead it came from; industry: that of the company, by its name; members by the text as written, "" = none given
  ratios         of sums, at the grain shown; null where a part is missing (no row of the member in the file, no column) or the divisor is 0
"""
import csv
import json
import pathlib
import sqlite3
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "differential"))
from groups.funnel import product_limit  # noqa: E402

SAMPLES = ROOT / "web" / "samples"
EXPECTED = ROOT / "tests" / "web" / "expected" / "sample.json"

CHANNELS = {
    "Organic Search": "organic_search", "Paid Search": "paid_search", "Paid Social": "paid_social", "Email Marketing": "email", "Email": "email",
    "Direct Traffic": "direct", "Direct": "direct", "Referrals": "referral", "Referral": "referral", "Offline Sources": "offline", "": "",
}

SCHEMA = """
create table account(name text, industry text, country text);
create table lead(line integer, id text, created text, channel text, campaign text, company text,
                  mql text, sal text, sql text, opportunity text, customer text, industry text);
create table deal(line integer, id text, stage text, amount real, created text, closed text, channel text, company text, lead text,
                  lead_created text, campaign text, industry text);
create table spend(day text, channel text, campaign text, cost real, impressions real, clicks real, conversions real);
create table visit(day text, channel text, sessions real, engaged real, views real, conversions real);
"""


def rows(name, skip=0):
    with open(SAMPLES / name, encoding="utf-8", newline="") as file:
        for _ in range(skip):
            next(file)
        yield from csv.DictReader(file)


def load():
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    number = lambda text: float(text.replace(",", "")) if text else None
    day = lambda text: text or None
    for r in rows("accounts.csv"):
        db.execute("insert into account values(?,?,?)", (r["Company name"], r["Industry"], r["Country/Region"]))
    for line, r in enumerate(rows("crm_leads.csv")):
        db.execute("insert into lead values(?,?,?,?,?,?,?,?,?,?,?,'')", (
            line, r["Record ID"], r["Create Date"], CHANNELS[r["Original Source"]], r["Campaign"], r["Associated Company"],
            day(r["Became a Marketing Qualified Lead Date"]), day(r["Sales Accepted Date"]),
            day(r["Became a Sales Qualified Lead Date"]), day(r["Became an Opportunity Date"]), day(r["Became a Customer Date"])))
    for line, r in enumerate(rows("crm_deals.csv")):
        db.execute("insert into deal values(?,?,?,?,?,?,?,?,?,null,'','')", (
            line, r["Record ID"], r["Deal Stage"], number(r["Amount"]), r["Create Date"], r["Close Date"], CHANNELS[r["Original Source"]],
            r["Associated Company"], r["Associated Contact IDs"] or None))
    for r in rows("ad_spend.csv", skip=2):
        if r["Date"] == "Total":
            continue
        db.execute("insert into spend values(?,?,?,?,?,?,?)", (
            r["Date"], CHANNELS[r["Channel"]], r["Campaign"],
            *(number(r[c]) for c in ("Cost (EUR)", "Impressions", "Clicks", "Conversions"))))
    for r in rows("web_sessions.csv", skip=6):
        d = r["Date"]
        db.execute("insert into visit values(?,?,?,?,?,?)", (
            f"{d[:4]}-{d[4:6]}-{d[6:]}", CHANNELS[r["Session default channel group"]],
            *(number(r[c]) for c in ("Sessions", "Engaged sessions", "Views", "Key events"))))
    db.executescript("""
        delete from lead where line not in (select min(line) from lead group by id);
        update lead set industry = coalesce((select industry from account where name = company), '');
        update deal set industry = coalesce((select industry from account where name = company), ''),
                        lead_created = (select created from lead where lead.id = deal.lead),
                        campaign = coalesce((select campaign from lead where lead.id = deal.lead), '');
    """)
    return db


# measure -> (table, date, what is counted or added, condition). "days" lists are for medians.
WON, LOST, OPEN = "stage = 'Closed Won'", "stage = 'Closed Lost'", "stage not in ('Closed Won', 'Closed Lost')"
FROM_CREATION = "julianday(closed) - julianday(created)"
FROM_TOUCH = "julianday(closed) - julianday(lead_created)"
# What marketing sources: not outbound, partner or offline, and no deal without a channel.
MARKETING = """('paid_search', 'organic_search', 'paid_social', 'organic_social', 'email', 'referral', 'direct', 'display', 'video', 'events', 'webinar',
               'affiliate', 'content_syndication', 'other_campaigns')"""

MEASURES = {
    "new_leads": ("lead", "created", "count", "1"),
    "mqls": ("lead", "mql", "count", "mql is not null"),
    "sals": ("lead", "sal", "count", "sal is not null"),
    "sqls": ("lead", "sql", "count", "sql is not null"),
    "lead_opportunities": ("lead", "opportunity", "count", "opportunity is not null"),
    "convert_days": ("lead", "customer", "julianday(customer) - julianday(created)", "customer is not null"),
    "convert_leads": ("lead", "customer", "count", "customer is not null"),
    "convert_list": ("lead", "customer", ["julianday(customer) - julianday(created)"], "customer is not null"),
    "opportunities": ("deal", "created", "count", "1"),
    "pipeline_created": ("deal", "created", "amount", "1"),
    "sourced_pipeline": ("deal", "created", "amount", f"channel in {MARKETING}"),
    "won_deals": ("deal", "closed", "count", WON),
    "lost_deals": ("deal", "closed", "count", LOST),
    "won_amount": ("deal", "closed", "amount", WON),
    "lost_amount": ("deal", "closed", "amount", LOST),
    "won_list": ("deal", "closed", ["amount"], WON),
    "cycle_days": ("deal", "closed", FROM_CREATION, WON),
    "cycle_list": ("deal", "closed", [FROM_CREATION], WON),
    "touch_days": ("deal", "closed", FROM_TOUCH, WON + " and lead_created is not null"),
    "touch_deals": ("deal", "closed", "count", WON + " and lead_created is not null"),
    "touch_list": ("deal", "closed", [FROM_TOUCH], WON + " and lead_created is not null"),
    "new_customers": ("deal", "closed", "count", WON + " and not exists (select 1 from deal d where d.stage = 'Closed Won' and d.company = deal.company"
                      " and (d.closed < deal.closed or (d.closed = deal.closed and d.line < deal.line)))"),
    "open_deals": ("deal", None, "count", OPEN),
    "open_amount": ("deal", None, "amount", OPEN),
    "cost": ("spend", "day", "cost", "1"),
    "impressions": ("spend", "day", "impressions", "1"),
    "clicks": ("spend", "day", "clicks", "1"),
    "ad_conversions": ("spend", "day", "conversions", "1"),
    "sessions": ("visit", "day", "sessions", "1"),
    "engaged": ("visit", "day", "engaged", "1"),
    "views": ("visit", "day", "views", "1"),
    "conversions": ("visit", "day", "conversions", "1"),
}

# Rate -> (who entered and when, who of them came further and when). Nobody in the sample skips a stage, and every stage has its date.
STAGE_RATES = {
    "lead_to_mql_rate": ("created", "mql"), "mql_to_sal_rate": ("mql", "sal"), "sal_to_sql_rate": ("sal", "sql"), "mql_to_sql_rate": ("mql", "sql"),
    "sql_to_opportunity_rate": ("sql", "opportunity"), "lead_to_customer_rate": ("created", "customer"),
}
COHORTS = {kpi: (("lead", start, "count", f"{start} is not null"), ("lead", start, "count", f"{start} is not null and {end} is not null"))
           for kpi, (start, end) in STAGE_RATES.items()}
COHORTS["win_rate_by_cohort"] = (MEASURES["opportunities"], ("deal", "created", "count", WON))
LEAST_CONVERSIONS = 20
COLUMNS = {"lead": {"channel", "campaign", "industry"}, "deal": {"channel", "campaign", "industry"}, "spend": {"channel", "campaign"}, "visit": {"channel"}}


def measure(db, definition, window, conditions):
    """conditions: [(dimension, member)]. None = not known: the table cannot be cut so, or has no row of the member."""
    table, date, what, where = definition
    if any(dimension not in COLUMNS[table] for dimension, _ in conditions):
        return None
    if date is None:
        window = (None, None)
    cut = "".join(f" and {dimension} = ?" for dimension, _ in conditions)
    members = [member for _, member in conditions]
    where += cut
    values = list(members)
    if window != (None, None):
        where += f" and {date} between ? and ?"
        values += window
    if isinstance(what, list):
        found = [v for (v,) in db.execute(f"select {what[0]} from {table} where ({where}) and {what[0]} is not null", values)]
        return statistics.median(found) if found else None
    if what == "count":
        return db.execute(f"select count(*) from {table} where {where}", values).fetchone()[0]
    if db.execute(f"select count(*) from {table} where 1 {cut}", members).fetchone()[0] == 0:
        return None
    return db.execute(f"select coalesce(sum({what}), 0) from {table} where {where}", values).fetchone()[0]


def without_stocks(values):
    return {**values, "open_opportunities": None, "open_pipeline": None}


def divide(a, b):
    return None if a is None or b is None or b == 0 else a / b


def cohort_rates(db, window=(None, None), conditions=()):
    cells = {kpi: [measure(db, part, window, list(conditions)) for part in parts] for kpi, parts in COHORTS.items()}
    return {kpi: divide(further, entered) for kpi, (entered, further) in cells.items()}


def maturity(db, window):
    """Share of the conversions of the period's cohort that can have happened by the last day of the leads and deals: see product_limit."""
    last, = db.execute(f"""select max(julianday(d)) from (select max(created) d from deal union select max(closed) from deal where not ({OPEN})
                           union select max(max(created, coalesce(mql, ''), coalesce(sal, ''), coalesce(sql, ''), coalesce(opportunity, ''), coalesce(customer, ''))) from lead)""").fetchone()
    pairs = {kpi: db.execute(f"select julianday({a}), julianday({b}) from lead where {a} is not null and {b} is not null").fetchall() for kpi, (a, b) in STAGE_RATES.items()}
    pairs["win_rate_by_cohort"] = db.execute(f"select julianday(created), julianday(closed) from deal where {WON}").fetchall()
    found = {}
    for kpi, ((table, date, _, where), _) in COHORTS.items():
        seen = [(int(last - start), int(max(0, end - start))) for start, end in pairs[kpi]]
        completed = product_limit([(age, lag) for age, lag in seen if lag <= age])
        ages = [int(last - start) for (start,) in db.execute(f"select julianday({date}) from {table} where {where} and {date} between ? and ?", window)]
        assert len(seen) >= LEAST_CONVERSIONS and ages, kpi
        found[kpi] = sum(map(completed, ages)) / len(ages)
    return found


def kpis(db, window=(None, None), conditions=(), basis="cohort"):
    m = {name: measure(db, definition, window, list(conditions)) for name, definition in MEASURES.items()}
    minus = lambda a, b: None if a is None or b is None else a - b
    plus = lambda a, b: None if a is None or b is None else a + b
    win_rate = divide(m["won_deals"], plus(m["won_deals"], m["lost_deals"]))
    deal_size = divide(m["won_amount"], m["won_deals"])
    cycle = divide(m["cycle_days"], m["won_deals"])
    velocity = None if None in (m["opportunities"], deal_size, win_rate) else divide(m["opportunities"] * deal_size * win_rate, cycle)
    cohorts = cohort_rates(db, window, conditions)
    return {
        "impressions": m["impressions"], "clicks": m["clicks"],
        "click_through_rate": divide(m["clicks"], m["impressions"]),
        "cost_per_click": divide(m["cost"], m["clicks"]),
        "cost_per_mille": divide(None if m["cost"] is None else 1000 * m["cost"], m["impressions"]),
        "sessions": m["sessions"], "engagement_rate": divide(m["engaged"], m["sessions"]),
        "pages_per_session": divide(m["views"], m["sessions"]), "conversion_rate": divide(m["conversions"], m["sessions"]),
        "platform_conversion_rate": divide(m["ad_conversions"], m["clicks"]),
        "new_leads": m["new_leads"], "mqls": m["mqls"], "sals": m["sals"], "sqls": m["sqls"], "new_customers": m["new_customers"],
        "lead_to_mql_rate": divide(m["mqls"], m["new_leads"]), "mql_to_sal_rate": divide(m["sals"], m["mqls"]),
        "sal_to_sql_rate": divide(m["sqls"], m["sals"]), "mql_to_sql_rate": divide(m["sqls"], m["mqls"]),
        "sql_to_opportunity_rate": divide(m["lead_opportunities"], m["sqls"]),
        "lead_to_customer_rate": divide(m["won_deals"], m["new_leads"]),
        "time_to_convert": divide(m["convert_days"], m["convert_leads"]), "time_to_convert_median": m["convert_list"],
        "opportunities": m["opportunities"], "won_deals": m["won_deals"], "lost_deals": m["lost_deals"],
        "win_rate": win_rate, "win_rate_by_amount": divide(m["won_amount"], plus(m["won_amount"], m["lost_amount"])),
        "revenue": m["won_amount"], "average_deal_size": deal_size, "median_deal_size": m["won_list"],
        "open_opportunities": m["open_deals"], "open_pipeline": m["open_amount"], "pipeline_created": m["pipeline_created"],
        "sales_cycle_length": divide(m["touch_days"], m["touch_deals"]), "sales_cycle_length_median": m["touch_list"],
        "sales_cycle_from_creation": cycle, "sales_cycle_from_creation_median": m["cycle_list"],
        "pipeline_velocity": velocity,
        "marketing_spend": m["cost"],
        "cost_per_lead": divide(m["cost"], m["new_leads"]), "cost_per_mql": divide(m["cost"], m["mqls"]),
        "cost_per_sal": divide(m["cost"], m["sals"]), "cost_per_sql": divide(m["cost"], m["sqls"]),
        "cost_per_opportunity": divide(m["cost"], m["opportunities"]), "cac_marketing": divide(m["cost"], m["new_customers"]),
        "cost_per_platform_conversion": divide(m["cost"], m["ad_conversions"]),
        "revenue_per_lead": divide(m["won_amount"], m["new_leads"]),
        "roi": divide(minus(m["won_amount"], m["cost"]), m["cost"]),
        "marketing_efficiency_ratio": divide(m["won_amount"], m["cost"]),
        "marketing_spend_to_revenue": divide(m["cost"], m["won_amount"]),
        "marketing_sourced_pipeline": m["sourced_pipeline"], "marketing_sourced_share": divide(m["sourced_pipeline"], m["pipeline_created"]),
        "pipeline_to_spend": divide(m["sourced_pipeline"], m["cost"]),
        **(cohorts if basis == "cohort" else {"win_rate_by_cohort": cohorts["win_rate_by_cohort"]}),
    }


def rounded(values):
    return {k: v if v is None or isinstance(v, int) else float(f"{v:.12g}") for k, v in values.items()}


MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
LAST = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def month_window(label):
    year, month = map(int, label.split("-"))
    return f"{label}-01", f"{label}-{29 if (year, month) == (2024, 2) else LAST.get(month, 28)}"


def expected():
    db = load()
    members = lambda sql: [m for (m,) in db.execute(sql)]
    by = lambda dimension, keys, window=(None, None), basis="cohort": {key: rounded(kpis(db, window, [(dimension, key)], basis)) for key in keys}
    all_channels = members("select distinct channel from lead union select channel from deal union select channel from spend union select channel from visit order by 1")
    all_campaigns = members("select distinct campaign from lead union select campaign from deal union select campaign from spend order by 1")
    all_industries = members("select distinct industry from lead union select industry from deal order by 1")
    fourth, third, second, before = ("2025-10-01", "2025-12-31"), ("2025-07-01", "2025-09-30"), ("2025-04-01", "2025-06-30"), ("2024-07-01", "2024-09-30")
    paid = [("channel", "paid_search")]
    year = ("2025-01-01", "2025-12-31")

    def by_month(basis):
        series = [without_stocks(rounded(kpis(db, month_window(label), basis=basis))) for label in MONTHS]
        return {"labels": MONTHS, "kpis": {k: [month[k] for month in series] for k in series[0]}}

    reports = [
        {"name": "everything by month", "request": {"grain": "month"}, "kpis": rounded(kpis(db)),
         "series": by_month("cohort"), "other_basis": rounded({k: kpis(db, basis="period")[k] for k in STAGE_RATES})},
        {"name": "everything by month, by period", "request": {"grain": "month", "basis": "period"}, "kpis": rounded(kpis(db, basis="period")),
         "series": by_month("period"), "other_basis": rounded({k: kpis(db)[k] for k in STAGE_RATES})},
        {"name": "fourth quarter of 2025", "request": {"from": fourth[0], "to": fourth[1], "grain": "month"}, "kpis": rounded(kpis(db, fourth)),
         "other_basis": rounded({k: kpis(db, fourth, basis="period")[k] for k in STAGE_RATES}), "maturity": rounded(maturity(db, fourth))},
        {"name": "third quarter of 2025 by channel, by period, against last year",
         "request": {"from": third[0], "to": third[1], "grain": "month", "group_by": "channel", "compare": "same_period_last_year", "basis": "period"},
         "kpis": rounded(kpis(db, third, basis="period")), "compare": without_stocks(rounded(kpis(db, before, basis="period"))),
         "members": by("channel", all_channels, third, "period")},
        {"name": "by channel", "request": {"grain": "month", "group_by": "channel"}, "members": by("channel", all_channels)},
        {"name": "by campaign", "request": {"grain": "month", "group_by": "campaign"}, "members": by("campaign", all_campaigns)},
        {"name": "by industry", "request": {"grain": "month", "group_by": "industry"}, "members": by("industry", all_industries)},
        {"name": "third quarter of 2025, paid search, against the quarter before",
         "request": {"from": third[0], "to": third[1], "grain": "month", "compare": "previous_period", "filters": [{"dimension": "channel", "values": ["paid_search"]}]},
         "kpis": rounded(kpis(db, third, paid)), "compare": without_stocks(rounded(kpis(db, second, paid)))},
        {"name": "third quarter of 2025 by channel, against last year",
         "request": {"from": third[0], "to": third[1], "grain": "month", "group_by": "channel", "compare": "same_period_last_year"},
         "kpis": rounded(kpis(db, third)), "compare": without_stocks(rounded(kpis(db, before))), "members": by("channel", all_channels, third)},
        {"name": "year 2025 with gross margin 80 %", "request": {"from": year[0], "to": year[1], "grain": "quarter", "parameters": {"gross_margin": 0.8}},
         "kpis": rounded(kpis(db, year))},
    ]
    figures = reports[-1]["kpis"]
    figures["romi"] = float(f"{(figures['revenue'] * 0.8 - figures['marketing_spend']) / figures['marketing_spend']:.12g}")
    return {
        "written_by": "tests/oracle/sample.py: SQLite over web/samples/*.csv; its first lines say how each figure is defined",
        "files": [{"name": "crm_leads.csv", "records_used": 1134, "duplicates": 1}, {"name": "crm_deals.csv", "records_used": 246, "duplicates": 0},
                  {"name": "ad_spend.csv", "records_used": 486, "duplicates": 0}, {"name": "web_sessions.csv", "records_used": 630, "duplicates": 0},
                  {"name": "accounts.csv", "records_used": 95, "duplicates": 0}],
        "currency": "EUR",
        "reports": reports,
    }


def main():
    text = json.dumps(expected(), indent=1, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        if EXPECTED.read_text(encoding="utf-8") != text:
            print("tests/web/expected/sample.json is not what tests/oracle/sample.py calculates; run it", file=sys.stderr)
            return 1
        print("expected figures of the sample: as calculated")
        return 0
    EXPECTED.parent.mkdir(parents=True, exist_ok=True)
    EXPECTED.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
