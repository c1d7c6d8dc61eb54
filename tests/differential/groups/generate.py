"""Small random files of every kind, as a hostile user would have them: ties, gaps, repeated ids, blank cells, missing columns."""
import csv
import datetime
import io

CHANNELS = ["Paid Search", "paid search", "Organic Search", "Email", "Direct", "Partner day, 2024", "own list", "Own-List", ""]
CAMPAIGNS = ["Spring", "Autumn fair", "Webinar \"Why\"", "Größe zählt", ""]
ACCOUNTS = ["Alder", "Borg & Co.", "Castell, Ltd", "Dahl", "Elbe", "Falk", "Nobody knows", ""]
INDUSTRIES = ["Machinery", "Food", "Energy", ""]
COUNTRIES = ["DE", "NL", "IS", ""]
OWNERS = ["Ann", "Ben", ""]
TEAMS = ["North", "South", ""]
# What a file's currency column says: one currency, nearly one, or three (the sign is the euro's).
CURRENCIES = [["EUR"], ["USD"], ["EUR"] * 12 + ["", "€", "CHF"], ["EUR", "USD", "CHF", ""]]
FLAGS = ["yes", "no", "no", ""]
DEAL_STAGES = ["Closed Won", "Closed Won", "Closed Lost", "Negotiation", "Proposal", ""]
LEAD_STAGES = ["Lead", "Marketing Qualified Lead", "Sales Qualified Lead", "Opportunity", "Customer", ""]
START = datetime.date(2023, 12, 20)

# Column -> how often it is left out of the file, per mille.
COLUMNS = {
    "leads": {"lead_id": 80, "created_at": 40, "channel": 150, "campaign": 200, "account_name": 200, "owner": 300, "country": 600, "lead_stage": 500,
              "mql_at": 250, "sal_at": 400, "sql_at": 250, "opportunity_at": 350, "customer_at": 350, "disqualified_at": 600, "is_won": 700, "closed_at": 600, "amount": 600, "currency": 600},
    "opportunities": {"opportunity_id": 80, "lead_id": 250, "account_name": 200, "created_at": 80, "closed_at": 60, "deal_stage": 150, "is_won": 650, "sqo_at": 500, "amount": 60,
                      "currency": 600, "channel": 300, "campaign": 600, "owner": 300},
    "ad_spend": {"date": 40, "channel": 150, "campaign": 200, "cost": 60, "impressions": 150, "clicks": 150, "platform_conversions": 300,
                 "currency": 700},
    "web_sessions": {"date": 40, "channel": 150, "campaign": 600, "sessions": 0, "engaged_sessions": 200, "pageviews": 200, "conversions": 200},
    "accounts": {"account_name": 0, "industry": 150, "country": 200},
    "owners": {"owner": 0, "owner_team": 0},
}
KEYS = {"accounts": ("account_name", ACCOUNTS[:6]), "owners": ("owner", OWNERS[:2])}
NUMBERS = {"amount", "cost", "impressions", "clicks", "platform_conversions", "sessions", "engaged_sessions", "pageviews", "conversions"}
DATES = {"created_at", "mql_at", "sal_at", "sql_at", "opportunity_at", "customer_at", "disqualified_at", "sqo_at", "closed_at", "date"}


def day(random, span, blank=0):
    return "" if random.random() < blank else (START + datetime.timedelta(days=random.randrange(span))).isoformat()


def number(random, blank, high, digits):
    if random.random() < blank:
        return ""
    value = random.choice([0, 1, 10, high]) if random.random() < 0.3 else random.uniform(0, high)
    return f"{value:.{digits}f}"


