"""The funnel by cohort, a second time: who entered a stage and when, how far they came, and how complete a young cohort is.

Entry day of a stage  its own date; without one, the earliest date of a later stage; where nothing dates the stage, the day of creation.
Reached               the furthest stage that the text or a date tells. What the leads file says nothing about: its own won deal tells a customer, else the
                      won deals that name the lead do; deals that name it tell an opportunity. A repeated deal tells nothing more.
Strict                only those that passed every stage before that the files tell, and the stage itself: by its date where the file dates it, by the deal
                      where deals tell it, by the text where that alone does.
"""
STAGES = ["mql", "sal", "sql", "opportunity", "customer"]
RANK = {stage: rank for rank, stage in enumerate(STAGES, 2)}
TEXT = {"mql": "Marketing Qualified Lead", "sal": "Sales Accepted Lead", "sql": "Sales Qualified Lead", "opportunity": "Opportunity", "customer": "Customer"}
RULES = ("reached_or_beyond", "strict")


def derive(reference):
    """Adds to `leads`, by row: k_STAGE whether its file tells the stage, d_STAGE its date, t_STAGE the day on which it was
    passed where that is known, r_RULE the stage reached, e_STAGE the day of entry."""
    db, leads, deals = reference.db, reference.has["leads"], reference.has["opportunities"]
    if not leads:
        return
    joined = "lead_id" in leads and "lead_id" in deals
    deal = ("from opportunities o where o.lead_id = leads.lead_id and o.repeats = 0 and leads.lead_id is not null and leads.repeats = 0")
    dated = {stage: f"{stage}_at" in leads for stage in STAGES}
    for stage in STAGES:
        text = f"file in (select file from leads where lead_stage = '{TEXT[stage]}')" if "lead_stage" in leads else "0"
        db.executescript(f"alter table leads add column own_{stage}; alter table leads add column k_{stage}; alter table leads add column told_{stage}; alter table leads add column d_{stage};"
                         f"alter table leads add column x_{stage} integer default 0; alter table leads add column e_{stage};"
                         f"alter table leads add column t_{stage};"
                         f"update leads set own_{stage} = {1 if dated[stage] else text}, d_{stage} = {stage}_at;")
    db.execute("create index i_deal_lead on opportunities(lead_id)")
    # What the leads file says nothing about: x_STAGE = told by deals, d_STAGE = when.
    if joined:
        db.execute(f"update leads set x_opportunity = exists(select 1 {deal}), d_opportunity = (select min(o.created_at) {deal}) where not own_opportunity")
    if reference.tells("leads"):
        db.execute("update leads set x_customer = 1, d_customer = closed_at where not own_customer and status = 'won'")
    elif joined and reference.tells("opportunities"):
        db.execute(f"""update leads set x_customer = exists(select 1 {deal} and o.status = 'won'), d_customer = (select min(o.closed_at) {deal} and o.status = 'won')
                       where not own_customer""")
    for stage in STAGES:
        by_deals = {"opportunity": joined, "customer": reference.tells("leads") or (joined and reference.tells("opportunities"))}.get(stage, False)
        db.execute(f"update leads set k_{stage} = own_{stage} or {int(by_deals)}, told_{stage} = not own_{stage} and {int(by_deals)}")
    for rule in RULES:
        db.execute(f"alter table leads add column r_{rule} integer default 1")
    told = ", ".join(f"case when x_{s} then {RANK[s]} else 0 end" for s in STAGES)
    db.execute(f"update leads set r_reached_or_beyond = max(1, rank, {told})")
    # The furthest stage up to which no dated stage lacks its date, and none that deals tell its deal.
    gaps = ", ".join(f"case when {f'{s}_at is null' if dated[s] else f'told_{s} and not x_{s}'} then {RANK[s] - 1} else 99 end" for s in STAGES)
    db.execute(f"update leads set r_strict = max(1, min(r_reached_or_beyond, 99, {gaps}))")
    for i, stage in enumerate(STAGES):
        later = ", ".join(f"coalesce(d_{s}, '9999')" for s in STAGES[i + 1:]) or "'9999'"
        # Dated: by a column, or row by row where deals tell the stage.
        has_dates = "1" if dated[stage] else f"told_{stage}"
        came = f"case when r_reached_or_beyond >= {RANK[stage]} then created_at end" if "created_at" in leads else "null"
        db.execute(f"""update leads set t_{stage} = case when {has_dates} then coalesce(d_{stage}, nullif(min('9999', {later}), '9999')) end""")
        db.execute(f"update leads set e_{stage} = case when {has_dates} then t_{stage} else {came} end")


