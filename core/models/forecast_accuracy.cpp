#include "core/models/forecast_accuracy.h"

#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

/// A mean of ratios, undefined as soon as one denominator is 0.
class RatioMean {
 public:
  void add(double numerator, double denominator) {
    is_defined_ = is_defined_ && denominator != 0;
    if (is_defined_) sum_.add(numerator / denominator);
    ++count_;
  }
  Outcome<double> value(const char* denominator) const {
    const double mean = sum_.value() / static_cast<double>(count_);
    if (!is_defined_ || count_ == 0 || !std::isfinite(mean)) return Undefined{"denominator_zero", {denominator}};
    return mean;
  }

 private:
  Sum sum_;
  std::size_t count_ = 0;
  bool is_defined_ = true;
};

Outcome<double> ratio(double numerator, double denominator, const char* name) {
  if (!(denominator > 0) || !std::isfinite(numerator / denominator)) return Undefined{"denominator_zero", {name}};
  return numerator / denominator;
}

Outcome<double> first_autocorrelation(const std::vector<double>& errors, double mean) {
  Sum together, squares;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    squares.add((errors[i] - mean) * (errors[i] - mean));
    if (i > 0) together.add((errors[i] - mean) * (errors[i - 1] - mean));
  }
  return ratio(together.value(), squares.value(), "variance");
}

Outcome<double> theil_u(const std::vector<double>& actual, const std::vector<double>& forecast) {
  Sum errors, changes;
  for (std::size_t i = 1; i < actual.size(); ++i) {
    if (actual[i - 1] == 0) return Undefined{"denominator_zero", {"actual"}};
    const double error = (forecast[i] - actual[i]) / actual[i - 1], change = actual[i] / actual[i - 1] - 1;
    errors.add(error * error);
    changes.add(change * change);
  }
  const Outcome<double> squared = ratio(errors.value(), changes.value(), "change");
  if (!squared.ok()) return squared;
  return std::sqrt(squared.value());
}

}  // namespace

Outcome<ForecastAccuracy> forecast_accuracy(const std::vector<double>& actual, const std::vector<double>& forecast, double scale) {
  if (actual.empty()) return Undefined{"no_rows", {}};
  if (actual.size() != forecast.size()) return Undefined{"out_of_range", {"forecast"}};
  const double n = static_cast<double>(actual.size());
  std::vector<double> errors;
  Sum sum, squares, absolute, magnitude;
  RatioMean percentage, absolute_percentage, symmetric;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const double error = actual[i] - forecast[i];
    errors.push_back(error);
    sum.add(error);
    squares.add(error * error);
    absolute.add(std::fabs(error));
    magnitude.add(std::fabs(actual[i]));
    percentage.add(error, actual[i]);
    absolute_percentage.add(std::fabs(error), std::fabs(actual[i]));
    symmetric.add(2 * std::fabs(error), std::fabs(actual[i]) + std::fabs(forecast[i]));
  }
  if (!std::isfinite(squares.value()) || !std::isfinite(magnitude.value()) || !std::isfinite(scale)) return Undefined{"not_finite", {}};
  const double mean = sum.value() / n, mean_absolute = absolute.value() / n;
  return ForecastAccuracy{mean,
                          std::sqrt(squares.value() / n),
                          mean_absolute,
                          percentage.value("actual"),
                          absolute_percentage.value("actual"),
                          symmetric.value("actual + forecast"),
                          ratio(absolute.value(), magnitude.value(), "actual"),
                          ratio(mean_absolute, scale, "scale"),
                          first_autocorrelation(errors, mean),
                          theil_u(actual, forecast)};
}

Outcome<double> naive_scale(const std::vector<double>& values, std::size_t season) {
  if (season == 0) return Undefined{"out_of_range", {"season"}};
  if (values.size() <= season) return Undefined{"too_few_rows", {}};
  Sum sum;
  for (std::size_t i = season; i < values.size(); ++i) sum.add(std::fabs(values[i] - values[i - season]));
  const double mean = sum.value() / static_cast<double>(values.size() - season);
  if (!std::isfinite(mean)) return Undefined{"not_finite", {}};
  return mean;
}

}  // namespace kpi
