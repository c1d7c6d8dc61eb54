#include "core/models/penalty_choice.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/logistic_regression.h"

namespace kpi {
namespace {

constexpr double kLeastChance = 1e-15;
constexpr double kAlike = 1e-9;  // relative: exp and log differ in their last digits from one platform to the next

using Columns = std::vector<std::vector<double>>;

struct Part {
  Columns before, after;  // the features that vary before the cut
  std::span<const std::uint8_t> known, next;
};

Part part_at(std::span<const std::vector<double>> features, std::span<const std::uint8_t> outcomes, std::size_t cut, std::size_t end) {
  Part part{{}, {}, outcomes.first(cut), outcomes.subspan(cut, end - cut)};
  for (const std::vector<double>& column : features) {
    const auto from = column.begin(), at = from + static_cast<std::ptrdiff_t>(cut);
    if (std::all_of(from, at, [&](double value) { return value == column.front(); })) continue;
    part.before.emplace_back(from, at);
    part.after.emplace_back(at, from + static_cast<std::ptrdiff_t>(end));
  }
  return part;
}

/// Whether a fit is there; its losses are added.
bool add_losses(const Part& part, double l2, Sum& losses) {
  LogisticOptions options;
  options.l2 = l2;
  const Outcome<LogisticRegression> fitted = fit_logistic_regression(part.before, part.known, options);
  if (!fitted.ok()) return false;
  const std::vector<double> chances = predict_all(fitted.value(), part.after);
  for (std::size_t i = 0; i < chances.size(); ++i) losses.add(-std::log(std::max(part.next[i] != 0 ? chances[i] : 1 - chances[i], kLeastChance)));
  return true;
}

}  // namespace

Outcome<PenaltyChoice> choose_penalty(std::span<const std::vector<double>> features, std::span<const std::uint8_t> outcomes, std::span<const std::size_t> cuts,
                                      std::span<const double> candidates) {
  if (features.empty() || cuts.empty() || candidates.empty()) return Undefined{"out_of_range", {}};
  for (const std::vector<double>& column : features) {
    if (column.size() != outcomes.size()) return Undefined{"out_of_range", {}};
  }
  std::vector<Part> parts;
  PenaltyChoice choice{0, {}, 0};
  for (std::size_t k = 0; k < cuts.size(); ++k) {
    const std::size_t end = k + 1 < cuts.size() ? cuts[k + 1] : outcomes.size();
    if (cuts[k] == 0 || cuts[k] >= end) return Undefined{"out_of_range", {}};
    Part part = part_at(features, outcomes, cuts[k], end);
    const auto converted = static_cast<std::size_t>(std::count_if(part.known.begin(), part.known.end(), [](std::uint8_t y) { return y != 0; }));
    if (part.before.empty() || converted == 0 || converted == part.known.size()) continue;
    choice.foretold += part.next.size();
    parts.push_back(std::move(part));
  }
  for (const double l2 : candidates) {
    if (!(l2 > 0) || !std::isfinite(l2)) return Undefined{"out_of_range", {}};
    Sum losses;
    if (parts.empty() || !std::all_of(parts.begin(), parts.end(), [&](const Part& part) { return add_losses(part, l2, losses); })) continue;
    choice.tried.push_back({l2, losses.value() / static_cast<double>(choice.foretold)});
  }
  if (choice.tried.empty()) return Undefined{"too_few_rows", {}};
  const auto least = std::min_element(choice.tried.begin(), choice.tried.end(), [](const auto& a, const auto& b) { return a.log_loss < b.log_loss; });
  for (const TriedPenalty& one : choice.tried) {
    if (one.log_loss <= least->log_loss * (1 + kAlike)) choice.l2 = std::max(choice.l2, one.l2);
  }
  return choice;
}

}  // namespace kpi
