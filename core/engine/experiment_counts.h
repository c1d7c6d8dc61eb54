// Experiments out of rows: visitors, conversions and revenue of each arm, in all and day by day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/experiment_visitors.h"
#include "core/engine/report.h"
#include "core/models/wilson.h"

namespace kpi {

/// What an arm's visitors brought: of each visitor, or sums over all. Visitors whose revenue is not known are in neither.
struct ArmRevenue {
  std::vector<double> revenue, before, orders;  // by visitor; before and orders NaN where not known
  double visitors = 0, sum = 0, squares = 0;    // of rows with sums
};

struct ExperimentArm {
  std::string name;       // as first written
  bool is_control = false;
  Proportion counts{};
  ArmRevenue revenue;
};

/// Where the revenue of an experiment is from. kSum: sums without sums of squares, which tell means and no more.
enum class RevenueBasis : std::uint8_t { kNone, kSum, kSums, kVisitors };

/// What the rows of an experiment told of its visitors one by one.
struct VisitorUse {
  std::uint64_t in_several_arms = 0, without_outcome = 0;     // visitors left out
  std::uint64_t by_amount = 0;                                // converted because they ordered or paid: no row says it
  std::uint64_t without_revenue = 0;                          // left out of the revenue alone
  std::uint64_t without_before = 0, doubtful_before = 0;      // nothing is known from before; rows differ, the first counts
  std::uint64_t without_orders = 0;
  std::uint64_t rows_with_counts = 0;                         // of the same experiment, not counted beside its visitors
  Proportion with_counts{};                                   // what they say
};

struct Experiment {
  std::string name;                 // as first written; empty where no row says it
  std::vector<ExperimentArm> arms;  // the control first, then by name
  bool is_control_assumed = false;  // no arm, or several, are called control: the first by name is taken
  Day first = kNoDay, last = kNoDay;
  std::uint64_t undated = 0;        // rows that no day is known of
  struct Look {
    Day day;
    std::vector<Proportion> so_far;  // as the arms
  };
  std::vector<Look> looks;          // days with rows, counts added up; undated rows are in none
  RevenueBasis revenue = RevenueBasis::kNone;
  std::string_view currency;        // of the revenue: ISO code, or empty
  bool is_currency_mixed = false;
  bool is_of_visitors = false;      // rows name their visitors
  VisitorUse use;
};

/// Rows that cannot be: conversions and visitors are whole numbers from 0, at most kMostVisitors, and nobody converts who was not there.
struct RowsRefused {
  std::uint64_t incomplete = 0, negative = 0, not_whole = 0, too_large = 0, more_conversions = 0;
};
constexpr double kMostVisitors = 1e12;

struct ExperimentCounts {
  std::vector<Experiment> experiments;  // the latest first, then by name
  RowsRefused refused;
  std::uint64_t repeated = 0, outside = 0, used = 0;  // repeated rows, rows outside window or filter
  std::uint64_t beside_visitors = 0;                  // rows of experiments that other rows tell of visitor by visitor
  VisitorRows visitor_rows;
  /// Rows of visitors: that count, outside window or filter, of several arms, of whom nothing tells whether they converted.
  std::uint64_t visitor_used = 0, visitor_outside = 0, in_several_arms = 0, without_outcome = 0;
  std::uint64_t same_rows = 0;                        // of the same visitor, day and figures as an earlier one. They count: it may have happened twice
  bool has_table = false;
};

/// Rows of an arm add up over files. Texts that differ only in case or blanks are one arm and one experiment.
///
/// Rows that name their visitors: a visitor counts on the day of the first exposure, with all that they did then or later, and not at all
/// where they saw several arms. An experiment that is in both kinds of rows counts by its visitors, who say more; its rows with counts are
/// left out and counted.
/// Errors those of open_scope. Cost O(rows log arms).
Result<ExperimentCounts> count_experiments(const Dataset& dataset, const ReportRequest& request);

}  // namespace kpi
