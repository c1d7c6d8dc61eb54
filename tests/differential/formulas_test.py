"""Formulas by the engine against SQLite: random formulas, and every KPI of the catalogue, over random inputs, some missing, some zero.

Python's own grammar reads the formulas, SQL calculates them; both know nothing of the engine. Values must agree to the last bit, and
where SQL says NULL the engine must name the missing inputs or the denominator that is zero.
"""
import ast
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED = 20240229
FORMULAS = 5000
IDS = ["a", "b", "c", "d", "leads", "spend", "won_deals", "x_1"]
SQL_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


def parse(text):
    """Python's own grammar, which has no "+?" (read as "+ ~": before a name or a number it binds alike) and writes "^" as "**"."""
    return ast.parse(text.strip().replace("+?", "+ ~").replace("^", "**"), mode="eval").body


def is_known_sum(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.right, ast.UnaryOp) and isinstance(node.right.op, ast.Invert)


def missing_in(node, inputs, expand):
    """The ids that a value needs and that are not there. Of "a +? b" any side will do: where both are missing, the first is named."""
    if isinstance(node, ast.Constant):
        return []
    if isinstance(node, ast.Name):
        inner = expand(node.id)
        return missing_in(parse(inner), inputs, expand) if inner is not None else [node.id] if inputs[node.id] is None else []
    if isinstance(node, ast.UnaryOp):
        return missing_in(node.operand, inputs, expand)
    left, right = missing_in(node.left, inputs, expand), missing_in(node.right, inputs, expand)
    if is_known_sum(node):
        return left if left and right else []
    return left + [name for name in right if name not in left]


