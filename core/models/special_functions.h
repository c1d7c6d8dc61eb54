// Distributions and special functions, by Boost.Math: its only user, so that its headers are compiled once.
//
// All are pure, and are NaN where they are not defined (nothing is raised, nothing is set). Doubles are never widened: the same steps
// on every target, so that results differ by what exp and log of the platform differ, a last digit.
#pragma once

namespace kpi {

/// P(Z <= z), and its inverse for 0 < p < 1 (infinite at 0 and 1).
double normal_cdf(double z);
double normal_quantile(double p);
/// P(Z > z) without the loss of digits of 1 - normal_cdf(z).
double normal_upper(double z);
/// P(|T| > |t|) of Student's t, and t with P(T <= t) = p. df > 0, not necessarily whole.
double student_two_sided(double t, double df);
double student_quantile(double p, double df);
/// P(X > x) of chi-square. x >= 0, df > 0.
double chi_square_upper(double x, double df);
/// Regularised incomplete beta I_x(a, b) = P(Beta(a, b) <= x), and its inverse in x.
double beta_cdf(double x, double a, double b);
double beta_quantile(double p, double a, double b);
/// Logarithm of |gamma(x)|, of gamma(a) gamma(b) / gamma(a + b); the first two derivatives of the former.
double log_gamma(double x);
double log_beta(double a, double b);
double digamma(double x);
double trigamma(double x);
/// Logarithm of n over k. 0 <= k <= n, whole or not.
double log_choose(double n, double k);
/// P(T > t) of Student's t with the noncentrality `shift`. df > 0.
double student_noncentral_upper(double t, double df, double shift);

}  // namespace kpi
