"""The same report by SQLite: hand-written SQL over the generated rows. Knows the definitions, not the engine.

Known or not: a sum or count over no rows is 0 where the files speak of that time (between the first and the last day of anything that
happened in the files it comes from) and, for a member's sums, of that member; else it is not known (None). Medians of nothing are None.
"""
import datetime
import math
import sqlite3
import statistics

from groups import funnel
from groups.money import total

COLUMNS = {
    "leads": ["lead_id", "created_at", "channel", "campaign", "account_name", "owner", "country", "lead_stage", "mql_at", "sal_at", "sql_at",
              "opportunity_at", "customer_at", "disqualified_at", "is_won", "closed_at", "amount", "currency"],
    "opportunities": ["opportunity_id", "lead_id", "account_name", "created_at", "closed_at", "deal_stage", "is_won", "sqo_at", "amount", "currency",
                      "channel", "campaign", "owner"],
    "ad_spend": ["date", "channel", "campaign", "cost", "impressions", "clicks", "platform_conversions", "currency"],
    "web_sessions": ["date", "channel", "campaign", "sessions", "engaged_sessions", "pageviews", "conversions"],
    "accounts": ["account_name", "industry", "country"],
    "owners": ["owner", "owner_team"],
}
NUMBERS = {"amount", "cost", "impressions", "clicks", "platform_conversions", "sessions", "engaged_sessions", "pageviews", "conversions"}
MONEY = {"amount", "cost"}
# A row's own currency, else the only one that its file names, else unknown. Without a column the user said EUR, which overrules all.
SIGN = "case e.currency when '€' then 'EUR' else e.currency end"
DIMENSIONS = ["channel", "campaign", "owner", "account_name", "industry", "country", "owner_team"]
LOOKUPS = {"accounts": "account_name", "owners": "owner"}
ID = {"leads": "lead_id", "opportunities": "opportunity_id"}
# Channels of marketing: not outbound, partner or offline, no text of the user's own, and no blank.
MARKETING = "('paid_search', 'organic_search', 'email', 'direct')"
STAGES = {"Lead": 1, "Marketing Qualified Lead": 2, "Sales Accepted Lead": 3, "Sales Qualified Lead": 4, "Opportunity": 5, "Customer": 6}
STAGE_DATES = {"mql": ("mql_at", 2), "sal": ("sal_at", 3), "sql": ("sql_at", 4), "opportunity": ("opportunity_at", 5), "customer": ("customer_at", 6)}
# One member whatever the spelling: channels that everybody knows by their id, other texts without regard to case, '-' and '_'.
MEMBER = """case lower({0}) when 'paid search' then 'paid_search' when 'organic search' then 'organic_search' when 'email' then 'email'
            when 'direct' then 'direct' else coalesce(replace(lower({0}), '-', ' '), '') end"""
PLAIN = "coalesce(replace(lower({0}), '-', ' '), '')"


def day_number(text):
    return None if text is None else datetime.date.fromisoformat(text).toordinal()


