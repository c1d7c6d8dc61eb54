#include "core/engine/solve.h"

#include <algorithm>
#include <cmath>

#include "core/catalog/nearest.h"

namespace kpi {
namespace {

using Kind = Expression::Kind;
using Polynomial = std::vector<double>;  // coefficients of x^0, x^1, ...
constexpr std::size_t kMaxDegree = 12;

Polynomial plus(const Polynomial& a, const Polynomial& b, double sign) {
  Polynomial sum(std::max(a.size(), b.size()), 0);
  for (std::size_t i = 0; i < a.size(); ++i) sum[i] += a[i];
  for (std::size_t i = 0; i < b.size(); ++i) sum[i] += sign * b[i];
  return sum;
}

Polynomial times(const Polynomial& a, const Polynomial& b) {
  Polynomial product(a.size() + b.size() - 1, 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < b.size(); ++k) product[i + k] += a[i] * b[k];
  }
  return product;
}

bool is_zero(const Polynomial& p) {
  return std::all_of(p.begin(), p.end(), [](double c) { return c == 0; });
}

double at(const Polynomial& p, double x) {
  double value = 0;
  for (std::size_t i = p.size(); i-- > 0;) value = value * x + p[i];
  return value;
}

/// A formula as a ratio of polynomials in the unknown, or why it is none.
struct Ratio {
  Polynomial top{0}, bottom{1};
  std::string_view currency;
  Undefined reason;
  bool has_unknown = false;
  bool ok() const { return reason.code.empty(); }
};

Ratio failed(Undefined reason) {
  Ratio ratio;
  ratio.reason = std::move(reason);
  return ratio;
}

class Builder {
 public:
  Builder(std::string_view unknown, const Lookup& value_of, const std::function<const Expression*(std::string_view)>& formula_of)
      : unknown_(unknown), value_of_(value_of), formula_of_(formula_of) {}

  Ratio build(const Expression& e) {
    if (e.kind == Kind::kNumber) return constant(e.number);
    if (e.kind == Kind::kReference) return reference(e.reference);
    Ratio left = build(*e.left), right = build(*e.right);
    if (e.kind == Kind::kAddKnown && !left.ok() && !right.ok() && right.reason.code == "missing_input") return left;  // any would do
    if (e.kind == Kind::kAddKnown && left.ok() != right.ok() && left_out(left.ok() ? right : left)) return left.ok() ? left : right;
    if (!left.ok() || !right.ok()) return failed(joined(left, right));
    if (left.top.size() + right.top.size() + left.bottom.size() + right.bottom.size() > 2 * kMaxDegree) return failed(too_complex());
    if (!left.currency.empty() && !right.currency.empty() && left.currency != right.currency) {
      return failed({"currency_mixed", {std::string(left.currency), std::string(right.currency)}});
    }
    Ratio made = e.kind == Kind::kPower ? power(left, right) : combined(e, left, right);
    if (!made.ok()) return made;
    made.has_unknown = left.has_unknown || right.has_unknown;
    const bool is_plain = e.kind == Kind::kDivide && !left.currency.empty() && !right.currency.empty();
    made.currency = is_plain ? std::string_view() : left.currency.empty() ? right.currency : left.currency;
    if (made.has_unknown) return made;
    const double value = made.top[0] / made.bottom[0];  // what does not depend on the unknown is one number
    if (!std::isfinite(value)) return failed({"not_finite", {}});
    made.top = {value};
    made.bottom = {1};
    return made;
  }

 private:
  static Ratio constant(double value) {
    Ratio ratio;
    ratio.top = {value};
    return ratio;
  }
  Undefined too_complex() const { return {"too_complex", {std::string(unknown_)}}; }

  Ratio reference(const std::string& id) {
    if (id == unknown_) {
      Ratio ratio;
      ratio.top = {0, 1};
      ratio.has_unknown = true;
      return ratio;
    }
    if (const Expression* formula = formula_of_(id)) return build(*formula);
    const Value value = value_of_(id);
    if (const Undefined* undefined = std::get_if<Undefined>(&value)) return failed(*undefined);
    Ratio known = constant(std::get<Quantity>(value).value);
    known.currency = std::get<Quantity>(value).currency;
    return known;
  }

  static bool left_out(const Ratio& side) {
    for (const std::string_view code : {"missing_input", "no_rows", "no_date", "not_by_dimension"}) {
      if (side.reason.code == code) return true;
    }
    return false;
  }

  /// Missing inputs of both sides, else the first reason there is.
  static Undefined joined(const Ratio& left, const Ratio& right) {
    if (left.ok() || right.ok()) return left.ok() ? right.reason : left.reason;
    if (left.reason.code != "missing_input" || right.reason.code != "missing_input") return left.reason.code == "missing_input" || right.reason.code != "missing_input" ? left.reason : right.reason;
    Undefined both = left.reason;
    for (const std::string& id : right.reason.arguments) {
      if (std::find(both.arguments.begin(), both.arguments.end(), id) == both.arguments.end()) both.arguments.push_back(id);
    }
    return both;
  }

  static Ratio combined(const Expression& e, const Ratio& a, const Ratio& b) {
    Ratio made;
    if (e.kind == Kind::kMultiply) {
      made.top = times(a.top, b.top);
      made.bottom = times(a.bottom, b.bottom);
    } else if (e.kind == Kind::kDivide) {
      if (is_zero(b.top)) return failed({"denominator_zero", {format_formula(*e.right)}});
      made.top = times(a.top, b.bottom);
      made.bottom = times(a.bottom, b.top);
    } else {
      const double sign = e.kind == Kind::kSubtract ? -1 : 1;
      if (a.bottom == b.bottom) {
        made.top = plus(a.top, b.top, sign);
        made.bottom = a.bottom;
      } else {
        made.top = plus(times(a.top, b.bottom), times(b.top, a.bottom), sign);
        made.bottom = times(a.bottom, b.bottom);
      }
    }
    return made;
  }

