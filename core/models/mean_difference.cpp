#include "core/models/mean_difference.h"

#include <cmath>
#include <optional>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

std::optional<Undefined> refuse(const Moments& a, const Moments& b, double confidence) {
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {}};
  for (const Moments& m : {a, b}) {
    if (!std::isfinite(m.n) || !std::isfinite(m.mean) || !std::isfinite(m.variance)) return Undefined{"not_finite", {}};
    if (m.n < 2) return Undefined{"too_few_rows", {}};
  }
  if (!(a.variance + b.variance > 0)) return Undefined{"denominator_zero", {}};
  return std::nullopt;
}

Outcome<MeanDifference> result(double difference, double error, double freedom, double confidence) {
  const double t = difference / error, reach = student_quantile(0.5 + confidence / 2, freedom) * error;
  const MeanDifference test{difference, error, t, freedom, student_two_sided(t, freedom), {difference - reach, difference + reach}};
  if (!std::isfinite(t) || !std::isfinite(freedom) || !std::isfinite(reach)) return Undefined{"not_finite", {}};
  return test;
}

}  // namespace

Outcome<Moments> moments_of(std::span<const double> values) {
  if (values.empty()) return Undefined{"no_rows", {}};
  Sum sum, squares;
  for (const double value : values) {
    if (!std::isfinite(value)) return Undefined{"not_finite", {}};
    sum.add(value);
  }
  const double n = static_cast<double>(values.size()), mean = sum.value() / n;
  for (const double value : values) squares.add((value - mean) * (value - mean));
  const double variance = values.size() < 2 ? 0 : squares.value() / (n - 1);
  if (!std::isfinite(mean) || !std::isfinite(variance)) return Undefined{"not_finite", {}};
  return Moments{n, mean, variance};
}

Outcome<Moments> moments_of_sums(double n, double sum, double sum_of_squares) {
  if (!std::isfinite(n) || !std::isfinite(sum) || !std::isfinite(sum_of_squares)) return Undefined{"not_finite", {}};
  if (!(n > 0)) return Undefined{"no_rows", {}};
  const double around = sum_of_squares - sum * sum / n;
  if (around < -1e-9 * sum_of_squares || sum_of_squares < 0) return Undefined{"out_of_range", {}};
  return Moments{n, sum / n, n < 2 || around < 0 ? 0 : around / (n - 1)};
}

Outcome<MeanDifference> welch_test(const Moments& a, const Moments& b, double confidence) {
  if (std::optional<Undefined> refused = refuse(a, b, confidence)) return *refused;
  const double of_a = a.variance / a.n, of_b = b.variance / b.n, all = of_a + of_b;
  const double freedom = all * all / (of_a * of_a / (a.n - 1) + of_b * of_b / (b.n - 1));
  return result(b.mean - a.mean, std::sqrt(all), freedom, confidence);
}

Outcome<MeanDifference> student_test(const Moments& a, const Moments& b, double confidence) {
  if (std::optional<Undefined> refused = refuse(a, b, confidence)) return *refused;
  const double freedom = a.n + b.n - 2, variance = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / freedom;
  return result(b.mean - a.mean, std::sqrt(variance * (1 / a.n + 1 / b.n)), freedom, confidence);
}

}  // namespace kpi
