#include "core/models/special_functions.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <limits>

namespace kpi {
namespace {

namespace math = boost::math;
namespace rule = boost::math::policies;
// Without exceptions the library must never want to throw; and long double is not the same on every target.
using Policy = rule::policy<rule::domain_error<rule::ignore_error>, rule::pole_error<rule::ignore_error>, rule::overflow_error<rule::ignore_error>,
                            rule::evaluation_error<rule::ignore_error>, rule::rounding_error<rule::ignore_error>,
                            rule::indeterminate_result_error<rule::ignore_error>, rule::promote_double<false>>;
using StudentsT = math::students_t_distribution<double, Policy>;
using ChiSquared = math::chi_squared_distribution<double, Policy>;
constexpr Policy kPolicy;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

bool is_share(double p) { return p >= 0 && p <= 1; }
bool is_positive(double x) { return x > 0 && x < kInfinite; }

}  // namespace

double normal_cdf(double z) { return std::isnan(z) ? kNaN : 0.5 * math::erfc(-z / std::sqrt(2.0), kPolicy); }

double normal_upper(double z) { return normal_cdf(-z); }

double normal_quantile(double p) {
  if (!is_share(p)) return kNaN;
  if (p == 0 || p == 1) return p == 0 ? -kInfinite : kInfinite;
  return -std::sqrt(2.0) * math::erfc_inv(2 * p, kPolicy);
}

double student_two_sided(double t, double df) {
  if (std::isnan(t) || !is_positive(df)) return kNaN;
  if (std::isinf(t)) return 0;
  return 2 * math::cdf(math::complement(StudentsT(df), std::fabs(t)));
}

double student_quantile(double p, double df) {
  if (!is_share(p) || !is_positive(df)) return kNaN;
  if (p == 0 || p == 1) return p == 0 ? -kInfinite : kInfinite;
  return math::quantile(StudentsT(df), p);
}

double chi_square_upper(double x, double df) {
  if (!(x >= 0) || !is_positive(df)) return kNaN;
  return std::isinf(x) ? 0 : math::cdf(math::complement(ChiSquared(df), x));
}

double beta_cdf(double x, double a, double b) { return is_share(x) && is_positive(a) && is_positive(b) ? math::ibeta(a, b, x, kPolicy) : kNaN; }

double beta_quantile(double p, double a, double b) {
  return is_share(p) && is_positive(a) && is_positive(b) ? math::ibeta_inv(a, b, p, static_cast<double*>(nullptr), kPolicy) : kNaN;
}

double log_gamma(double x) { return std::isnan(x) ? kNaN : std::isinf(x) ? kInfinite : math::lgamma(x, kPolicy); }

double log_beta(double a, double b) {
  if (!is_positive(a) || !is_positive(b)) return kNaN;
  const double small = a < b ? a : b, large = a < b ? b : a;
  // For a large argument the difference of two logarithms loses digits; their ratio of gammas does not.
  if (large > 100 && small < large / 10) return math::lgamma(small, kPolicy) + std::log(math::tgamma_delta_ratio(large, small, kPolicy));
  return math::lgamma(small, kPolicy) + (math::lgamma(large, kPolicy) - math::lgamma(small + large, kPolicy));
}

double digamma(double x) { return std::isfinite(x) ? math::digamma(x, kPolicy) : kNaN; }
double trigamma(double x) { return is_positive(x) ? math::trigamma(x, kPolicy) : kNaN; }

double log_choose(double n, double k) {
  if (!(k >= 0 && k <= n) || std::isinf(n)) return kNaN;
  return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
}

double student_noncentral_upper(double t, double df, double shift) {
  if (!std::isfinite(t) || !is_positive(df) || !std::isfinite(shift)) return kNaN;
  return math::cdf(math::complement(math::non_central_t_distribution<double, Policy>(df, shift), t));
}

}  // namespace kpi
