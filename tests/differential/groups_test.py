import unittest

import compare_groups


class GroupResultsAgainstSqlite(unittest.TestCase):
    def test_random_reports_equal_the_sql_results(self):
        self.assertEqual(compare_groups.main(["--datasets", "40", "--requests", "12"]), 0)


if __name__ == "__main__":
    unittest.main()
