import re
import unittest

import compare_files


@unittest.skipIf(compare_files.reason_to_skip(), compare_files.reason_to_skip())
class RealFiles(unittest.TestCase):
    """One test per case of tests/golden/files/expected.json."""


def make_test(case):
    def test(self):
        checks = compare_files.check_case(case)
        self.assertEqual(checks.failures, [])
        self.assertGreater(checks.passed, 0)

    return test


for _case in compare_files.load_cases():
    setattr(RealFiles, "test_" + re.sub(r"\W+", "_", _case["name"]), make_test(_case))


if __name__ == "__main__":
    unittest.main()
