// Sums of revenue, and of its squares, that rows with counts may carry.
#pragma once

#include <memory>
#include <string_view>

#include "core/engine/currency_converter.h"
#include "core/engine/experiment_drafts.h"
#include "core/engine/row_currency.h"

namespace kpi {

/// In the report's currency, each row at the rate of its own day.
class ExperimentSums {
 public:
  /// Keeps references to what is given. `currency`: ISO code, or empty.
  ExperimentSums(const Dataset& dataset, std::string_view currency);
  void open(const FileTable& table);
  /// A row that counts. Sums beyond kMostSum are not known.
  void add(std::size_t row, Day day, double visitors, ExperimentDraft& draft, ExperimentDraft::Arm& arm);
  /// All rows of an experiment must say their sums: else these are of other visitors than its counts.
  void finish(ExperimentDraft& draft) const;

 private:
  const Dataset& dataset_;
  CurrencyNumbers currencies_;
  std::unique_ptr<CurrencyConverter> converter_;
  const Column *sum_ = nullptr, *squares_ = nullptr;
  RowCurrency currency_;
};
constexpr double kMostSum = 1e24;

}  // namespace kpi
