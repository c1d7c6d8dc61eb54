"""Every sample file together, through the engine natively, against tests/web/expected/whole_sample.json."""
import json
import pathlib
import subprocess
import sys
import unittest

import compare_sample
from engine import Engine

ROOT = pathlib.Path(__file__).resolve().parents[2]


class WholeSample(unittest.TestCase):
    def test_the_expected_figures_are_what_the_oracle_calculates(self):
        subprocess.run([sys.executable, str(ROOT / "tests" / "oracle" / "whole_sample.py"), "--check"], check=True)

    def test_the_engine_gives_the_expected_figures(self):
        expected = json.loads((ROOT / "tests" / "web" / "expected" / "whole_sample.json").read_text(encoding="utf-8"))
        files = sorted((ROOT / "web" / "samples").glob("*.csv"))
        self.assertGreaterEqual(len(files), 15)
        comparison = compare_sample.Comparison()
        for reverse in (False, True):  # the order of the files says nothing
            engine = Engine()
            for path in sorted(files, reverse=reverse):
                engine.load(path)
            for report in expected["reports"]:
                compare_sample.check(engine, report, comparison)
            engine.close()
        self.assertEqual(comparison.failures[:20], [])
        self.assertGreater(comparison.compared, 2500)


if __name__ == "__main__":
    unittest.main()
