// Rates of exchange by pair of currencies and day, and which of them is in force.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/table/table.h"

namespace kpi {

/// A rate is in force from its own day until the next one, but for no more days than this: a table that ends in March says nothing about
/// December. 92 is the longest quarter, so that daily, monthly and quarterly tables all reach from one row to the next.
constexpr Day kRateLastsDays = 92;

/// amount * multiply / divide. Kept apart so that an inverse or a cross rate is rounded once.
struct RateInForce {
  double multiply = 1, divide = 1;
  Day day = kNoDay;  // of the rate; of two rates over a common currency the older one's
  double convert(double amount) const { return amount * multiply / divide; }
};

class ExchangeRates {
 public:
  /// The rows of one file, its column of days null where it is not mapped or not sure. Rows that say no rate are left out: rate_invalid{rows}
  /// (no day, a rate that is missing, not above 0 or not finite, one currency against itself at another rate than 1),
  /// rate_currency_unknown{text,rows}.
  void add(int file, const Table& table, const Column* days, Diagnostics& diagnostics);
  /// After all files. Different rates of one pair on one day: none of them is used, rates_contradict{from,to,day,rows} for the last one's file.
  void close(std::map<int, Diagnostics>& diagnostics);

  bool empty() const { return points_.empty(); }
  /// ISO codes, in their order.
  const std::vector<std::string>& currencies() const { return codes_; }

  /// The rate on a day: the latest one on or before it, at most kRateLastsDays old; of the pair itself, else of its inverse, else over
  /// one common currency (the one with the fresher rates, then by code). Nothing for kNoDay.
  /// Cost  O(log rates), over a common currency O(currencies log rates).
  std::optional<RateInForce> find(std::string_view from, std::string_view to, Day day) const;

 private:
  struct Point {
    std::size_t from, to;  // indexes into codes_
    Day day;
    double rate;
    int file;
  };
  struct Series {
    std::size_t first = 0, last = 0;  // of points_
  };
  std::size_t index_of(std::string_view code) const;
  void sort_codes();
  std::optional<RateInForce> of_series(const Series& series, Day day, bool is_inverse) const;
  std::optional<RateInForce> leg(std::size_t from, std::size_t to, Day day) const;

  std::vector<std::string> codes_;
  std::vector<Point> points_;    // after close(): by pair and day, each once
  std::vector<Series> series_;   // by from * codes + to
};

}  // namespace kpi
