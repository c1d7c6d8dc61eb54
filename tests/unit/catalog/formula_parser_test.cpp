#include <gtest/gtest.h>

#include <string>

#include "core/catalog/expression.h"

namespace kpi {
namespace {

using Kind = Expression::Kind;

ExpressionPtr parsed(const std::string& text) {
  Result<ExpressionPtr> result = parse_formula(text);
  EXPECT_TRUE(result.ok()) << text;
  return result.ok() ? std::move(result).value() : nullptr;
}

double number(const std::string& text) {
  const ExpressionPtr e = parsed(text);
  EXPECT_EQ(e->kind, Kind::kNumber) << text;
  return e->number;
}

Error refused(const std::string& text) {
  const Result<ExpressionPtr> result = parse_formula(text);
  EXPECT_FALSE(result.ok()) << text;
  return result.ok() ? Error{Code::request_invalid} : result.error();
}

std::int64_t integer(const Error& error, std::size_t i) { return std::get<std::int64_t>(error.arguments.at(i).second); }
std::string text(const Error& error, std::size_t i) { return std::get<std::string>(error.arguments.at(i).second); }

std::string repeated(const std::string& part, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += part;
  return result;
}

TEST(FormulaParser, ProductsBindTighterThanSums) {
  const ExpressionPtr e = parsed("a + b * c");
  ASSERT_EQ(e->kind, Kind::kAdd);
  EXPECT_EQ(e->left->reference, "a");
  ASSERT_EQ(e->right->kind, Kind::kMultiply);
  EXPECT_EQ(e->right->left->reference, "b");
  EXPECT_EQ(e->right->right->reference, "c");
}

TEST(FormulaParser, OperatorsGroupToTheLeft) {
  const ExpressionPtr minus = parsed("a - b - c");
  ASSERT_EQ(minus->left->kind, Kind::kSubtract);
  EXPECT_EQ(minus->right->reference, "c");
  const ExpressionPtr divided = parsed("a / b * c");
  ASSERT_EQ(divided->kind, Kind::kMultiply);
  EXPECT_EQ(divided->left->kind, Kind::kDivide);
}

TEST(FormulaParser, BracketsOverride) {
  const ExpressionPtr e = parsed("a/(b+c)");
  ASSERT_EQ(e->kind, Kind::kDivide);
  EXPECT_EQ(e->right->kind, Kind::kAdd);
}

TEST(FormulaParser, BlanksMeanNothing) {
  EXPECT_EQ(format_formula(*parsed(" \t a\n*\r b ")), "a * b");
}

TEST(FormulaParser, NumbersAreExact) {
  EXPECT_EQ(number("1000"), 1000.0);
  EXPECT_EQ(number("0.1"), 0.1);
  EXPECT_EQ(number("0.035"), 0.035);
  EXPECT_EQ(number("100.50"), 100.5);
  EXPECT_EQ(number("007.25"), 7.25);
  EXPECT_EQ(number("123456789012345"), 123456789012345.0);
  EXPECT_EQ(number("0.000000000000000000001"), 1e-21);
  EXPECT_EQ(number("1" + repeated("0", 22)), 1e22);
  EXPECT_EQ(number("0"), 0.0);
  EXPECT_EQ(number("0.000"), 0.0);
  EXPECT_EQ(number("0." + repeated("0", 30)), 0.0);
}

TEST(FormulaParser, RefusesNumbersThatADoubleCannotHoldExactlyAsWritten) {
  int checked = 0;
  for (const std::string& bad : {std::string("1."), std::string("1..2"), std::string("1.2.3"), std::string("1234567890123456"),
                                 std::string("0.1234567890123456"), "1" + repeated("0", 23), "0." + repeated("0", 22) + "1"}) {
    const Error error = refused("a + " + bad);
    EXPECT_EQ(error.code, Code::formula_number_invalid) << bad;
    EXPECT_EQ(integer(error, 0), 4);
    EXPECT_EQ(text(error, 1), bad);
    ++checked;
  }
  EXPECT_EQ(checked, 7);
}

TEST(FormulaParser, MinusBeforeANumberBelongsToIt) {
  EXPECT_EQ(number("-2.5"), -2.5);
  EXPECT_EQ(number("--2.5"), 2.5);
  EXPECT_EQ(number("-(2.5)"), -2.5);
  const ExpressionPtr e = parsed("a - -2");
  ASSERT_EQ(e->kind, Kind::kSubtract);
  EXPECT_EQ(e->right->number, -2.0);
}

TEST(FormulaParser, MinusBeforeAnIdIsAProductWithMinusOne) {
  const ExpressionPtr e = parsed("-a * b");
  ASSERT_EQ(e->kind, Kind::kMultiply);
  ASSERT_EQ(e->left->kind, Kind::kMultiply);
  EXPECT_EQ(e->left->left->number, -1.0);
  EXPECT_EQ(e->left->right->reference, "a");
}

TEST(FormulaParser, NamesTheCharacterThatDoesNotBelong) {
  struct Case {
    std::string formula;
    std::int64_t at;
    std::string what;
  };
  int checked = 0;
  for (const Case& c : {Case{"a $ b", 2, "$"}, Case{"a b", 2, "b"}, Case{"a)", 1, ")"}, Case{"* a", 0, "*"}, Case{"a * / b", 4, "/"},
                        Case{"()", 1, ")"}, Case{"A", 0, "A"}, Case{"2a", 1, "a"}, Case{".5", 0, "."}, Case{"+a", 0, "+"},
                        Case{"a \xC3\xB7 b", 2, "\xC3\xB7"}, Case{"a \xE2\x82\xAC", 2, "\xE2\x82\xAC"}, Case{"a > b", 2, ">"},
                        Case{std::string("a \0 b", 5), 2, std::string(1, '\0')}}) {
    const Error error = refused(c.formula);
    EXPECT_EQ(error.code, Code::formula_unexpected) << c.formula;
    EXPECT_EQ(integer(error, 0), c.at) << c.formula;
    EXPECT_EQ(text(error, 1), c.what) << c.formula;
    ++checked;
  }
  EXPECT_EQ(checked, 14);
}

TEST(FormulaParser, SaysWhereItStopsTooEarly) {
  struct Case {
    std::string formula;
    std::int64_t at;
  };
  int checked = 0;
  for (const Case& c : {Case{"", 0}, Case{"  ", 2}, Case{"a +", 3}, Case{"a / ", 4}, Case{"(a", 2}, Case{"-", 1}, Case{"((a)", 4}}) {
    const Error error = refused(c.formula);
    EXPECT_EQ(error.code, Code::formula_unexpected_end) << c.formula;
    EXPECT_EQ(integer(error, 0), c.at) << c.formula;
    ++checked;
  }
  EXPECT_EQ(checked, 7);
}

TEST(FormulaParser, NestingHasALimit) {
  EXPECT_TRUE(parse_formula(repeated("(", 64) + "a" + repeated(")", 64)).ok());
  const Error brackets = refused(repeated("(", 65) + "a" + repeated(")", 65));
  EXPECT_EQ(brackets.code, Code::formula_too_deep);
  EXPECT_EQ(integer(brackets, 0), 64);
  EXPECT_EQ(refused(repeated("-", 100000) + "a").code, Code::formula_too_deep);
  EXPECT_EQ(refused(repeated("(", 100000)).code, Code::formula_too_deep);
  EXPECT_TRUE(parse_formula(repeated("(a)+", 100) + "a").ok());  // side by side is not nested
}

TEST(FormulaParser, ChainsHaveALimit) {
  EXPECT_TRUE(parse_formula(repeated("a+", 255) + "a").ok());
  const Error error = refused(repeated("a+", 256) + "a");
  EXPECT_EQ(error.code, Code::formula_too_deep);
  EXPECT_EQ(integer(error, 0), 256);
  EXPECT_EQ(refused(repeated("a*", 100000) + "a").code, Code::formula_too_deep);
}

TEST(FormulaParser, AddsWhatIsKnownAndRaisesToPowers) {
  for (const char* text : {"a +? b +? c", "a + b + (c +? 0)", "1 - (1 - a) ^ 12", "a * b ^ c", "(a ^ b) ^ c", "-2 ^ 2"}) {
    const Result<ExpressionPtr> parsed = parse_formula(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(format_formula(*parsed.value()), text);
  }
  EXPECT_EQ(parse_formula("a +? b").value()->kind, Expression::Kind::kAddKnown);
  EXPECT_EQ(parse_formula("-x ^ 2").value()->kind, Expression::Kind::kMultiply);  // the sign binds less than the power
  EXPECT_FALSE(parse_formula("a ? b").ok());
  EXPECT_FALSE(parse_formula("a ^").ok());
}

}  // namespace
}  // namespace kpi