def cell(random, column, line, span, currencies=("",)):
    if column == "currency":
        return random.choice(currencies)
    if column == "lead_id":
        return "" if random.random() < 0.05 else f"L{random.randrange(200) if random.random() < 0.1 else line}"
    if column == "opportunity_id":
        return "" if random.random() < 0.05 else f"D{random.randrange(100) if random.random() < 0.1 else line}"
    if column == "date" or column == "created_at":
        return day(random, span, 0.04)
    if column in DATES:
        return day(random, span + 40, 0.45 if column != "closed_at" else 0.1)
    if column in NUMBERS:
        return number(random, 0.08, 20000 if column in ("amount", "impressions") else 900, 2 if column in ("amount", "cost") else 0)
    texts = {"channel": CHANNELS, "campaign": CAMPAIGNS, "account_name": ACCOUNTS, "owner": OWNERS, "country": COUNTRIES, "industry": INDUSTRIES,
             "deal_stage": DEAL_STAGES, "lead_stage": LEAD_STAGES, "is_won": FLAGS, "owner_team": TEAMS}
    return random.choice(texts[column])


def make_dataset(random):
    """-> [(table, columns, rows)]: rows are lists of texts, one file each, in the order in which they are loaded."""
    files = []
    span = random.choice([5, 40, 130, 500])
    for table, columns in COLUMNS.items():
        if random.random() < (0.08 if table == "opportunities" else 0.18):
            continue
        kept = [c for c, left_out in columns.items() if random.randrange(1000) >= left_out]
        if table in KEYS:
            key, names = KEYS[table]
            rows = [[name if c == key else cell(random, c, i, span) for c in kept] for i, name in enumerate(names)]
            random.shuffle(rows)
            files.append((table, kept, rows))
            continue
        line = 0
        for _ in range(random.choice([1, 1, 2])):
            rows = []
            currencies = random.choice(CURRENCIES)
            for _ in range(random.choice([1, 2, 9, 60, 150])):
                rows.append([cell(random, c, line, span, currencies) for c in kept])
                line += 1
                if random.random() < 0.05:
                    rows.append(list(random.choice(rows)))  # the same row again
            files.append((table, kept, [row for row in rows if any(row)] or [["x" if c == "owner" else "2024-01-05" if c in DATES else "1" for c in kept]]))
    random.shuffle(files)
    return files


def write_csv(random, columns, rows):
    """-> bytes, in one of the shapes that spreadsheets write."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=random.choice(",,;\t"), lineterminator=random.choice(["\n", "\r\n"]),
                        quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer.writerow([f"column {chr(97 + i)}" for i in range(len(columns))])  # names that say nothing: no vendor, nothing implied
    writer.writerows(rows)
    return (b"\xef\xbb\xbf" if random.random() < 0.3 else b"") + out.getvalue().encode("utf-8")


def options(table, columns):
    """What a user would have fixed in the review: the test is about sums, not about guessing."""
    said = {} if "currency" in columns else {"currency": "EUR"}
    return {"table": table, **said, "fields": {str(i): c for i, c in enumerate(columns)}, "header_record": 1,
            "columns": {**{str(i): {"decimal": "point"} for i, c in enumerate(columns) if c in NUMBERS},
                        **{str(i): {"date_order": "ymd"} for i, c in enumerate(columns) if c in DATES}}}


def make_request(random, dimensions, span=520):
    request = {"grain": random.choice(["day", "week", "month", "month", "quarter", "year"])}
    kind = random.random()
    first = START + datetime.timedelta(days=random.randrange(-30, span))
    if kind < 0.45:
        length = random.choice([1, 7, 30, 90, 200])
        request["from"], request["to"] = first.isoformat(), (first + datetime.timedelta(days=length - 1)).isoformat()
    elif kind < 0.6:
        month = first.replace(day=1)
        end = month
        for _ in range(random.choice([1, 3, 12])):
            end = (end + datetime.timedelta(days=32)).replace(day=1)
        request["from"], request["to"] = month.isoformat(), (end - datetime.timedelta(days=1)).isoformat()
    if dimensions and random.random() < 0.6:
        request["group_by"] = random.choice(dimensions)
    if dimensions and random.random() < 0.4:
        request["filters"] = [{"dimension": d, "values": []} for d in random.sample(dimensions, random.choice([1, 1, min(2, len(dimensions))]))]
    if random.random() < 0.4:
        request["compare"] = random.choice(["previous_period", "same_period_last_year"])
    if random.random() < 0.6:
        request["basis"] = random.choice(["auto", "period", "cohort"])
    if random.random() < 0.6:
        request["stages"] = random.choice(["reached_or_beyond", "strict"])
    return request
