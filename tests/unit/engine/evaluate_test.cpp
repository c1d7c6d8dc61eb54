#include "core/engine/evaluate.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>

namespace kpi {
namespace {

using Inputs = std::map<std::string, Value, std::less<>>;

Lookup in(const Inputs& inputs) {
  return [&inputs](std::string_view id) -> Value {
    const auto it = inputs.find(id);
    return it == inputs.end() ? Value(Undefined{"missing_input", {std::string(id)}}) : it->second;
  };
}

ExpressionPtr parsed(std::string_view formula) { return std::move(parse_formula(formula)).value(); }

Value value_of(std::string_view formula, const Inputs& inputs) { return evaluate(*parsed(formula), in(inputs)); }

double number(const Value& value) {
  const Quantity* quantity = std::get_if<Quantity>(&value);
  EXPECT_NE(quantity, nullptr);
  return quantity == nullptr ? std::numeric_limits<double>::quiet_NaN() : quantity->value;
}

Undefined reason(const Value& value) {
  const Undefined* undefined = std::get_if<Undefined>(&value);
  EXPECT_NE(undefined, nullptr);
  return undefined == nullptr ? Undefined{"", {}} : *undefined;
}

using Ids = std::vector<std::string>;

TEST(Evaluate, CalculatesInTheOrderOfTheTree) {
  const Inputs inputs = {{"a", Quantity{7, ""}}, {"b", Quantity{2, ""}}};
  EXPECT_EQ(number(value_of("a + b * 10", inputs)), 27);
  EXPECT_EQ(number(value_of("(a + b) * 10", inputs)), 90);
  EXPECT_EQ(number(value_of("a / b", inputs)), 3.5);
  EXPECT_EQ(number(value_of("a - b - 1", inputs)), 4);
  EXPECT_EQ(number(value_of("-a", inputs)), -7);
}

TEST(Evaluate, ZeroDenominatorIsAReasonNotInfinity) {
  const Inputs inputs = {{"spend", Quantity{100, "EUR"}}, {"won", Quantity{0, ""}}, {"lost", Quantity{0, ""}}};
  const Undefined by_sum = reason(value_of("won / (won + lost)", inputs));
  EXPECT_EQ(by_sum.code, "denominator_zero");
  EXPECT_EQ(by_sum.arguments, Ids{"won + lost"});
  EXPECT_EQ(reason(value_of("spend / won", inputs)).arguments, Ids{"won"});
  EXPECT_EQ(reason(value_of("1 / -0", inputs)).code, "denominator_zero");
  EXPECT_EQ(number(value_of("won / spend", inputs)), 0);  // zero of something is zero
}

TEST(Evaluate, EveryMissingInputIsListedOnce) {
  const Inputs inputs = {{"b", Quantity{1, ""}}};
  const Undefined missing = reason(value_of("a * b / (c - a) + d", inputs));
  EXPECT_EQ(missing.code, "missing_input");
  EXPECT_EQ(missing.arguments, (Ids{"a", "c", "d"}));
}

TEST(Evaluate, MissingIsNotZero) {
  EXPECT_EQ(reason(value_of("0 * a", {})).code, "missing_input");
  EXPECT_EQ(reason(value_of("a - a", {})).code, "missing_input");
}

TEST(Evaluate, MissingWinsOverOtherReasons) {
  const Inputs inputs = {{"zero", Quantity{0, ""}}, {"few", Undefined{"too_few_rows", {}}}};
  EXPECT_EQ(reason(value_of("1 / zero + a", inputs)).arguments, Ids{"a"});
  EXPECT_EQ(reason(value_of("few + a", inputs)).code, "missing_input");
}

TEST(Evaluate, OtherReasonsPassThroughUnchangedLeftmostFirst) {
  const Inputs inputs = {{"few", Undefined{"too_few_rows", {"3"}}}, {"none", Undefined{"no_rows", {}}}, {"zero", Quantity{0, ""}}};
  EXPECT_EQ(reason(value_of("few / none", inputs)).code, "too_few_rows");
  EXPECT_EQ(reason(value_of("few / none", inputs)).arguments, Ids{"3"});
  EXPECT_EQ(reason(value_of("none / few", inputs)).code, "no_rows");
  EXPECT_EQ(reason(value_of("few / zero", inputs)).code, "too_few_rows");
}

TEST(Evaluate, AnUndefinedKpiGivesItsMissingMeasures) {
  const Inputs inputs = {{"win_rate", Undefined{"missing_input", {"won_deals", "lost_deals"}}}, {"cycle", Undefined{"missing_input", {"days", "won_deals"}}}};
  EXPECT_EQ(reason(value_of("win_rate / cycle", inputs)).arguments, (Ids{"won_deals", "lost_deals", "days"}));
}

TEST(Evaluate, WhatIsNotFiniteIsAReason) {
  const double huge = std::numeric_limits<double>::max();
  EXPECT_EQ(reason(value_of("a * a", {{"a", Quantity{huge, ""}}})).code, "not_finite");
  EXPECT_EQ(reason(value_of("a + a", {{"a", Quantity{huge, ""}}})).code, "not_finite");
  EXPECT_EQ(reason(value_of("a / b", {{"a", Quantity{huge, ""}}, {"b", Quantity{1e-300, ""}}})).code, "not_finite");
  EXPECT_EQ(reason(value_of("a", {{"a", Quantity{std::numeric_limits<double>::infinity(), ""}}})).code, "not_finite");
  EXPECT_EQ(reason(value_of("0 * a", {{"a", Quantity{std::numeric_limits<double>::quiet_NaN(), ""}}})).code, "not_finite");
}

TEST(Evaluate, MoneyKeepsItsCurrency) {
  const Inputs inputs = {{"spend", Quantity{90, "EUR"}}, {"leads", Quantity{9, ""}}};
  const Value cost = value_of("spend / leads", inputs);
  EXPECT_EQ(number(cost), 10);
  EXPECT_EQ(std::get<Quantity>(cost).currency, "EUR");
  EXPECT_EQ(std::get<Quantity>(value_of("1000 * spend", inputs)).currency, "EUR");
}

TEST(Evaluate, MoneyOverMoneyIsAPlainNumber) {
  const Inputs inputs = {{"value", Quantity{5000, "SEK"}}, {"cost", Quantity{1000, "SEK"}}};
  const Value roas = value_of("value / cost", inputs);
  EXPECT_EQ(number(roas), 5);
  EXPECT_EQ(std::get<Quantity>(roas).currency, "");
}

TEST(Evaluate, DifferentCurrenciesNeverMeet) {
  // Cost converted to USD, value not: 5000 / 95 = 52.63 was once shown as return on ad spend.
  const Inputs inputs = {{"value", Quantity{5000, "SEK"}}, {"cost", Quantity{95, "USD"}}};
  int checked = 0;
  for (const char* formula : {"value / cost", "value + cost", "value - cost", "value * cost", "(value - cost) / cost"}) {
    const Undefined mixed = reason(value_of(formula, inputs));
    EXPECT_EQ(mixed.code, "currency_mixed") << formula;
    EXPECT_EQ(mixed.arguments, (Ids{"SEK", "USD"})) << formula;
    ++checked;
  }
  EXPECT_EQ(checked, 5);
}

TEST(Evaluate, AnUnknownCurrencyFitsAny) {
  const Inputs inputs = {{"value", Quantity{300, "EUR"}}, {"cost", Quantity{100, ""}}};
  EXPECT_EQ(number(value_of("value - cost", inputs)), 200);
  EXPECT_EQ(std::get<Quantity>(value_of("value - cost", inputs)).currency, "EUR");
  EXPECT_EQ(std::get<Quantity>(value_of("cost + value", inputs)).currency, "EUR");
}

TEST(Trace, HasTheShapeOfTheFormulaWithEveryValue) {
  const Inputs inputs = {{"won", Quantity{5, ""}}, {"lost", Quantity{15, ""}}};
  const TraceNode node = trace(*parsed("won / (won + lost)"), in(inputs), [](std::string_view) { return nullptr; });
  EXPECT_EQ(node.operation, "divide");
  EXPECT_EQ(number(node.value), 0.25);
  ASSERT_EQ(node.children.size(), 2U);
  EXPECT_EQ(node.children[0].operation, "reference");
  EXPECT_EQ(node.children[0].reference, "won");
  EXPECT_EQ(number(node.children[0].value), 5);
  EXPECT_EQ(node.children[1].operation, "add");
  EXPECT_EQ(number(node.children[1].value), 20);
}

TEST(Trace, AReferenceToAKpiHoldsItsFormula) {
  const ExpressionPtr spend = parsed("media + 0");
  const Inputs inputs = {{"media", Quantity{40, "EUR"}}, {"marketing_spend", Quantity{40, "EUR"}}, {"leads", Quantity{8, ""}}};
  const TraceNode node = trace(*parsed("marketing_spend / leads"), in(inputs),
                               [&](std::string_view id) { return id == "marketing_spend" ? spend.get() : nullptr; });
  ASSERT_EQ(node.children[0].children.size(), 1U);
  EXPECT_EQ(node.children[0].children[0].operation, "add");
  EXPECT_EQ(number(node.children[0].children[0].value), 40);
  EXPECT_TRUE(node.children[1].children.empty());
}

TEST(Trace, AKpiThatShowsTheMeasureOfItsNameIsALeaf) {
  const ExpressionPtr mqls = parsed("mqls");
  const TraceNode node = trace(*mqls, in({{"mqls", Quantity{3, ""}}}), [&](std::string_view) { return mqls.get(); });
  EXPECT_EQ(node.operation, "reference");
  EXPECT_TRUE(node.children.empty());
}

TEST(Trace, CarriesTheReasonWhereItArises) {
  const TraceNode node = trace(*parsed("1 + a / b"), in({{"a", Quantity{1, ""}}, {"b", Quantity{0, ""}}}), [](std::string_view) { return nullptr; });
  EXPECT_EQ(node.children[0].operation, "number");
  EXPECT_EQ(number(node.children[0].value), 1);
  EXPECT_EQ(reason(node.children[1].value).code, "denominator_zero");
  EXPECT_EQ(reason(node.value).code, "denominator_zero");
}

TEST(WilsonInterval, AgreesWithPublishedFigures) {
  // Golden numbers of the KPI catalogue, section 6: 5/40 -> 5.460-26.112 %, 0/12 -> 0-24.249 %.
  const Interval five = wilson_interval(5, 40);
  EXPECT_NEAR(five.low, 0.05460, 5e-6);
  EXPECT_NEAR(five.high, 0.26112, 5e-6);
  const Interval none = wilson_interval(0, 12);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.24249, 5e-6);
}

TEST(WilsonInterval, MirrorsAtOneHalfAndStaysInside) {
  const Interval low = wilson_interval(3, 10);
  const Interval high = wilson_interval(7, 10);
  EXPECT_NEAR(low.low, 1 - high.high, 1e-15);
  EXPECT_NEAR(low.high, 1 - high.low, 1e-15);
  EXPECT_EQ(wilson_interval(12, 12).high, 1);
  int checked = 0;
  for (int n = 1; n <= 40; ++n) {
    for (int k = 0; k <= n; ++k) {
      const Interval i = wilson_interval(k, n);
      const double share = static_cast<double>(k) / n;
      EXPECT_TRUE(0 <= i.low && i.low <= share && share <= i.high && i.high <= 1) << k << "/" << n;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 860);
}

TEST(Evaluate, WhatIsKnownIsAdded) {
  const Inputs inputs = {{"media", Quantity{100, "EUR"}}, {"content", Quantity{20, ""}}, {"gone", Undefined{"no_rows", {"gone"}}},
                         {"mixed", Undefined{"currency_mixed", {"EUR", "USD"}}}, {"dollars", Quantity{1, "USD"}}};
  EXPECT_EQ(number(value_of("media +? content", inputs)), 120);
  EXPECT_EQ(number(value_of("media +? agency", inputs)), 100);
  EXPECT_EQ(number(value_of("agency +? content", inputs)), 20);
  EXPECT_EQ(number(value_of("media +? gone", inputs)), 100);
  EXPECT_EQ(reason(value_of("media +? mixed", inputs)).code, "currency_mixed");  // a fault is not left out
  EXPECT_EQ(reason(value_of("media +? dollars", inputs)).code, "currency_mixed");
  EXPECT_EQ(reason(value_of("agency +? payroll", inputs)).arguments, Ids{"agency"});  // any would do: the first is asked for
  // What may be missing is marked on its own, so that it never stands in for what may not.
  EXPECT_EQ(reason(value_of("media + sales + (content +? 0)", inputs)).arguments, Ids{"sales"});
}

TEST(Evaluate, PowersTakeWholeExponents) {
  const Inputs inputs = {{"x", Quantity{0.95, ""}}, {"half", Quantity{0.5, ""}}, {"many", Quantity{1201, ""}}};
  EXPECT_NEAR(number(value_of("1 - x ^ 12", inputs)), 0.45963991233736335, 1e-15);  // golden numbers: 5 % a month, to more digits
  EXPECT_EQ(number(value_of("x ^ 0", inputs)), 1);
  EXPECT_EQ(reason(value_of("x ^ half", inputs)).code, "exponent_not_whole");
  EXPECT_EQ(reason(value_of("x ^ -1", inputs)).code, "exponent_not_whole");
  EXPECT_EQ(reason(value_of("x ^ many", inputs)).code, "exponent_not_whole");
  EXPECT_EQ(reason(value_of("1000 ^ 1200", inputs)).code, "not_finite");
}

}  // namespace
}  // namespace kpi