# KPI -> (stage entered, stage reached). The rejection rate has the disqualification for the latter.
RATES = {"lead_to_mql_rate": ("lead", "mql"), "mql_to_sal_rate": ("mql", "sal"), "sal_to_sql_rate": ("sal", "sql"), "mql_to_sql_rate": ("mql", "sql"),
         "sql_to_opportunity_rate": ("sql", "opportunity"), "lead_to_customer_rate": ("lead", "customer"), "lead_rejection_rate": ("mql", None)}


def entered(reference, stage, rule):
    """-> the measure of those who entered the stage, or None"""
    if not reference.has["leads"]:
        return None
    if stage == "lead":
        return ("leads", "created_at", "count", "1") if "created_at" in reference.has["leads"] else None
    known = f"k_{stage}"
    if not reference.db.execute(f"select exists(select 1 from leads where {known})").fetchone()[0]:
        return None
    return ("leads", f"e_{stage}", "count", f"{known} and r_{rule} >= {RANK[stage]}", known)


def rate_measures(reference, rule):
    """KPI -> (numerator, denominator): measures as Reference.measures() has them, either None where the files do not tell it."""
    found = {}
    for kpi, (start, end) in RATES.items():
        below, above = entered(reference, start, rule), None
        if below and end is None and "disqualified_at" in reference.has["leads"]:
            above = (*below[:3], f"{below[3]} and disqualified_at is not null", *below[4:])
        if below and end:
            further = entered(reference, end, rule)
            if further:
                files = " and ".join([*below[4:], *further[4:]])
                above = (*below[:3], f"{below[3]} and {further[3]}", files) if files else None
        found[kpi] = (above, below)
    deals = reference.has["opportunities"]
    created = reference.measures().get("opportunities")
    sqo = ("opportunities", "created_at", "count", "created_at is not null and sqo_at is not null") if {"created_at", "sqo_at"} <= deals else None
    found["opportunity_to_sqo_rate"] = (sqo, created)
    found["win_rate_by_cohort"] = (("opportunities", "created_at", "count", "status = 'won'") if deals and reference.tells("opportunities") else None, created)
    return found


def conversion_day(reference, kpi):
    """The day on which one of the numerator's rows converted, as SQL; None: the files do not date it."""
    if kpi in ("opportunity_to_sqo_rate", "win_rate_by_cohort"):
        column = "sqo_at" if kpi == "opportunity_to_sqo_rate" else "closed_at"
        return column if column in reference.has["opportunities"] else None
    end = RATES[kpi][1]
    return f"t_{end}" if end else "disqualified_at"


def product_limit(conversions):
    """conversions: [(age, lag)], 0 <= lag <= age -> F(t). By the definition, each day anew: Lynden-Bell 1971.
    Where all at risk convert on the same day though others converted sooner, the limit would be 0 for every earlier day: such a day is left out."""
    lags = sorted({lag for _, lag in conversions}, reverse=True)
    longest = max(age for age, _ in conversions)

    def completed(t):
        found = 1.0
        for s in lags:
            if s > t:
                events, at_risk = sum(lag == s for _, lag in conversions), sum(lag <= s <= age for age, lag in conversions)
                if events < at_risk or s == lags[-1]:  # else it has nobody to be compared with, and says nothing of earlier days
                    found *= 1 - events / at_risk
        return 1.0 if t >= longest else found

    return completed
