#!/usr/bin/env python3
"""Real exports, loaded as a user would: no options but the one answer that a case says was clicked. Figures: tests/golden/files/expected.json.

Usage: compare_files.py [words of a case's name]. Skips where the shared files are not (KPI_SHARED, else ../shared beside the repository) or in CI.
"""
import json
import os
import pathlib
import sys

from engine import Engine, Refused

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]

SHARED = pathlib.Path(os.environ.get("KPI_SHARED", ROOT.parent / "shared"))


class Checks:
    def __init__(self):
        self.passed = 0
        self.failures = []

    def equal(self, where, expected, found):
        if isinstance(expected, dict):
            agrees = found is not None and round(found, expected["digits"]) == round(expected["value"], expected["digits"])
        elif isinstance(expected, float) and isinstance(found, (int, float)):
            agrees = abs(expected - found) <= 1e-9 * abs(expected)
        else:
            agrees = expected == found
        self.passed += agrees
        if not agrees:
            self.failures.append(f"{where}: expected {expected}, found {found}")


def check_cards(case, cards, checks):
    for path, rows in case["rows"].items():
        checks.equal(f"rows used of {path}", rows, cards[path]["rows_used"])
    first = cards[case["files"][0]]
    for member in ("vendor", "currency", "encoding", "delimiter"):
        if member in case:
            checks.equal(member, case[member], first[member])
    if "dates" in case:
        checks.equal("dates", case["dates"], [first["first_date"], first["last_date"]])


def check_report(engine, expected, checks):
    report = engine.report(**expected["request"])
    where = json.dumps(expected["request"])
    found = {k["id"]: k for k in report["kpis"]}
    for kpi, value in expected.get("kpis", {}).items():
        checks.equal(f"{where} {kpi} {found[kpi].get('undefined')}", value, found[kpi]["value"])
    labels = [b["label"] for b in report["buckets"]]
    for label, kpis in expected.get("series", {}).items():
        for kpi, value in kpis.items():
            checks.equal(f"{where} {label} {kpi}", value, found[kpi]["series"][labels.index(label)] if label in labels else None)
    if "members" not in expected:
        return
    ids = [k["id"] for k in report["kpis"]]
    members = {m["key"] if m["canonical"] or not m["key"] else m["label"]: dict(zip(ids, m["values"])) for m in report["groups"]["members"]}
    for member, kpis in expected["members"].items():
        for kpi, value in kpis.items():
            checks.equal(f"{where} {member!r} {kpi}", value, members.get(member, {}).get(kpi))


def check_case(case):
    checks = Checks()
    engine = Engine()
    cards = {}
    try:
        for path in case["files"]:
            cards[path] = engine.load(SHARED / "data" / path)
            clicked = case.get("clicked", {}).get(path)  # one answer of the user, to a question that the card asks
            checks.equal(f"{path} asks", clicked is not None, cards[path]["needs"] != [])
            if clicked:
                cards[path] = engine.reread(cards[path]["file"], SHARED / "data" / path, clicked)
            if "receipt" in case:
                receipt = engine.call("receipt", {"file": cards[path]["file"]})["receipt"]
                for part, count in case["receipt"].items():
                    checks.equal(f"receipt {part}", count, receipt[part])
                parts = sum(receipt[p] for p in ("preamble", "header", "used", "blank", "totals", "footers", "repeated_headers"))
                checks.equal("receipt adds up", receipt["records"], parts)
        check_cards(case, cards, checks)
        for expected in case["reports"]:
            check_report(engine, expected, checks)
    except Refused as refused:
        checks.failures.append(f"refused: {refused.args}")
    engine.close()
    return checks


def load_cases():
    return json.loads((ROOT / "tests" / "golden" / "files" / "expected.json").read_text(encoding="utf-8"))["cases"]


def reason_to_skip():
    if os.environ.get("CI") == "true":
        return "real files are not used in CI"
    return None if (SHARED / "data").is_dir() else "the real files are not here: set KPI_SHARED"


def main():
    if reason_to_skip():
        print(f"real files: skipped, {reason_to_skip()}")
        return 0
    failed = passed = 0
    for case in load_cases():
        if not all(word in case["name"] for word in sys.argv[1:]):
            continue
        checks = check_case(case)
        passed += checks.passed
        failed += len(checks.failures)
        if checks.failures:
            print(f"{case['name']}: {len(checks.failures)} of {len(checks.failures) + checks.passed} differ")
            for failure in checks.failures[:12]:
                print("  ", failure[:300])
    print(f"real files: {passed} figures as expected, {failed} not")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
