// Amounts of many currencies -> the report's currency, each at the rate of its own day, and what was made of how many rows.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/number_map.h"
#include "core/engine/currency_numbers.h"
#include "core/engine/exchange_rates.h"

namespace kpi {

/// Rows of one currency. A row counts once for each currency of its amounts, however many figures it is part of.
struct ConvertedPair {
  std::string_view from;                                  // ISO code
  std::uint64_t converted = 0, missing = 0;               // rows with and without a rate in force on their day
  Day first_rate = kNoDay, last_rate = kNoDay;            // of the rates that were used
  Day first_missing = kNoDay, last_missing = kNoDay;      // days without one; kNoDay where no such row has a day
};

/// What became of the rows that count in the whole window.
struct ConversionUse {
  std::vector<ConvertedPair> pairs;  // by code
  std::uint64_t unnamed = 0;         // rows that name no currency: taken as they are, as without rates
  std::uint64_t several = 0;         // rows of columns whose cells carry several currency signs: which row has which is not known
};

/// Into which currency, with which rates. Without rates nothing is converted and no row costs anything.
struct Conversion {
  std::string_view currency;         // ISO code; empty: every amount stays as it is
  ConversionUse* use = nullptr;      // filled where it is given
};

class CurrencyConverter {
 public:
  /// References the first two; `target` lives as long as this.
  CurrencyConverter(const ExchangeRates& rates, CurrencyNumbers& numbers, std::string_view target)
      : rates_(rates), numbers_(numbers), target_code_(target), target_(numbers.number(target)) {}

  std::uint8_t target() const { return target_; }
  /// `amount` in the target and `currency` made the target's where a rate is in force on `day`; else both as they are: an unknown
  /// currency stays unknown, so that an amount without a rate is never added to one of another currency.
  double convert(double amount, std::uint8_t& currency, Day day);
  /// One row of this currency counts.
  void count(std::uint8_t currency, Day day);
  ConversionUse take_use();

 private:
  const RateInForce* rate(std::uint8_t currency, Day day);

  const ExchangeRates& rates_;
  CurrencyNumbers& numbers_;
  std::string_view target_code_;
  std::uint8_t target_;
  NumberMap known_;                     // by currency and day: index into found_, 0 = none
  std::vector<RateInForce> found_{{}};
  std::uint64_t last_key_ = 0;
  std::size_t last_found_ = 0;
  ConversionUse use_;
};

}  // namespace kpi
