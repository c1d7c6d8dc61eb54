#include "core/base/unit.h"

#include <gtest/gtest.h>

#include <string>

namespace kpi {
namespace {

Unit unit(std::string_view text) {
  const Result<Unit> parsed = Unit::parse(text);
  EXPECT_TRUE(parsed.ok()) << text;
  return parsed.ok() ? parsed.value() : Unit();
}

TEST(Unit, ReadsSymbolsAndExponents) {
  const Unit u = unit("deal^2*day/lead");
  EXPECT_EQ(u.exponent("deal"), 2);
  EXPECT_EQ(u.exponent("day"), 1);
  EXPECT_EQ(u.exponent("lead"), -1);
  EXPECT_EQ(u.exponent("money"), 0);
}

TEST(Unit, OneIsEmpty) {
  EXPECT_TRUE(unit("1").is_one());
  EXPECT_TRUE(unit("1*1/1").is_one());
  EXPECT_FALSE(unit("lead").is_one());
}

TEST(Unit, EqualSymbolsAboveAndBelowCancel) {
  EXPECT_EQ(unit("deal*day/deal"), unit("day"));
  EXPECT_TRUE(unit("money/money").is_one());
}

TEST(Unit, CanonicalTextPutsWhatIsAboveFirst) {
  EXPECT_EQ(unit("1/lead*money").to_string(), "money/lead");
  EXPECT_EQ(unit("1").to_string(), "1");
  EXPECT_EQ(unit("1/lead").to_string(), "1/lead");
  EXPECT_EQ(unit("1/day^2/deal").to_string(), "1/day^2/deal");
  EXPECT_EQ(unit("day*deal").to_string(), "day*deal");
}

TEST(Unit, CanonicalTextReadsBackAsTheSameUnit) {
  int checked = 0;
  for (const char* text : {"1", "money", "money/lead", "deal^3*day/money^2", "1/platform_lead", "a*b*c/d/e^9"}) {
    EXPECT_EQ(unit(unit(text).to_string()), unit(text)) << text;
    ++checked;
  }
  EXPECT_EQ(checked, 6);
}

TEST(Unit, MultipliesAndDivides) {
  EXPECT_EQ(unit("deal").multiplied_by(unit("money/deal")), unit("money"));
  EXPECT_EQ(unit("deal*day").divided_by(unit("deal")), unit("day"));
  EXPECT_TRUE(unit("money").divided_by(unit("money")).is_one());
  EXPECT_EQ(unit("1").divided_by(unit("day")), unit("1/day"));
}

TEST(Unit, RepeatedSquaringStaysDefined) {
  Unit u = unit("day");
  for (int i = 0; i < 40; ++i) u = u.multiplied_by(u);  // 2^40 would overflow an int
  EXPECT_EQ(u.exponent("day"), 1000000);
}

TEST(Unit, RefusesWhatIsNoUnit) {
  int refused = 0;
  for (const char* text : {"", " ", "money lead", "money/", "/lead", "Money", "money^", "money^0", "money^a", "2", "mo-ney", "money**lead", "1^2"}) {
    const Result<Unit> parsed = Unit::parse(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error().code, Code::unit_invalid);
    EXPECT_EQ(std::get<std::string>(parsed.error().arguments.front().second), text);
    ++refused;
  }
  EXPECT_EQ(refused, 13);
}

}  // namespace
}  // namespace kpi
