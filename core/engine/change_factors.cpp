// A change by what the formula names: sums, products, and any other formula.
#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/engine/change_split.h"
#include "core/engine/effects.h"

namespace kpi {
namespace {

using Kind = Expression::Kind;
using Method = FactorSplit::Method;
constexpr std::size_t kMaxInputs = 12;

const Quantity* known(const Value& value) { return std::get_if<Quantity>(&value); }

/// The terms of a sum or the factors of a product, in order; false where the formula is neither or names one of them twice.
/// `is_turned`: subtracted, or divided by.
bool flatten(const Expression& e, bool is_product, bool is_turned, std::vector<FactorChange>& into) {
  if (e.kind == Kind::kNumber) return true;
  if (e.kind == Kind::kReference) {
    if (std::any_of(into.begin(), into.end(), [&](const FactorChange& f) { return f.id == e.reference; })) return false;
    FactorChange factor;
    factor.id = e.reference;
    factor.sign = is_product ? (is_turned ? '/' : '*') : is_turned ? '-' : '+';
    into.push_back(std::move(factor));
    return true;
  }
  const bool turns = e.kind == Kind::kDivide || e.kind == Kind::kSubtract;
  const bool fits = is_product ? e.kind == Kind::kMultiply || e.kind == Kind::kDivide : e.kind == Kind::kAdd || e.kind == Kind::kAddKnown || e.kind == Kind::kSubtract;
  return fits && flatten(*e.left, is_product, is_turned, into) && flatten(*e.right, is_product, is_turned != turns, into);
}

void read_values(const Sides& sides, FactorSplit& split) {
  for (FactorChange& f : split.factors) {
    Expression reference{Kind::kReference, 0, f.id, nullptr, nullptr};
    f.before = sides.before.value(reference);
    f.after = sides.after.value(reference);
  }
}

/// A term that is left out, by +?, gave nothing.
void split_sum(FactorSplit& split) {
  for (FactorChange& f : split.factors) {
    const double before = known(f.before) == nullptr ? 0 : known(f.before)->value;
    const double after = known(f.after) == nullptr ? 0 : known(f.after)->value;
    f.effect = f.sign == '-' ? before - after : after - before;
  }
}

bool are_positive(const FactorSplit& split) {
  return std::all_of(split.factors.begin(), split.factors.end(), [](const FactorChange& f) {
    const Quantity* before = known(f.before);
    const Quantity* after = known(f.after);
    return before != nullptr && after != nullptr && before->value > 0 && after->value > 0 && (before->currency == after->currency || before->currency.empty() || after->currency.empty());
  });
}

void split_product(FactorSplit& split, double before, double after) {
  std::vector<Factor> factors;
  for (const FactorChange& f : split.factors) factors.push_back({known(f.before)->value, known(f.after)->value, f.sign == '/' ? -1 : 1});
  const std::vector<double> effects = log_mean_effects(factors, before, after);
  for (std::size_t i = 0; i < effects.size(); ++i) split.factors[i].effect = effects[i];
}

void split_any(const Expression& formula, FactorSplit& split) {
  if (split.factors.size() > kMaxInputs) {
    split.reason = {"too_many_inputs", {}};
    return;
  }
  const std::function<Value(unsigned)> value_of = [&](unsigned set) {
    const Lookup lookup = [&](std::string_view id) -> Value {
      std::size_t i = 0;
      while (split.factors[i].id != id) ++i;
      return (set >> i & 1U) != 0 ? split.factors[i].after : split.factors[i].before;
    };
    return evaluate(formula, lookup);
  };
  const std::vector<double> effects = average_effects(split.factors.size(), value_of, split.reason);
  for (std::size_t i = 0; i < effects.size(); ++i) split.factors[i].effect = effects[i];
}

}  // namespace

std::optional<FactorSplit> split_by_factors(const Formulas& formulas, const Sides& sides, const Expression& formula) {
  const Expression* root = &formula;
  while (root->kind == Kind::kReference) {
    const Expression* inner = formulas.of(root->reference);
    if (inner == nullptr) return std::nullopt;
    root = inner;
  }
  FactorSplit split;
  const bool is_sum = flatten(*root, false, false, split.factors);
  if (!is_sum) split.factors.clear();
  const bool is_product = !is_sum && flatten(*root, true, false, split.factors);
  if (!is_sum && !is_product) {
    split.factors.clear();
    for (std::string& id : references(*root)) {
      split.factors.emplace_back();
      split.factors.back().id = std::move(id);
    }
  }
  read_values(sides, split);
  if (is_sum) {
    split.method = Method::kDifference;
    split_sum(split);
  } else if (is_product && are_positive(split)) {
    split.method = Method::kLogMean;
    split_product(split, known(sides.before.value(*root))->value, known(sides.after.value(*root))->value);
  } else {
    split.method = Method::kAverage;
    split_any(*root, split);
  }
  // What +? leaves out on both sides is no part of the KPI here.
  std::erase_if(split.factors, [](const FactorChange& f) { return known(f.before) == nullptr && known(f.after) == nullptr; });
  if (split.factors.size() < 2) return std::nullopt;
  Sum sum;
  for (const FactorChange& f : split.factors) sum.add(f.effect);
  split.sum = sum.value();
  if (split.reason.code.empty() && !std::isfinite(split.sum)) split.reason = {"not_finite", {}};
  if (!split.reason.code.empty()) split.method = Method::kNone;
  return split;
}

}  // namespace kpi
