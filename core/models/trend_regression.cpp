#include "core/models/trend_regression.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "core/models/special_functions.h"

namespace kpi {
namespace {

constexpr std::size_t kLongestSeason = 400;

}  // namespace

double TrendRegression::at(std::size_t t) const {
  const std::size_t place = (t + season - 1) % season;
  return coefficients[0] + coefficients[1] * static_cast<double>(t) + (place == 0 ? 0 : coefficients[place + 1]);
}

Outcome<TrendRegression> trend_regression(const std::vector<double>& values, std::size_t season) {
  if (season == 0 || season > kLongestSeason) return Undefined{"out_of_range", {"season"}};
  if (values.size() <= season + 1) return Undefined{"too_few_rows", {}};
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  const auto n = static_cast<Eigen::Index>(values.size()), k = static_cast<Eigen::Index>(season + 1);
  Eigen::MatrixXd design = Eigen::MatrixXd::Zero(n, k);
  Eigen::VectorXd y(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    y[i] = values[static_cast<std::size_t>(i)];
    design(i, 0) = 1;
    design(i, 1) = static_cast<double>(i + 1);
    const Eigen::Index place = i % static_cast<Eigen::Index>(season);
    if (place > 0) design(i, place + 1) = 1;
  }
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(design);
  const Eigen::VectorXd coefficients = qr.solve(y), residuals = y - design * coefficients;
  const double total = (y.array() - y.mean()).matrix().squaredNorm(), rest = residuals.squaredNorm(), df = static_cast<double>(n - k);
  if (!std::isfinite(total) || !std::isfinite(rest) || !coefficients.allFinite()) return Undefined{"not_finite", {}};
  if (!(total > 0)) return Undefined{"denominator_zero", {"variance"}};
  const Eigen::MatrixXd r = qr.matrixQR().topRows(k).triangularView<Eigen::Upper>();
  const Eigen::MatrixXd inverse = r.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(k, k));
  TrendRegression line{season, {}, {}, {}, std::sqrt(rest / df), 1 - rest / total};
  for (Eigen::Index i = 0; i < k; ++i) {
    const double error = line.residual_error * inverse.row(i).norm();
    line.coefficients.push_back(coefficients[i]);
    line.standard_errors.push_back(error);
    line.p.push_back(error > 0 ? student_two_sided(coefficients[i] / error, df) : coefficients[i] == 0 ? 1 : 0);
  }
  return line;
}

}  // namespace kpi
