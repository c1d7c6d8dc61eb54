// What count_experiments gathers of each experiment before it is put in order.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/engine/currency_numbers.h"
#include "core/engine/experiment_counts.h"

namespace kpi {

/// An experiment while its rows are read.
struct ExperimentDraft {
  struct Arm {
    std::string name;
    Proportion counts{};
    std::map<Day, Proportion> by_day;
    ArmRevenue revenue;
  };
  std::string name;
  std::map<std::string, Arm> arms;
  std::uint64_t undated = 0, rows = 0;
  std::uint64_t with_sum = 0, with_squares = 0;  // rows
  std::uint8_t currency = kNoCurrency;
  Experiment found;  // what is known of it already
};
using ExperimentDrafts = std::map<std::string, ExperimentDraft>;  // by key

inline void add(Proportion& to, const Proportion& counts) {
  to.k += counts.k;
  to.n += counts.n;
}

/// Adds the visitors of all rows that name them.
void count_visitors(const Dataset& dataset, const ReportScope& scope, std::string_view currency, ExperimentCounts& out, ExperimentDrafts& drafts);

}  // namespace kpi
