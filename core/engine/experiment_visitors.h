// Experiments out of rows that name their visitors: what each visitor of an experiment saw, did and brought, whatever the number of rows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// NaN: not known.
struct ExperimentVisitor {
  double revenue, revenue_before, orders;  // sums over the rows; revenue_before: the first that a row says, for it is of the visitor
  std::uint32_t experiment, arm;           // places in ExperimentVisitors::experiments and its arms
  std::uint32_t first_row, rows;           // the row of the first exposure, and how many there are
  Day first;                               // the earliest day of a row; kNoDay where none has one
  std::uint16_t table;                     // place among the tables asked for
  bool is_in_several;                      // of one experiment's arms: what the visitor did belongs to none of them
  bool is_known, is_converted;             // whether anything says if the visitor converted; where not, is_converted is false
  bool is_by_amount;                       // no row says it: orders, else revenue, above 0 do
  bool is_before_doubtful;                 // rows say different values from before
};

/// Rows, each in one place; those of visitors that are left out are counted by who counts visitors.
struct VisitorRows {
  std::uint64_t rows = 0, read = 0;
  std::uint64_t without_visitor = 0, without_arm = 0;
  std::uint64_t unreadable = 0;  // converted is no yes or no, or orders are below 0
  std::uint64_t too_large = 0;   // an amount or number of orders beyond kMostAmount
};
constexpr double kMostAmount = 1e12;

struct ExperimentVisitors {
  struct Arm {
    std::string key, name;
  };
  struct Named {
    std::string key, name;  // member keys tell them apart; names as first written
    std::vector<Arm> arms;
    std::string_view currency;    // ISO code, or empty
    bool has_revenue = false;     // a row of it says a revenue
    bool is_currency_mixed = false;
  };
  std::vector<Named> experiments;
  std::vector<ExperimentVisitor> visitors;  // as they appear
  VisitorRows rows;
};

/// Of the tables of kind experiment_visitors. `currency`: ISO code that amounts are converted into, each at the rate of its row's day,
/// where there are rates; empty: as they are.
/// A converted visitor is one of whom any row says so. Nothing bought is a revenue of 0: blank revenue and orders of a visitor of whom is
/// known that they did not convert are 0; of others they are not known.
/// Cost O(rows), about 100 bytes for each visitor.
ExperimentVisitors read_experiment_visitors(const Dataset& dataset, const std::vector<const FileTable*>& tables, std::string_view currency);

/// Derives visitors and conversions of each visitor's first exposure: 1, and whether they converted at any time; visitors of several arms
/// and those of whom nothing is known have none. Measures add them up as they do rows with counts.
void derive_experiment_visitors(const Dataset& dataset, const std::vector<FileTable*>& tables);

}  // namespace kpi
