#include "core/models/pareto_nbd_integral.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/models/quadrature.h"

namespace kpi {

LogOddsOfLeaving log_odds_of_leaving(const ParetoNbd& m, const RecencyFrequency& c, bool with_derivatives) {
  LogOddsOfLeaving out;
  const bool is_alpha_less = m.alpha <= m.beta;
  const double least = std::min(m.alpha, m.beta), gap = std::fabs(m.alpha - m.beta);
  const double rx = m.r + c.frequency, from = least + c.recency;
  const double length = std::log1p((c.age - c.recency) / from);
  if (!(length > 0)) {
    out.value = -std::numeric_limits<double>::infinity();
    return out;
  }
  // ln of the integrand in u = ln((least + tau) / from): u - near ln(least + tau) - far ln(greater + tau), to a constant.
  const double near_power = is_alpha_less ? rx : m.s + 1, far_power = is_alpha_less ? m.s + 1 : rx;
  const double log_from = std::log(from), log_far_from = std::log(from + gap);
  const auto share = [&](double u) { return 1 / (1 + gap / (from * std::exp(u))); };  // (least + tau) / (greater + tau)
  const double fall_first = near_power + far_power * share(0) - 1, fall_last = near_power + far_power * share(length) - 1;
  const double end = fall_first > 0 ? std::min(length, 45 / fall_first) : length;
  const double steepest = std::max(std::fabs(fall_first), std::fabs(fall_last));
  const double pieces = std::max(1.0, std::ceil(std::max(end / 2, end * steepest / 10)));
  const double width = end / pieces;
  const std::span<const QuadratureNode> rule = width <= 0.5 && width * steepest <= 2 ? short_rule() : long_rule();

  const double near_end = log_from + length, far_end = std::log(from + gap + (c.age - c.recency));
  double total = 0, r = 0, alpha = 0, s = 0, beta = 0;
  for (double piece = 0; piece < pieces; ++piece) {
    for (const QuadratureNode& node : rule) {
      const double u = width * (piece + node.at), grown = from * std::exp(u);
      const double log_far = std::log(grown + gap);
      const double term = node.weight * std::exp((1 - near_power) * u - far_power * (log_far - log_far_from));
      total += term;
      if (!with_derivatives) continue;
      const double near_left = near_end - (log_from + u), far_left = far_end - log_far;
      r += term * (is_alpha_less ? near_left : far_left);
      s += term * (is_alpha_less ? far_left : near_left);
      alpha += term / (is_alpha_less ? grown : grown + gap);
      beta += term / (is_alpha_less ? grown + gap : grown);
    }
  }
  // At t_x: (rx) ln((alpha + T) / (alpha + t_x)) + s ln((beta + T) / (beta + t_x)) - ln(beta + t_x), times d tau = from e^u du.
  const double since = c.age - c.recency;
  const double log_first = rx * std::log1p(since / (m.alpha + c.recency)) + m.s * std::log1p(since / (m.beta + c.recency));
  out.value = std::log(m.s) + log_first - std::log(m.beta + c.recency) + log_from + std::log(total * width);
  if (with_derivatives) {
    out.by_r = r / total;
    out.by_s = 1 / m.s + s / total;
    out.by_alpha = rx * (1 / (m.alpha + c.age) - alpha / total);
    out.by_beta = m.s / (m.beta + c.age) - (m.s + 1) * beta / total;
  }
  return out;
}

}  // namespace kpi
