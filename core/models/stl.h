// A series split into trend, season and remainder by local regression, so robustly on demand that single strange values change neither.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// season: values in one. Spans are odd numbers of values; each smoother is fitted at every `jump`-th place and interpolated between.
struct StlPlan {
  std::size_t season;
  std::size_t season_span, trend_span, low_pass_span;
  std::size_t season_jump, trend_jump, low_pass_jump;
  std::size_t inner, outer;  // rounds; outer ones weigh strange values less and less, 0: none is strange
  bool is_periodic = false;  // the same season in every year: the mean of each place
};

/// The plan that R's stl() makes for a season's span (0: periodic): local constants for the season, lines for the rest.
StlPlan stl_plan(std::size_t values, std::size_t season, std::size_t season_span, bool is_robust);

struct Stl {
  std::vector<double> seasonal, trend, remainder;  // they add up to the values
};

/// Undefined: "out_of_range" (season below 2, a span of 0), "too_few_rows" (less than two seasons and a value), "not_finite".
/// Source  Cleveland, Cleveland, McRae, Terpenning 1990, STL: A Seasonal-Trend Decomposition Procedure Based on Loess, J. Official Statistics 6, 3-73.
/// Cost    O(values x span x rounds).
Outcome<Stl> stl(const std::vector<double>& values, const StlPlan& plan);

}  // namespace kpi
