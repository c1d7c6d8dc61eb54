// Runs tests/golden/metrics/<kpi id>.json: measure values in, the KPI's value or reason out, through the shipped catalogue.
//
// A case: "source" says where the figures come from; "inputs" gives measures a number, {"value","currency"} or
// {"undefined","arguments"}; then either "value" (with the "arithmetic" that leads to it and, for money, the "currency") or
// "undefined": {"code","arguments"}. Values agree to 1e-11 of their size. In "source", "golden numbers" and "rule T2" name the
// KPI reference's sections 6 and 1, "expected figures" what was counted independently in a real export.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/catalog/catalog.h"
#include "core/engine/evaluate.h"
#include "tests/support/paths.h"

namespace kpi {
namespace {

using nlohmann::json;

const Catalog& catalog() {
  static const Result<Catalog> kLoaded = Catalog::load();
  return kLoaded.value();
}

json golden(const std::string& kpi) {
  std::ifstream file(test::source_folder() + "/tests/golden/metrics/" + kpi + ".json");
  return json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
}

std::string text(const json& object, const char* member) {
  const auto it = object.find(member);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::vector<std::string> texts(const json& object, const char* member) {
  std::vector<std::string> list;
  const auto it = object.find(member);
  if (it != object.end() && it->is_array()) {
    for (const json& item : *it) list.push_back(item.get<std::string>());
  }
  return list;
}

/// The measures of one case, and every KPI over them in the catalogue's order.
class Case {
 public:
  explicit Case(const json& data) {
    const auto inputs = data.find("inputs");
    EXPECT_TRUE(inputs != data.end() && inputs->is_object());
    for (auto it = inputs->begin(); it != inputs->end(); ++it) {
      EXPECT_NE(catalog().measure(it.key()), nullptr) << it.key() << " is no measure";
      values_.emplace(it.key(), input(it.value()));
    }
    const Lookup lookup = [this](std::string_view id) { return value(id); };
    std::map<std::string, Value, std::less<>> kpis;
    for (const std::size_t i : catalog().evaluation_order()) {
      const Kpi& kpi = catalog().kpis()[i];
      if (catalog().measure(kpi.id) == nullptr) values_.insert_or_assign(kpi.id, evaluate(*kpi.formula, lookup));
    }
  }

  Value value(std::string_view id) const {
    const auto it = values_.find(id);
    return it == values_.end() ? Value(Undefined{"missing_input", {std::string(id)}}) : it->second;
  }

 private:
  Value input(const json& data) {
    if (data.is_number()) return Quantity{data.get<double>(), ""};
    if (data.contains("undefined")) return Undefined{kept(text(data, "undefined")), texts(data, "arguments")};
    return Quantity{data.find("value")->get<double>(), kept(text(data, "currency"))};
  }

  std::string_view kept(std::string word) { return words_.emplace_back(std::move(word)); }

  std::list<std::string> words_;  // what the values' views point to
  std::map<std::string, Value, std::less<>> values_;
};

void check_value(const json& expected, const Value& actual) {
  EXPECT_FALSE(text(expected, "arithmetic").empty());
  const Quantity* quantity = std::get_if<Quantity>(&actual);
  ASSERT_NE(quantity, nullptr) << std::get<Undefined>(actual).code;
  const double wanted = expected.find("value")->get<double>();
  EXPECT_NEAR(quantity->value, wanted, 1e-11 * std::fabs(wanted));
  EXPECT_EQ(quantity->currency, text(expected, "currency"));
}

void check_undefined(const json& expected, const Value& actual) {
  const Undefined* undefined = std::get_if<Undefined>(&actual);
  ASSERT_NE(undefined, nullptr) << std::get<Quantity>(actual).value;
  EXPECT_EQ(undefined->code, text(expected, "code"));
  EXPECT_EQ(undefined->arguments, texts(expected, "arguments"));
}

TEST(GoldenKpis, EveryKpiHasItsCasesAndGivesTheirValues) {
  int kpis = 0;
  for (const Kpi& kpi : catalog().kpis()) {
    SCOPED_TRACE(kpi.id);
    const json data = golden(kpi.id);
    ASSERT_TRUE(data.is_object() && text(data, "kpi") == kpi.id) << "no golden cases";
    int cases = 0, undefined_cases = 0;
    for (const json& one : *data.find("cases")) {
      SCOPED_TRACE("case " + std::to_string(cases) + ": " + text(one, "source"));
      EXPECT_FALSE(text(one, "source").empty());
      const Case evaluated(one);
      const Value actual = evaluate(*kpi.formula, [&](std::string_view id) { return evaluated.value(id); });
      const auto undefined = one.find("undefined");
      if (undefined == one.end()) {
        check_value(one, actual);
      } else {
        check_undefined(*undefined, actual);
        ++undefined_cases;
      }
      ++cases;
    }
    EXPECT_GE(cases, 3);
    EXPECT_GE(undefined_cases, 1);
    EXPECT_GE(cases - undefined_cases, 2);
    ++kpis;
  }
  EXPECT_EQ(kpis, 177);
}

TEST(GoldenKpis, NoCasesAreLeftOfAKpiThatIsGone) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_folder() + "/tests/golden/metrics")) {
    EXPECT_NE(catalog().kpi(entry.path().stem().string()), nullptr) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, catalog().kpis().size());
}

}  // namespace
}  // namespace kpi
