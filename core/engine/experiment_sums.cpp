#include "core/engine/experiment_sums.h"

#include <cmath>

namespace kpi {

ExperimentSums::ExperimentSums(const Dataset& dataset, std::string_view currency) : dataset_(dataset) {
  if (!currency.empty() && !dataset.rates().empty()) converter_ = std::make_unique<CurrencyConverter>(dataset.rates(), currencies_, currency);
}

void ExperimentSums::open(const FileTable& t) {
  sum_ = t.table.find("value_sum");
  squares_ = t.table.find("value_sumsq");
  currency_ = row_currency(dataset_, currencies_, t, sum_);
}

void ExperimentSums::add(std::size_t row, Day day, double visitors, ExperimentDraft& draft, ExperimentDraft::Arm& arm) {
  const double sum = sum_ == nullptr ? NAN : sum_->numbers[row], squares = squares_ == nullptr ? NAN : squares_->numbers[row];
  if (!(std::fabs(sum) <= kMostSum)) return;
  std::uint8_t currency = currency_.at(row);
  const double rate = converter_ == nullptr ? 1 : converter_->convert(1, currency, day);
  if (currency != kUnknownCurrency && sum != 0) {
    if (draft.currency == kNoCurrency) draft.currency = currency;
    if (draft.currency != currency) draft.currency = kMixed;
  }
  const bool has_squares = squares >= 0 && squares <= kMostSum * kMostSum;
  ++draft.with_sum;
  draft.with_squares += has_squares ? 1U : 0U;
  arm.revenue.visitors += visitors;
  arm.revenue.sum += sum * rate;
  arm.revenue.squares += has_squares ? squares * rate * rate : 0;
}

void ExperimentSums::finish(ExperimentDraft& draft) const {
  if (draft.with_sum == 0) return;
  draft.found.currency = currencies_.code(draft.currency);
  draft.found.is_currency_mixed = draft.currency == kMixed;
  draft.found.use.without_revenue = draft.rows - draft.with_sum;
  draft.found.revenue = draft.with_squares == draft.rows ? RevenueBasis::kSums : RevenueBasis::kSum;
}

}  // namespace kpi
