import pathlib
import subprocess
import sys
import unittest

import compare_sample

ROOT = pathlib.Path(__file__).resolve().parents[2]


class SampleCompany(unittest.TestCase):
    def test_the_files_are_what_the_generator_writes(self):
        subprocess.run([str(ROOT / "scripts" / "sample"), "--check"], check=True)

    def test_the_expected_figures_are_what_the_oracle_calculates(self):
        subprocess.run([sys.executable, str(ROOT / "tests" / "oracle" / "sample.py"), "--check"], check=True)

    def test_the_engine_gives_the_expected_figures(self):
        self.assertEqual(compare_sample.main(), 0)


if __name__ == "__main__":
    unittest.main()
