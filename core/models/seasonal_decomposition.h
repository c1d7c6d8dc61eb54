// The typical season of a series: by how much, or by what factor, each place in it differs from the trend.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

enum class Seasonality : std::uint8_t { kNone, kAdditive, kMultiplicative };

struct Decomposition {
  std::size_t trend_begins;     // index of the first value that has a trend
  std::vector<double> trend;    // centred moving average over one season; not for the first and the last half season
  std::vector<double> seasons;  // by place in the season, the first value's place first; they add up to 0, or their mean is 1
};

/// Classical decomposition. `season` is the number of values in one, at least 2. Undefined: "too_few_rows" (less than two seasons),
/// "not_finite", "out_of_range" (the season; a value not above 0 where multiplicative).
/// Source  Kendall and Stuart 1983, Advanced Theory of Statistics 3, 410-414. Cost O(n season).
Outcome<Decomposition> decompose(const std::vector<double>& values, std::size_t season, Seasonality kind);

}  // namespace kpi
