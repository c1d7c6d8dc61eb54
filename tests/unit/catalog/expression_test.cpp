#include "core/catalog/expression.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace kpi {
namespace {

std::string canonical(const std::string& text) {
  const Result<ExpressionPtr> result = parse_formula(text);
  EXPECT_TRUE(result.ok()) << text;
  return result.ok() ? format_formula(*result.value()) : "";
}

bool same_tree(const Expression& a, const Expression& b) {
  if (a.kind != b.kind || a.number != b.number || a.reference != b.reference) return false;
  if ((a.left == nullptr) != (b.left == nullptr)) return false;
  return a.left == nullptr || (same_tree(*a.left, *b.left) && same_tree(*a.right, *b.right));
}

Result<Unit> unit_of(const std::string& formula) {
  static const std::map<std::string, Unit, std::less<>> kUnits = {{"money", Unit::parse("money").value()},
                                                                  {"spend", Unit::parse("money").value()},
                                                                  {"leads", Unit::parse("lead").value()},
                                                                  {"deals", Unit::parse("deal").value()},
                                                                  {"deal_days", Unit::parse("deal*day").value()},
                                                                  {"share", Unit()}};
  const Result<ExpressionPtr> e = parse_formula(formula);
  EXPECT_TRUE(e.ok()) << formula;
  return unit_of_formula(*e.value(), "some_kpi", [](std::string_view id) -> const Unit* {
    const auto it = kUnits.find(id);
    return it == kUnits.end() ? nullptr : &it->second;
  });
}

TEST(FormatFormula, KeepsOnlyTheBracketsThatMatter) {
  EXPECT_EQ(canonical("((a))"), "a");
  EXPECT_EQ(canonical("(a*b)+(c/d)"), "a * b + c / d");
  EXPECT_EQ(canonical("(a+b)+c"), "a + b + c");
  EXPECT_EQ(canonical("a+(b+c)"), "a + (b + c)");
  EXPECT_EQ(canonical("a-(b-c)"), "a - (b - c)");
  EXPECT_EQ(canonical("a/(b*c)"), "a / (b * c)");
  EXPECT_EQ(canonical("a/(b/c)"), "a / (b / c)");
  EXPECT_EQ(canonical("(a+b)*(c-d)"), "(a + b) * (c - d)");
  EXPECT_EQ(canonical("a*b/c"), "a * b / c");
}

TEST(FormatFormula, WritesNumbersAsTheyWouldBeTyped) {
  EXPECT_EQ(canonical("1000"), "1000");
  EXPECT_EQ(canonical("0.80"), "0.8");
  EXPECT_EQ(canonical("0.035"), "0.035");
  EXPECT_EQ(canonical("-2.5*a"), "-2.5 * a");
  EXPECT_EQ(canonical("10000000000000000000000"), "10000000000000000000000");
  EXPECT_EQ(canonical("0.0000000000000000000001"), "0.0000000000000000000001");
  EXPECT_EQ(canonical("123456789.012345"), "123456789.012345");
  EXPECT_EQ(canonical("0"), "0");
}

TEST(FormatFormula, ANumberThatNoFormulaHoldsIsWrittenWithFifteenDigits) {
  Expression e{};
  e.kind = Expression::Kind::kNumber;
  e.number = 0.1 + 0.2;
  EXPECT_EQ(format_formula(e), "0.300000000000000");
}

TEST(FormatFormula, ReadsBackAsTheSameTree) {
  int checked = 0;
  for (const char* text : {"a", "-a", "a - -b", "a * -b", "--a", "-(a + b)", "a / -2", "1 - a / b", "a - (b - (c - d))", "-0",
                           "a*(b*(c*-d))", "0.1 + 0.7 * x_1", "12345.678901 / (a - 3) / 7"}) {
    const Result<ExpressionPtr> once = parse_formula(text);
    ASSERT_TRUE(once.ok()) << text;
    const std::string written = format_formula(*once.value());
    const Result<ExpressionPtr> twice = parse_formula(written);
    ASSERT_TRUE(twice.ok()) << written;
    EXPECT_TRUE(same_tree(*once.value(), *twice.value())) << text << " -> " << written;
    EXPECT_EQ(format_formula(*twice.value()), written);
    ++checked;
  }
  EXPECT_EQ(checked, 13);
}

TEST(FormatFormula, TheDeepestFormulaReadsBackToo) {
  std::string text;
  for (int i = 0; i < 63; ++i) text += "a * (";
  text += "a * -b";
  text += std::string(63, ')');
  const Result<ExpressionPtr> deep = parse_formula(text);
  ASSERT_TRUE(deep.ok());
  EXPECT_TRUE(parse_formula(format_formula(*deep.value())).ok());
}

TEST(References, EachOnceInOrderOfAppearance) {
  const Result<ExpressionPtr> e = parse_formula("b / (a + b) * c - 3 * a");
  EXPECT_EQ(references(*e.value()), (std::vector<std::string>{"b", "a", "c"}));
  EXPECT_TRUE(references(*parse_formula("1 + 2").value()).empty());
}

TEST(UnitOfFormula, MultipliesDividesAndKeepsSums) {
  EXPECT_EQ(unit_of("spend / leads").value().to_string(), "money/lead");
  EXPECT_EQ(unit_of("1000 * spend / leads").value().to_string(), "money/lead");
  EXPECT_EQ(unit_of("(money - spend) / spend").value().to_string(), "1");
  EXPECT_EQ(unit_of("deals * (money / deals) * share / (deal_days / deals)").value().to_string(), "money/day");
  EXPECT_EQ(unit_of("1 - share").value().to_string(), "1");
  EXPECT_EQ(unit_of("-spend").value().to_string(), "money");
}

TEST(UnitOfFormula, ThePrintedCostPerMqlIsNoMoneyPerMql) {
  // Source 002 item 1 prints "CPL / marketing spend": money/lead over money.
  EXPECT_EQ(unit_of("spend / leads / spend").value().to_string(), "1/lead");
}

TEST(UnitOfFormula, DifferentUnitsDoNotAddUp) {
  const Result<Unit> result = unit_of("spend / leads + deals");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::unit_not_addable);
  EXPECT_EQ(std::get<std::string>(result.error().arguments[0].second), "some_kpi");
  EXPECT_EQ(std::get<std::string>(result.error().arguments[1].second), "money/lead");
  EXPECT_EQ(std::get<std::string>(result.error().arguments[2].second), "deal");
  EXPECT_EQ(unit_of("leads - 1").error().code, Code::unit_not_addable);
}

TEST(UnitOfFormula, AnUnknownIdIsNamed) {
  const Result<Unit> result = unit_of("spend / visitors");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::catalog_unknown_reference);
  EXPECT_EQ(std::get<std::string>(result.error().arguments[1].second), "visitors");
}

TEST(UnitOfFormula, ZeroIsZeroOfAnything) {
  EXPECT_EQ(unit_of("spend + (money +? 0)").value().to_string(), "money");
  EXPECT_EQ(unit_of("0 - spend").value().to_string(), "money");
}

TEST(UnitOfFormula, PowersAreOfPlainNumbers) {
  EXPECT_EQ(unit_of("share ^ 12").value().to_string(), "1");
  EXPECT_EQ(unit_of("spend ^ 2").error().code, Code::unit_mismatch);
  EXPECT_EQ(unit_of("share ^ leads").error().code, Code::unit_mismatch);
}

}  // namespace
}  // namespace kpi
