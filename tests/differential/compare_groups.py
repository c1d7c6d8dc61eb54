#!/usr/bin/env python3
"""Random small files and random questions: the engine's whole report against SQLite.

Usage: compare_groups.py [--seed N] [--datasets N] [--requests N]. Prints the seed; the first mismatch of each kind is shown with its request, and the
files of a failing dataset are kept. Exits non-zero on any mismatch and when too little was compared.
"""
import argparse
import datetime
import pathlib
import random as random_module
import shutil
import sys
import tempfile

from engine import Engine, Refused
from groups import funnel, generate, periods
from groups.kpis import agree, divide, kpis
from groups.money import MIXED, Money
from groups.reference import Reference


class Comparison:
    def __init__(self):
        self.compared = self.defined = self.mixed = 0
        self.mismatches = []

    def values(self, where, expected, found):
        for kpi, value in expected.items():
            self.compared += 1
            self.defined += value is not None
            if not agree(kpi, value, found.get(kpi)):
                self.mismatches.append((*where, kpi, value, found.get(kpi)))

    def equal(self, where, expected, found):
        self.compared += 1
        if expected != found:
            self.mismatches.append((*where, "", expected, found))


def check_report(reference, request, report, comparison):
    definitions = reference.measures()
    filters = [(f["dimension"], f["values"]) for f in request.get("filters", [])]
    given = (request["from"], request["to"]) if "from" in request else None
    window = given or reference.data_range()

    cohorts = funnel.rate_measures(reference, request.get("stages", funnel.RULES[0]))
    by_cohort = in_force(request.get("basis", "auto"), cohorts)

    def by_period(window, is_bucket=False, member=None):
        return kpis({name: reference.measure(d, window, is_bucket, member, filters) for name, d in definitions.items()})

    def cohort_rates(window, is_bucket=False, member=None):
        return {kpi: divide(*(part and reference.measure(part, window, is_bucket, member, filters) for part in parts)) for kpi, parts in cohorts.items()}

    def measured(*place):
        rates = cohort_rates(*place)
        return {**by_period(*place), **{kpi: rates[kpi] for kpi in by_cohort}}

    found = {k["id"]: k for k in report["kpis"]}
    in_all = measured(given)
    comparison.values(("total",), in_all, {i: k["value"] for i, k in found.items()})
    check_money("total", in_all, {i: (k["currency"], (k["undefined"] or {}).get("code")) for i, k in found.items()}, comparison)
    for kpi in funnel.RATES:
        comparison.equal(("basis", kpi), "cohort" if kpi in by_cohort else "period", found[kpi]["basis"])
    two_bases = {kpi for kpi in cohorts if kpi != "win_rate_by_cohort"}
    others = {**{k: v for k, v in cohort_rates(given).items() if k not in by_cohort}, **{k: v for k, v in by_period(given).items() if k in by_cohort}}
    comparison.values(("other basis",), {k: v for k, v in others.items() if k in two_bases}, {i: (k.get("other_basis") or {}).get("value") for i, k in found.items()})
    if window is None:
        return
    first, last = (datetime.date.fromisoformat(d) for d in window)
    buckets = periods.buckets(first, last, request["grain"])
    comparison.equal(("buckets",), [(label, a.isoformat(), b.isoformat()) for label, a, b in buckets], [(b["label"], b["from"], b["to"]) for b in report["buckets"]])
    for kpi in by_cohort if all(day is not None for day in window) else ():
        if None in cohorts[kpi]:
            continue
        spans = [(a.isoformat(), b.isoformat()) for _, a, b in buckets]
        shares = reference.maturity(kpi, request.get("stages", funnel.RULES[0]), window, spans, filters) or [None] * (1 + len(spans))
        told = found[kpi].get("maturity") or {"value": None, "series": []}
        for place, share, figure in zip(["in all", *(label for label, _, _ in buckets)], shares, [told["value"], *(told["series"] or [None] * len(spans))]):
            comparison.values((f"maturity {kpi} {place}",), {"maturity": share}, {"maturity": figure})
    if len(buckets) == len(report["buckets"]):
        for i, (label, a, b) in enumerate(buckets):
            if len(buckets) <= 24 or i % 17 == 0:
                comparison.values((f"bucket {label}",), measured((a.isoformat(), b.isoformat()), True), {k: v["series"][i] for k, v in found.items()})
    if "group_by" in request:
        comparison.equal(("members",), sorted(reference.members(request["group_by"])), sorted(m["key"] for m in report["groups"]["members"]))
        for member in report["groups"]["members"]:
            wanted = measured(given, False, (request["group_by"], member["key"]))
            comparison.values((f"member {member['key']!r}",), wanted, dict(zip(found, member["values"])))
            check_money(f"member {member['key']!r}", wanted, {i: (member["currencies"].get(i, ""), member["reasons"].get(i)) for i in found}, comparison)
    data = reference.data_range()
    if "compare" in request and buckets:
        a, b = (d.isoformat() for d in periods.compared(first, last, request["compare"], data and [datetime.date.fromisoformat(d) for d in data]))
        comparison.equal(("compare window",), (a, b), (report["period"]["compare"]["from"], report["period"]["compare"]["to"]))
        before = measured((a, b))
        before.update(kpis_without_stocks(before))
        comparison.values((f"compare {a}..{b}",), before, {i: (k["compare"] or {}).get("value") for i, k in found.items()})