def find_tool():
    """KPI_FORMULA_LINES, else the newest build in build/*."""
    given = os.environ.get("KPI_FORMULA_LINES")
    found = [pathlib.Path(given)] if given else sorted(ROOT.glob("build/*/**/formula_lines"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in found:
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    raise AssertionError("formula_lines is not built: scripts/build native")


def ask(lines):
    """-> the tool's answers, each split at tabs"""
    done = subprocess.run([find_tool()], input="".join(line + "\n" for line in lines), capture_output=True, text=True, encoding="utf-8", check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def blank(rng):
    return rng.choice(["", "", " ", "  ", " "])


def formula(rng, depth):
    """A formula as text, with more brackets and blanks than it needs."""
    kind = rng.random()
    if depth == 0 or kind < 0.15:
        return rng.choice(IDS) if rng.random() < 0.8 else rng.choice(["0", "1", "2", "1000", "0.5", "0.035", "12.75", "100", "365", "0.8"])
    if kind < 0.22:
        return "-" + blank(rng) + bracketed(rng, formula(rng, depth - 1))
    if kind < 0.32:
        return bracketed(rng, formula(rng, depth - 1))
    operator = rng.choice("+-*//")
    left, right = formula(rng, depth - 1), formula(rng, depth - 1)
    if rng.random() < 0.4:
        right = bracketed(rng, right)
    if rng.random() < 0.3:
        left = bracketed(rng, left)
    return left + blank(rng) + operator + blank(rng) + right


def bracketed(rng, text):
    return "(" + blank(rng) + text + blank(rng) + ")"


def to_sql(node, numbers, expand):
    """SQL for a parsed formula; literals go into `numbers` as parameters. `expand` gives a KPI's own formula, or None for a column."""
    if isinstance(node, ast.Constant):
        numbers.append(float(node.value))
        return "?"
    if isinstance(node, ast.Name):
        inner = expand(node.id)
        return f'"{node.id}"' if inner is None else "(" + to_sql(parse(inner), numbers, expand) + ")"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"(-{to_sql(node.operand, numbers, expand)})"
    if is_known_sum(node):
        of_left, of_right = [], []
        left, right = to_sql(node.left, of_left, expand), to_sql(node.right.operand, of_right, expand)
        numbers += of_left + of_right + of_left + of_right
        return f"coalesce({left} + {right}, {left}, {right})"
    left, right = to_sql(node.left, numbers, expand), to_sql(node.right, numbers, expand)
    if isinstance(node.op, ast.Pow):
        return f"whole_power({left}, {right})"
    if isinstance(node.op, ast.Div):
        return f"(CAST({left} AS REAL) / NULLIF({right}, 0))"
    return f"({left} {SQL_OPERATORS[type(node.op)]} {right})"


def value(rng):
    """A number that neither over- nor underflows in a small formula, often 0, sometimes None."""
    kind = rng.random()
    if kind < 0.06:
        return None
    if kind < 0.14:
        return 0.0
    if kind < 0.6:
        return float(rng.randrange(1, 5000))
    return round(rng.uniform(-1000, 100000), rng.choice([0, 1, 2, 4])) or 0.0


def line_of(head, inputs):
    return "\t".join([head, *(f"{name}={number!r}" for name, number in inputs.items() if number is not None)])


class Formulas(unittest.TestCase):
    def setUp(self):
        self.rng = random.Random(SEED)
        self.db = sqlite3.connect(":memory:")
        self.db.create_function("whole_power", 2, lambda base, exponent: None if None in (base, exponent) else base ** int(exponent), deterministic=True)

    def compare(self, heads, expand, ids):
        """Asks both for every head (formula or @KPI) and returns how many had a value, missing inputs, a zero denominator."""
        counts = {"value": 0, "missing_input": 0, "denominator_zero": 0}
        asked = [(head, text, {name: float(self.rng.randrange(0, 25)) if name == "horizon_periods" else value(self.rng) for name in ids(text)}) for head, text in heads]
        answers = ask([line_of(head, inputs) for head, _, inputs in asked])
        self.assertEqual(len(answers), len(asked))
        for (head, text, inputs), answer in zip(asked, answers):
            with self.subTest(formula=head, inputs=inputs):
                numbers = []
                sql = to_sql(parse(text), numbers, expand)
                source = ", ".join(f"? AS \"{name}\"" for name in inputs) or "1 AS unused"
                expected = self.db.execute(f"SELECT {sql} FROM (SELECT {source})", [*numbers, *inputs.values()]).fetchone()[0]
                missing = missing_in(parse(text), inputs, expand)
                counts[answer[1]] += 1
                if missing:
                    self.assertIsNone(expected)
                    self.assertEqual(answer[1:], ["missing_input", *missing])
                elif expected is None:
                    self.assertEqual(answer[1], "denominator_zero")
                    self.assertEqual(len(answer), 3)
                else:
                    self.assertEqual(answer[1], "value")
                    # Powers are rounded at every step, each in its own order; all else agrees to the last bit.
                    self.assertAlmostEqual(float(answer[2]), expected, delta=1e-9 * abs(expected) if "whole_power" in sql else 0)
        return counts

    def test_random_formulas(self):
        texts = [formula(self.rng, self.rng.randrange(1, 6)) for _ in range(FORMULAS)]
        counts = self.compare([(t, t) for t in texts], lambda _: None, lambda _: IDS)
        self.assertEqual(sum(counts.values()), FORMULAS)
        self.assertGreater(counts["value"], 2500, counts)
        self.assertGreater(counts["missing_input"], 300, counts)
        self.assertGreater(counts["denominator_zero"], 300, counts)

    def test_canonical_text_means_the_same(self):
        texts = [formula(self.rng, self.rng.randrange(1, 6)) for _ in range(1000)]
        canonical = [answer[0] for answer in ask(texts)]
        again = [answer[0] for answer in ask(canonical)]
        self.assertEqual(len(canonical), 1000)
        self.assertEqual(again, canonical)
        counts = self.compare(list(zip(texts, canonical)), lambda _: None, lambda _: IDS)
        self.assertEqual(sum(counts.values()), 1000)

    def test_every_kpi_of_the_catalogue(self):
        entries = {}
        for path in sorted((ROOT / "core/catalog/data/kpis").glob("*.json")):
            for entry in json.loads(path.read_text(encoding="utf-8"))["kpis"]:
                entries[entry["id"]] = entry["formula"]
        self.assertGreater(len(entries), 50)
        measures = [m["id"] for m in json.loads((ROOT / "core/catalog/data/measures.json").read_text(encoding="utf-8"))["measures"]]
        expand = lambda name: None if name in measures else entries[name]
        heads = [("@" + kpi, text) for kpi, text in entries.items() for _ in range(40)]
        counts = self.compare(heads, expand, lambda _: measures)
        self.assertEqual(sum(counts.values()), 40 * len(entries))
        self.assertGreater(min(counts.values()), 50, counts)


if __name__ == "__main__":
    unittest.main()
