// Expected: the first numbers of splitmix64 from 1234567, as Rosetta Code publishes them ("Pseudo-random numbers/Splitmix64").
#include "core/models/seeded_random.h"

#include <gtest/gtest.h>

#include <vector>

namespace kpi {
namespace {

TEST(SeededRandom, PublishedNumbers) {
  SeededRandom random(1234567);
  for (const std::uint64_t expected : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U, 16408922859458223821U}) {
    EXPECT_EQ(random.next(), expected);
  }
}

TEST(SeededRandom, UnitAndBelowAreEven) {
  SeededRandom random(5);
  double sum = 0;
  std::vector<int> counts(7);
  for (int i = 0; i < 70000; ++i) {
    const double u = random.unit();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    ++counts[random.below(7)];
  }
  EXPECT_NEAR(sum / 70000, 0.5, 5 * 0.2887 / 264.6);                 // five standard errors
  for (const int count : counts) EXPECT_NEAR(count, 10000, 5 * 92.6);  // sqrt(70000 * 6 / 49)
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace kpi