class Reference:
    def __init__(self, files):
        self.db = sqlite3.connect(":memory:")
        self.db.create_function("lower", 1, lambda text: None if text is None else text.lower(), deterministic=True)
        self.has = {table: set() for table in COLUMNS}
        for table, columns in COLUMNS.items():
            self.db.execute(f"create table {table}(file integer, line integer, {', '.join(columns)})")
        for number, (table, columns, rows) in enumerate(files):
            self.has[table] |= set(columns)
            marks = ", ".join("?" * (len(columns) + 2))
            for line, row in enumerate(rows):
                values = [None if text == "" else float(text) if c in NUMBERS else text for c, text in zip(columns, row)]
                self.db.execute(f"insert into {table}(file, line, {', '.join(columns)}) values({marks})", [number, line, *values])
        self.derive()
        self.dimensions = {table: self.dimensions_of(table) for table in COLUMNS if table not in LOOKUPS and self.has[table]}

    def derive(self):
        run = self.db.executescript
        for table in ("leads", "opportunities", "ad_spend", "web_sessions"):
            run(f"alter table {table} add column repeats integer default 0;")
            if table in ID:
                run(f"""create index i_{table} on {table}({ID[table]}, file, line);
                        update {table} set repeats = 1 where {ID[table]} is not null and exists (select 1 from {table} e
                          where e.{ID[table]} = {table}.{ID[table]} and (e.file, e.line) < ({table}.file, {table}.line));""")
        for table in ("leads", "opportunities"):
            by_stage = """when deal_stage = 'Closed Won' then 'won' when deal_stage = 'Closed Lost' then 'lost'
                          when deal_stage is not null then 'open'""" if table == "opportunities" else ""
            lost = "'lost'" if "closed_at" not in self.has[table] else "case when closed_at is null then 'open' else 'lost' end"
            run(f"""alter table {table} add column status text;
                    update {table} set status = case {by_stage} when is_won = 'yes' then 'won' when is_won = 'no' then {lost} else 'open' end;""")
        for table in ("leads", "opportunities", "ad_spend"):
            named = f"(select case when count(distinct e.currency) = 1 then max({SIGN}) end from {table} e where e.file = {table}.file)"
            own = f"coalesce((select {SIGN} from {table} e where e.rowid = {table}.rowid), {named}, '')"
            run(f"alter table {table} add column money text; update {table} set money = {own if 'currency' in self.has[table] else chr(39) + 'EUR' + chr(39)};")
        run("""alter table opportunities add column lead_created text;
               update opportunities set lead_created = (select created_at from leads l where l.lead_id = opportunities.lead_id order by file, line limit 1);
               alter table opportunities add column first_win integer default 0;
               update opportunities set first_win = 1 where (file, line) in (select file, line from (
                 select file, line, row_number() over (partition by account_name order by closed_at is null, closed_at, file, line) n
                 from opportunities where status = 'won' and repeats = 0 and account_name is not null) where n = 1);
               alter table leads add column rank integer default 0;""")
        ranks = " ".join(f"when '{text}' then {rank}" for text, rank in STAGES.items())
        dates = ", ".join(f"case when {column} is null then 0 else {rank} end" for column, rank in STAGE_DATES.values())
        run(f"update leads set rank = max(case lead_stage {ranks} else 0 end, {dates});")
        funnel.derive(self)

    def dimensions_of(self, table, alias="t"):
        """dimension -> SQL that gives its member for a row; dimensions that the table cannot be cut by are absent"""
        found = {}
        for dimension in DIMENSIONS:
            plain = MEMBER if dimension == "channel" else PLAIN
            if dimension in self.has[table]:
                found[dimension] = plain.format(f"{alias}.{dimension}")
                continue
            for lookup, key in LOOKUPS.items():
                if dimension in self.has[lookup] and dimension != key and key in self.has[table]:
                    text = f"(select a.{dimension} from {lookup} a where a.{key} = {alias}.{key} order by a.file, a.line limit 1)"
                    found[dimension] = f"({plain.format(text)})"
        if table == "opportunities" and {"lead_id"} <= self.has["leads"] & self.has["opportunities"]:
            for dimension, expression in self.dimensions_of("leads", "l").items():
                joined = f"(select {expression} from leads l where l.lead_id = {alias}.lead_id order by l.file, l.line limit 1)"
                found.setdefault(dimension, f"coalesce({joined}, '')")
        return found

    # ---- measures: (table, date column or None, what, condition[, files]); what = "count", an SQL number to add, or [an SQL number for the
    # median]; files = condition of the files that speak of it, where not all do

    def stage(self, name):
        column, rank = STAGE_DATES[name]
        if column in self.has["leads"]:
            return ("leads", column, "count", f"{column} is not null")
        texts = [text for text, r in STAGES.items() if r == rank]
        if "lead_stage" in self.has["leads"]:
            speaking = f"file in (select file from leads where lead_stage in ('{texts[0]}'))"
            if self.db.execute(f"select count(*) from leads where {speaking}").fetchone()[0]:
                return ("leads", "created_at", "count", f"rank >= {rank} and {speaking}", speaking)
        return None

    def tells(self, table):
        """Whether a row of the table can be told won, lost or open."""
        return bool({"deal_stage", "is_won"} & self.has[table])

    def measures(self):
        leads, deals = self.has["leads"], self.has["opportunities"]
        won, lost = "status = 'won'", "status = 'lost'"
        found = {}

        def put(name, table, needs, definition):
            """definition: (date, what, condition[, files]); a measure keeps the first definition that the files allow"""
            if self.has[table] and needs <= self.has[table]:
                found.setdefault(name, (table, *definition))

        if {"mql_at", "disqualified_at"} <= leads:
            put("rejected_leads", "leads", set(), ("disqualified_at", "count", "mql_at is not null and disqualified_at is not null"))
        put("sqos", "opportunities", {"sqo_at"}, ("sqo_at", "count", "sqo_at is not null"))
        put("new_leads", "leads", set(), ("created_at", "count", "1"))
        for name, stage in (("mqls", "mql"), ("sals", "sal"), ("sqls", "sql"), ("lead_opportunities", "opportunity")):
            if self.stage(stage):
                found[name] = self.stage(stage)
        by_lead = found.get("lead_opportunities")
        put("lead_opportunities", "opportunities", set(), ("created_at", "count", "1"))
        put("opportunities", "opportunities", set(), ("created_at", "count", "1"))
        if by_lead:
            found.setdefault("opportunities", by_lead)
        if self.tells("opportunities"):
            put("new_customers", "opportunities", {"account_name"}, ("closed_at", "count", "first_win = 1"))
        if "customer_at" in leads:
            found.setdefault("new_customers", self.stage("customer"))
        for table in ("opportunities", "leads"):
            if not self.tells(table):
                continue
            days = "julianday(closed_at) - julianday(created_at)"
            both = {"created_at", "closed_at"}
            put("won_deals", table, set(), ("closed_at", "count", won))
            put("lost_deals", table, set(), ("closed_at", "count", lost))
            put("won_amount", table, {"amount"}, ("closed_at", "amount", won))
            put("lost_amount", table, {"amount"}, ("closed_at", "amount", lost))
            put("median_won", table, {"amount"}, ("closed_at", ["amount"], won))
            put("cycle_days", table, both, ("closed_at", days, won))
            put("cycle_deals", table, both, ("closed_at", "count", f"{won} and created_at is not null and closed_at is not null"))
            put("cycle_median", table, both, ("closed_at", [days], won))
        if self.tells("opportunities"):
            put("open_deals", "opportunities", set(), (None, "count", "status = 'open'"))
            put("open_amount", "opportunities", {"amount"}, (None, "amount", "status = 'open'"))
        put("pipeline_created", "opportunities", {"amount"}, ("created_at", "amount", "1"))
        channel = self.dimensions_of("opportunities").get("channel")
        if channel:
            put("sourced_pipeline", "opportunities", {"amount"}, ("created_at", "amount", f"{channel} in {MARKETING}"))
        visits = self.dimensions_of("web_sessions").get("channel")
        if visits:
            put("organic_sessions", "web_sessions", {"sessions"}, ("date", "sessions", f"{visits} = 'organic_search'"))
        if self.tells("leads"):
            put("new_customers", "leads", set(), ("closed_at", "count", won))
        if self.stage("customer"):
            found.setdefault("new_customers", self.stage("customer"))
        if self.tells("opportunities") and {"lead_id", "created_at"} <= leads and {"lead_id", "closed_at"} <= deals:
            days = "julianday(closed_at) - julianday(lead_created)"
            put("touch_days", "opportunities", set(), ("closed_at", days, won))
            put("touch_deals", "opportunities", set(), ("closed_at", "count", f"{won} and lead_created is not null and closed_at is not null"))
            put("touch_median", "opportunities", set(), ("closed_at", [days], won))
        for end, condition in (("customer_at", "1"), *([("closed_at", won)] if self.tells("leads") else [])):
            days = f"julianday({end}) - julianday(created_at)"
            put("convert_days", "leads", {"created_at", end}, (end, days, condition))
            put("convert_leads", "leads", {"created_at", end}, (end, "count", f"{condition} and created_at is not null and {end} is not null"))
            put("convert_median", "leads", {"created_at", end}, (end, [days], condition))
        for name in ("cost", "impressions", "clicks", "platform_conversions"):
            put(name, "ad_spend", {name}, ("date", name, "1"))
        for name in ("sessions", "engaged_sessions", "pageviews", "conversions"):
            put(name, "web_sessions", {name}, ("date", name, "1"))
        return found

    def coverage(self, table, files="1"):
        """First and last day of what happened; the close date of an open deal is a forecast."""
        dates = [c for c in COLUMNS[table] if c.endswith("_at") or c == "date"]
        parts = [f"select {c} d from {table} where {files} and {c} is not null" + (" and status <> 'open'" if c == "closed_at" and self.tells(table) else "") for c in dates if c in self.has[table]]
        return self.db.execute(f"select min(d), max(d) from ({' union all '.join(parts)})").fetchone() if parts else (None, None)

    def data_range(self):
        days = [d for t in self.dimensions for d in self.coverage(t) if d]
        return (min(days), max(days)) if days else None

    def members(self, dimension):
        """member -> rows, over all tables"""
        rows = {}
        for table, found in self.dimensions.items():
            if dimension in found:
                for member, count in self.db.execute(f"select {found[dimension]}, count(*) from {table} t where repeats = 0 group by 1"):
                    rows[member] = rows.get(member, 0) + count
        return rows

    def measure(self, definition, window, is_bucket, member=None, filters=()):
        """window: (first, last) or None for everything; member: (dimension, key)"""
        table, date, what, condition, *files = definition
        found = self.dimensions[table]
        cuts = [*filters, *([(member[0], [member[1]])] if member else [])]
        if any(dimension not in found for dimension, _ in cuts):
            return None
        where, values = f"repeats = 0 and ({condition})", []
        for dimension, keys in cuts:
            where += f" and {found[dimension]} in ({', '.join('?' * len(keys))})"
            values += keys
        is_known = True
        derived = {f"e_{stage}" for stage in funnel.STAGES} if table == "leads" else set()
        if date is None:
            if is_bucket:
                return None
        elif window is not None:
            first, last = self.coverage(table, *files)
            if date not in self.has[table] | derived:
                return None
            where += f" and {date} between ? and ?"
            values += window
            is_known = first is not None and window[0] <= last and window[1] >= first
        if isinstance(what, list):
            list_ = self.parts(what[0], table, where, values)
            return self.add(what[0], list_, statistics.median) if list_ else None
        if what == "count":
            count = self.db.execute(f"select count(*) from {table} t where {where}", values).fetchone()[0]
            return count if count or is_known else None
        if member and is_known:
            is_known = self.db.execute(f"select exists(select 1 from {table} t where {found[member[0]]} = ?)", [member[1]]).fetchone()[0] == 1
        rows = self.db.execute(f"select count(*) from {table} t where {where}", values).fetchone()[0]
        list_ = self.parts(what, table, where, values)
        # Rows that belong here but carry nothing to add: the sum is unknown, not zero, as with SQL's own sum.
        return self.add(what, list_, math.fsum) if list_ or (is_known and not rows) else None

    def parts(self, what, table, where, values):
        """-> [(number, currency)] of the rows that have a number"""
        currency = "money" if what in MONEY else "''"
        return self.db.execute(f"select {what}, {currency} from {table} t where {where} and {what} is not null", values).fetchall()

    def add(self, what, parts, add):
        found = total([number for number, _ in parts], [currency for _, currency in parts], add)
        return found if what in MONEY else found.value

    def cut(self, table, filters):
        """-> (condition, values) of the rows that the filters keep; None: the table does not know a dimension"""
        where, values = "repeats = 0", []
        for dimension, keys in filters:
            if dimension not in self.dimensions[table]:
                return None
            where += f" and {self.dimensions[table][dimension]} in ({', '.join('?' * len(keys))})"
            values += keys
        return where, values

    def maturity(self, kpi, rule, window, buckets, filters):
        """-> [share or None of the window and of each bucket], or None where fewer than 20 dated conversions tell no curve"""
        above, below = funnel.rate_measures(self, rule)[kpi]
        table, entry = below[0], below[1]
        cut = self.cut(table, filters)
        converted = funnel.conversion_day(self, kpi)
        if cut is None or converted is None:
            return None
        days = [day_number(d) for t in ("leads", "opportunities") if self.has[t] for d in self.coverage(t) if d]
        if not days:
            return None
        last = max(days)
        pairs = self.db.execute(f"select {entry}, {converted} from {table} t where {cut[0]} and ({above[3]}) and {entry} is not null and {converted} is not null", cut[1])
        seen = [(last - day_number(a), max(0, day_number(b) - day_number(a))) for a, b in pairs]
        seen = [(age, lag) for age, lag in seen if lag <= age]
        if len(seen) < 20:
            return None
        completed = funnel.product_limit(seen)
        shares = [(a, completed(last - day_number(a))) for (a,) in self.db.execute(f"select {entry} from {table} t where {cut[0]} and ({below[3]}) and {entry} is not null", cut[1])]
        found = []
        for first, end in [window, *buckets]:
            inside = [share for a, share in shares if first <= a <= end]
            found.append(math.fsum(inside) / len(inside) if inside else None)
        return found
