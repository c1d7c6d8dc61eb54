// The two splits of a change: by the members of a dimension, and by what the formula names.
#pragma once

#include <functional>
#include <vector>

#include "core/engine/change.h"

namespace kpi {

/// The values of formulas over one side of a comparison.
class Figures {
 public:
  static constexpr std::size_t kTotal = static_cast<std::size_t>(-1);
  Figures(const Formulas& formulas, std::vector<MeasureResult> measures) : formulas_(formulas), measures_(std::move(measures)) {}
  Value value(const Expression& expression, std::size_t member = kTotal) const;
  /// What a member gives to a figure that adds up: where it has no rows that is nothing, which is no statement about its own value.
  Value part(const Expression& expression, std::size_t member) const;

 private:
  Value with(const Expression& expression, std::size_t member, bool is_part) const;
  const Formulas& formulas_;
  std::vector<MeasureResult> measures_;
};

struct Sides {
  Figures before, after;
};

/// Both sides have a value of `formula`. Cost O(members log members).
MemberSplit split_by_members(const Formulas& formulas, const Sides& sides, const Dimension& group, const Expression& formula, std::size_t limit);

/// Nothing where the formula names a single measure or KPI. Cost: 2^inputs evaluations at most, 4096.
std::optional<FactorSplit> split_by_factors(const Formulas& formulas, const Sides& sides, const Expression& formula);

}  // namespace kpi