def in_force(basis, cohorts):
    """The rates that stand on cohort basis; win_rate_by_cohort knows no other."""
    told = {kpi for kpi, parts in cohorts.items() if None not in parts}
    return {"auto": told, "period": set(), "cohort": set(cohorts)}[basis] | {"win_rate_by_cohort"}


def check_money(where, expected, found, comparison):
    """found: KPI -> (currency, why there is no value)"""
    for kpi, value in expected.items():
        if not isinstance(value, Money):
            continue
        comparison.mixed += value.currency == MIXED
        wanted = (found[kpi][0], "currency_mixed") if value.currency == MIXED else (value.currency, None)
        comparison.equal((where, "currency", kpi), wanted, found[kpi])


def kpis_without_stocks(values):
    """Open deals are as exported, the same at any time, so never compared with themselves."""
    return {k: None for k in ("open_opportunities", "open_pipeline") if k in values}


def check_dataset(engine, seed, requests, folder, comparison):
    random = random_module.Random(seed)
    files = generate.make_dataset(random)
    engine.call("reset")
    for i, (table, columns, rows) in enumerate(files):
        path = folder / f"{i}-{table}.csv"
        path.write_bytes(generate.write_csv(random, columns, rows))
        card = engine.load(path, options=generate.options(table, columns), chunk=random.choice([1, 7, 64, 4096]) if path.stat().st_size < 4000 else 65536)
        comparison.equal((f"rows of {path.name}",), (table, len(rows)), (card["table"], card["rows_used"]))
    reference = Reference(files)
    known = sorted({d for found in reference.dimensions.values() for d in found})
    members = {d: sorted(reference.members(d)) for d in known}
    for _ in range(requests):
        request = generate.make_request(random, known)
        for f in request.get("filters", []):
            f["values"] = random.sample(members[f["dimension"]], random.randint(1, len(members[f["dimension"]])))
        before = len(comparison.mismatches)
        try:
            check_report(reference, request, engine.report(**request), comparison)
        except Refused as refused:
            comparison.mismatches.append(("refused", "", None, refused.args))
        comparison.mismatches[before:] = [(seed, request, *m) for m in comparison.mismatches[before:]]


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--datasets", type=int, default=40)
    parser.add_argument("--requests", type=int, default=12)
    arguments = parser.parse_args(argv)
    comparison = Comparison()
    engine = Engine()
    kept = pathlib.Path(tempfile.mkdtemp(prefix="kpi-differential-"))
    for seed in range(arguments.seed, arguments.seed + arguments.datasets):
        folder = kept / str(seed)
        folder.mkdir()
        before = len(comparison.mismatches)
        check_dataset(engine, seed, arguments.requests, folder, comparison)
        if len(comparison.mismatches) == before:
            shutil.rmtree(folder)
    engine.close()
    shown = set()
    for mismatch in comparison.mismatches:
        kind = (mismatch[-3], str(mismatch[2]).split(" ")[0], mismatch[-2] is None, mismatch[-1] is None)
        if kind not in shown and len(shown) < 25:
            shown.add(kind)
            print("mismatch:", *mismatch, sep=" | ")
    print(f"differential: seed {arguments.seed}, {arguments.datasets} datasets, {comparison.compared} values compared ({comparison.defined} defined, {comparison.mixed} of several currencies), {len(comparison.mismatches)} differ")
    if comparison.mismatches:
        print(f"files of failing datasets: {kept}")
        return 1
    kept.rmdir()
    least = 300 * arguments.datasets * arguments.requests // 10
    if comparison.defined < least:
        print(f"too few defined values were compared: {comparison.defined} of at least {least}")
        return 1
    if comparison.mixed < arguments.datasets:
        print(f"too few cells of several currencies: {comparison.mixed}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
