#include "core/api/approximate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kpi {
namespace {

TEST(Approximate, KeepsTenSignificantDigits) {
  EXPECT_EQ(rounded_to_digits(0.12345678912345), 0.1234567891);
  EXPECT_EQ(rounded_to_digits(-98765.432198765), -98765.4322);
  EXPECT_EQ(rounded_to_digits(123456789012345.0), 123456789000000.0);
  EXPECT_EQ(rounded_to_digits(9.99999999996), 10);
  EXPECT_EQ(rounded_to_digits(1.2345678912345e-30), 1.234567891e-30);
  EXPECT_EQ(rounded_to_digits(6.0221407612345e23), 6.022140761e23);
}

TEST(Approximate, LeavesShortNumbersAlone) {
  for (const double value : {0.0, 0.1, 1.0 / 8, 2025.0, -3.5, 1e300, 5e-324}) EXPECT_EQ(rounded_to_digits(value), value) << value;
}

TEST(Approximate, DifferencesInTheLastPlaceAreGone) {
  for (const double value : {0.1, 1.0 / 3, 2718.281828459045, 1e-9}) {
    EXPECT_EQ(rounded_to_digits(std::nextafter(value, 1e9)), rounded_to_digits(value)) << value;
  }
}

TEST(Approximate, WhatIsNoNumberIsNull) {
  EXPECT_TRUE(approximate(std::numeric_limits<double>::infinity()).is_null());
  EXPECT_TRUE(approximate(std::nan("")).is_null());
}

}  // namespace
}  // namespace kpi
