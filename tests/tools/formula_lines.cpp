// Evaluates a formula per line of standard input. For tests that compare formulas with other programs.
//   FORMULA TAB ID=NUMBER TAB ...  -> the formula over these inputs
//   @KPI TAB MEASURE=NUMBER ...    -> the KPI of the shipped catalogue over these measures
// Inputs that are not named are missing. Answers, a line each: CANONICAL FORMULA TAB "value" TAB NUMBER (17 digits), or CANONICAL FORMULA TAB
// CODE TAB ARGUMENT TAB ..., or "refused" TAB CODE.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/engine/evaluate.h"

namespace {

using kpi::Value;
using Values = std::map<std::string, Value, std::less<>>;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', begin)) {
    parts.push_back(line.substr(begin, tab - begin));
    begin = tab + 1;
  }
  parts.push_back(line.substr(begin));
  return parts;
}

Values inputs_of(const std::vector<std::string>& parts) {
  Values values;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    if (equals == std::string::npos) continue;
    values.emplace(parts[i].substr(0, equals), kpi::Quantity{std::strtod(parts[i].c_str() + equals + 1, nullptr), ""});
  }
  return values;
}

void print(const kpi::Expression& formula, const Value& value) {
  std::string line = kpi::format_formula(formula);
  if (const kpi::Quantity* quantity = std::get_if<kpi::Quantity>(&value)) {
    char number[40];
    std::snprintf(number, sizeof number, "%.17g", quantity->value);
    line += std::string("\tvalue\t") + number;
  } else {
    const kpi::Undefined& undefined = *std::get_if<kpi::Undefined>(&value);
    line += '\t';
    line += undefined.code;
    for (const std::string& argument : undefined.arguments) line += '\t' + argument;
  }
  std::cout << line << '\n';
}

void answer(const std::string& line, const kpi::Catalog& catalog) {
  const std::vector<std::string> parts = split(line);
  Values values = inputs_of(parts);
  const kpi::Lookup lookup = [&](std::string_view id) -> Value {
    const auto it = values.find(id);
    return it == values.end() ? Value(kpi::Undefined{"missing_input", {std::string(id)}}) : it->second;
  };
  if (parts[0].substr(0, 1) == "@") {
    for (const std::size_t i : catalog.evaluation_order()) {
      const kpi::Kpi& entry = catalog.kpis()[i];
      const Value value = kpi::evaluate(*entry.formula, lookup);
      if (entry.id == parts[0].substr(1)) return print(*entry.formula, value);
      if (catalog.measure(entry.id) == nullptr) values.insert_or_assign(entry.id, value);
    }
    std::cout << "refused\tkpi_unknown\n";
    return;
  }
  const kpi::Result<kpi::ExpressionPtr> formula = kpi::parse_formula(parts[0]);
  if (!formula.ok()) {
    std::cout << "refused\t" << kpi::code_name(formula.error().code) << '\n';
    return;
  }
  print(*formula.value(), kpi::evaluate(*formula.value(), lookup));
}

}  // namespace

int main() {
  const kpi::Result<kpi::Catalog> catalog = kpi::Catalog::load();
  if (!catalog.ok()) {
    std::cerr << kpi::code_name(catalog.error().code) << '\n';
    return 1;
  }
  std::string line;
  while (std::getline(std::cin, line)) answer(line, catalog.value());
  return 0;
}
