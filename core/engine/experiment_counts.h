// Experiments out of rows: visitors and conversions of each arm, in all and day by day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/report.h"
#include "core/models/wilson.h"

namespace kpi {

struct ExperimentArm {
  std::string name;       // as first written
  bool is_control = false;
  Proportion counts{};
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
  bool has_table = false;
};

/// Rows of an arm add up over files. Texts that differ only in case or blanks are one arm and one experiment.
/// Errors those of open_scope. Cost O(rows log arms).
Result<ExperimentCounts> count_experiments(const Dataset& dataset, const ReportRequest& request);

}  // namespace kpi
