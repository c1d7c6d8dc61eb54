#!/usr/bin/env python3
"""The sample company through the engine, natively and with default options, against tests/web/expected/sample.json."""
import json
import pathlib
import sys

from engine import Engine

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def agree(expected, found):
    if expected is None or found is None:
        return expected is found
    return abs(expected - found) <= 1e-9 * max(abs(expected), abs(found))


class Comparison:
    def __init__(self):
        self.compared = 0
        self.failures = []

    def equal(self, where, expected, found):
        self.compared += 1
        if expected != found:
            self.failures.append(f"{where}: expected {expected}, found {found}")

    def kpis(self, where, expected, found):
        for kpi, value in expected.items():
            self.compared += 1
            if not agree(value, found.get(kpi)):
                self.failures.append(f"{where} {kpi}: expected {value}, found {found.get(kpi)}")


def check(engine, expected, comparison):
    name = expected["name"]
    report = engine.report(**expected["request"])
    found = {k["id"]: k for k in report["kpis"]}
    if "kpis" in expected:
        comparison.kpis(name, expected["kpis"], {i: k["value"] for i, k in found.items()})
    if "compare" in expected:
        comparison.kpis(f"{name}, compared", expected["compare"], {i: (k["compare"] or {}).get("value") for i, k in found.items()})
    for part in ("other_basis", "maturity"):
        if part in expected:
            comparison.kpis(f"{name}, {part}", expected[part], {i: (k.get(part) or {}).get("value") for i, k in found.items()})
    if "series" in expected:
        comparison.equal(f"{name}: periods", expected["series"]["labels"], [b["label"] for b in report["buckets"]])
        for i, label in enumerate(expected["series"]["labels"]):
            comparison.kpis(f"{name} {label}", {k: v[i] for k, v in expected["series"]["kpis"].items()}, {k: v["series"][i] for k, v in found.items()})
    if "members" in expected:
        ids = [k["id"] for k in report["kpis"]]
        members = {m["key"] if m["canonical"] else m["label"]: dict(zip(ids, m["values"])) for m in report["groups"]["members"]}
        comparison.equal(f"{name}: members", sorted(expected["members"]), sorted(members))
        for member, kpis in expected["members"].items():
            comparison.kpis(f"{name} {member!r}", kpis, members.get(member, {}))


def main():
    expected = json.loads((ROOT / "tests" / "web" / "expected" / "sample.json").read_text(encoding="utf-8"))
    engine = Engine()
    comparison = Comparison()
    for file in expected["files"]:
        card = engine.load(ROOT / "web" / "samples" / file["name"])
        comparison.equal(file["name"], [file["records_used"], []], [card["rows_used"], card["needs"]])
    for report in expected["reports"]:
        check(engine, report, comparison)
    engine.close()
    for failure in comparison.failures[:20]:
        print(failure)
    print(f"sample: {comparison.compared} values compared, {len(comparison.failures)} differ")
    return 1 if comparison.failures or comparison.compared < 3000 else 0


if __name__ == "__main__":
    sys.exit(main())