  Ratio power(const Ratio& base, const Ratio& exponent) const {
    const double n = exponent.top[0] / exponent.bottom[0];
    if (exponent.has_unknown || !(n >= 0) || n != std::floor(n)) return failed(too_complex());
    if (base.has_unknown && n * static_cast<double>(std::max(base.top.size(), base.bottom.size()) - 1) > kMaxDegree) return failed(too_complex());
    Ratio made;
    made.top = {1};
    for (int i = 0; i < static_cast<int>(std::min(n, 1200.0)); ++i) {
      made.top = times(made.top, base.top);
      made.bottom = times(made.bottom, base.bottom);
    }
    return made;
  }

  std::string_view unknown_;
  const Lookup& value_of_;
  const std::function<const Expression*(std::string_view)>& formula_of_;
};

/// Where a polynomial changes its sign, from 0 to a million million million, by bisection.
std::vector<double> roots(const Polynomial& p) {
  constexpr double kSmallest = 1e-12, kLargest = 1e18, kStep = 1.05;
  std::vector<double> found;
  if (p[0] == 0) found.push_back(0);
  double low = kSmallest;
  for (double high = low * kStep; high < kLargest; low = high, high *= kStep) {
    if (at(p, high) == 0) {
      found.push_back(high);
      continue;
    }
    if (at(p, low) == 0) continue;  // found above
    if ((at(p, low) < 0) == (at(p, high) < 0)) continue;
    double a = low, b = high;
    for (int i = 0; i < 200 && a < b; ++i) {
      const double middle = a + (b - a) / 2;
      if (middle <= a || middle >= b) break;
      ((at(p, a) < 0) == (at(p, middle) < 0) ? a : b) = middle;
    }
    found.push_back(std::fabs(at(p, a)) < std::fabs(at(p, b)) ? a : b);
  }
  return found;
}

std::vector<double> solutions(const Ratio& ratio, double target) {
  const Polynomial equation = plus(ratio.top, times({target}, ratio.bottom), -1);
  std::size_t degree = equation.size() - 1;
  while (degree > 0 && equation[degree] == 0) --degree;
  std::vector<double> found;
  if (degree == 1) {
    found.push_back(-equation[0] / equation[1]);
  } else if (degree > 1) {
    found = roots(equation);
  }
  std::erase_if(found, [](double x) { return !(x >= 0) || !std::isfinite(x); });
  for (double& x : found) x += 0.0;  // no negative zero
  return found;
}

}  // namespace

Solution solve_formula(const Kpi& kpi, const Expression& in_force, const Measure& measure, double target, const Lookup& value_of,
                       const std::function<const Expression*(std::string_view)>& formula_of) {
  Solution solution{&kpi, &measure, target, {}, {}, Undefined{"missing_input", {measure.id}}, value_of(measure.id)};
  const Ratio ratio = Builder(measure.id, value_of, formula_of).build(in_force);
  if (!ratio.ok()) {
    solution.reason = ratio.reason;
  } else if (!ratio.has_unknown) {
    solution.reason = {"not_an_input", {measure.id}};
  } else {
    solution.values = solutions(ratio, target);
    // Forward again: what makes a denominator zero on the way is none of the formula's answers.
    std::erase_if(solution.values, [&](double x) {
      const std::function<Value(std::string_view)> with_x = [&](std::string_view id) -> Value {
        if (id == measure.id) return Quantity{x, {}};
        const Expression* formula = formula_of(id);
        return formula == nullptr ? value_of(id) : evaluate(*formula, with_x);
      };
      const Value forward = evaluate(in_force, with_x);
      const Quantity* reached = std::get_if<Quantity>(&forward);
      return reached == nullptr || std::fabs(reached->value - target) > 1e-6 * std::max(std::fabs(target), 1.0);
    });
    if (solution.values.empty()) solution.reason = {"no_solution", {measure.id}};
  }
  return solution;
}

Result<Solution> solve(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id, std::string_view measure_id, double target) {
  const Catalog& catalog = dataset.catalog();
  const Kpi* kpi = catalog.kpi(kpi_id);
  if (kpi == nullptr) return unknown_kpi(catalog, kpi_id);
  const Measure* measure = catalog.measure(measure_id);
  if (measure == nullptr) {
    std::vector<std::string> ids;
    for (const Measure& m : catalog.measures()) ids.push_back(m.id);
    return Error{Code::measure_unknown, {{"text", std::string(measure_id)}, {"nearest", nearest_ids(measure_id, ids)}, {"rows", std::int64_t{0}}}};
  }
  ReportRequest narrowed = request;
  narrowed.compare = {};
  narrowed.compare_also.clear();
  narrowed.group_by.clear();
  const Result<Report> made = make_report(dataset, narrowed);
  if (!made.ok()) return made.error();
  const Report& report = made.value();
  const Lookup value_of = [&](std::string_view id) -> Value {
    const Measure* m = catalog.measure(id);
    if (m == nullptr) return Undefined{"missing_input", {std::string(id)}};
    return report.measures[static_cast<std::size_t>(m - catalog.measures().data())].total;
  };
  const Formulas formulas = formulas_in_force(catalog, report);
  const Expression& formula = formulas.at(static_cast<std::size_t>(kpi - catalog.kpis().data()));
  Solution solution = solve_formula(*kpi, formula, *measure, target, value_of, [&](std::string_view id) { return formulas.of(id); });
  for (const KpiResult& k : report.kpis) {
    if (k.kpi == kpi) solution.kpi_now = k.value;
  }
  return solution;
}

}  // namespace kpi
