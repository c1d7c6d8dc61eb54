#include "core/engine/exchange_rates.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/order.h"
#include "core/mapping/mapper.h"

namespace kpi {
namespace {

constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

/// What each text of a column of currencies means: indexes into `codes`, which grows.
std::vector<std::size_t> currencies_of(const Column& column, std::vector<std::string>& codes) {
  std::vector<std::size_t> found(column.dictionary.size(), kUnknown);
  for (std::size_t code = 1; code < found.size(); ++code) {
    std::string currency = currency_from_text(column.dictionary.text(static_cast<std::uint16_t>(code)));
    if (currency.empty()) continue;
    const auto known = std::find(codes.begin(), codes.end(), currency);
    found[code] = static_cast<std::size_t>(known - codes.begin());
    if (known == codes.end()) codes.push_back(std::move(currency));
  }
  return found;
}

/// One code of a column, or kUnknown for a blank and for a text that is no currency.
std::size_t at(const std::vector<std::size_t>& currencies, const Column& column, std::size_t row) {
  const std::uint16_t code = column.codes[row];
  return code < currencies.size() ? currencies[code] : kUnknown;
}

void report_unknown(const Column& column, const std::vector<std::size_t>& currencies, Diagnostics& diagnostics) {
  const std::vector<std::uint64_t> rows = rows_by_code(column);
  for (std::size_t code = 1; code < currencies.size(); ++code) {
    if (currencies[code] != kUnknown || rows[code] == 0) continue;
    const std::string text(column.dictionary.text(static_cast<std::uint16_t>(code)));
    diagnostics.add(Code::rate_currency_unknown, {{"text", text}, {"rows", static_cast<std::int64_t>(rows[code])}});
  }
}

}  // namespace

void ExchangeRates::add(int file, const Table& table, const Column* days, Diagnostics& diagnostics) {
  const Column* from = table.find("from_currency");
  const Column* to = table.find("to_currency");
  const Column* rates = table.find("rate");
  if (days == nullptr || from == nullptr || to == nullptr || rates == nullptr) return;
  if (from->kind != ColumnKind::kText || to->kind != ColumnKind::kText || rates->kind != ColumnKind::kNumber) return;
  const std::vector<std::size_t> from_codes = currencies_of(*from, codes_), to_codes = currencies_of(*to, codes_);
  std::int64_t invalid = 0;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    const std::size_t a = at(from_codes, *from, row), b = at(to_codes, *to, row);
    const double rate = rates->numbers[row];
    const bool is_blank = from->codes[row] == Dictionary::kMissing || to->codes[row] == Dictionary::kMissing;
    const bool is_rate = std::isfinite(rate) && rate > 0 && days->days[row] != kNoDay && (a != b || rate == 1);
    if ((a == kUnknown || b == kUnknown) && !is_blank) continue;  // its currency is reported by its text
    if (is_blank || !is_rate) {
      ++invalid;
    } else if (a != b) {
      points_.push_back({a, b, days->days[row], rate, file});
    }
  }
  if (invalid != 0) diagnostics.add(Code::rate_invalid, {{"rows", invalid}});
  report_unknown(*from, from_codes, diagnostics);
  report_unknown(*to, to_codes, diagnostics);
}

/// So that nothing depends on the order in which files came.
void ExchangeRates::sort_codes() {
  const std::vector<std::size_t> order = sorted_order(codes_.size(), [&](std::size_t a, std::size_t b) { return codes_[a] < codes_[b]; });
  std::vector<std::size_t> place(order.size());
  std::vector<std::string> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.push_back(std::move(codes_[order[i]]));
  }
  codes_ = std::move(sorted);
  for (Point& p : points_) {
    p.from = place[p.from];
    p.to = place[p.to];
  }
}

void ExchangeRates::close(std::map<int, Diagnostics>& diagnostics) {
  sort_codes();
  sort_list(points_, [](const Point& a, const Point& b) {
    if (a.from != b.from) return a.from < b.from;
    return a.to != b.to ? a.to < b.to : a.day < b.day;
  });
  series_.assign(codes_.size() * codes_.size(), Series());
  std::vector<Point> kept;
  for (std::size_t first = 0, last; first < points_.size(); first = last) {
    const Point p = points_[first];
    bool is_same = true;
    for (last = first; last < points_.size() && points_[last].from == p.from && points_[last].to == p.to && points_[last].day == p.day; ++last) {
      is_same = is_same && points_[last].rate == p.rate;
    }
    if (!is_same) {
      const Arguments arguments = {{"from", codes_[p.from]}, {"to", codes_[p.to]}, {"day", format_iso_date(p.day)}, {"rows", static_cast<std::int64_t>(last - first)}};
      diagnostics[points_[last - 1].file].add(Code::rates_contradict, arguments);
      continue;
    }
    Series& series = series_[p.from * codes_.size() + p.to];
    if (series.last == 0) series.first = kept.size();
    kept.push_back(p);
    series.last = kept.size();
  }
  points_ = std::move(kept);
}

std::size_t ExchangeRates::index_of(std::string_view code) const {
  const auto found = std::lower_bound(codes_.begin(), codes_.end(), code);
  return found == codes_.end() || *found != code ? kUnknown : static_cast<std::size_t>(found - codes_.begin());
}

std::optional<RateInForce> ExchangeRates::of_series(const Series& series, Day day, bool is_inverse) const {
  std::size_t first = series.first, last = series.last;  // the first point after the day is looked for
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (points_[middle].day <= day) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  if (first == series.first || day - points_[first - 1].day > kRateLastsDays) return std::nullopt;
  const Point& p = points_[first - 1];
  return is_inverse ? RateInForce{1, p.rate, p.day} : RateInForce{p.rate, 1, p.day};
}

std::optional<RateInForce> ExchangeRates::leg(std::size_t from, std::size_t to, Day day) const {
  std::optional<RateInForce> rate = of_series(series_[from * codes_.size() + to], day, false);
  return rate ? rate : of_series(series_[to * codes_.size() + from], day, true);
}

std::optional<RateInForce> ExchangeRates::find(std::string_view from, std::string_view to, Day day) const {
  const std::size_t a = index_of(from), b = index_of(to);
  if (a == kUnknown || b == kUnknown || day == kNoDay) return std::nullopt;
  std::optional<RateInForce> best = leg(a, b, day);
  if (best) return best;
  for (std::size_t common = 0; common < codes_.size(); ++common) {
    const std::optional<RateInForce> to_common = leg(a, common, day);
    const std::optional<RateInForce> from_common = to_common ? leg(common, b, day) : std::nullopt;
    if (!from_common) continue;
    const Day older = std::min(to_common->day, from_common->day);
    if (best && best->day >= older) continue;
    best = RateInForce{to_common->multiply * from_common->multiply, to_common->divide * from_common->divide, older};
  }
  return best;
}

}  // namespace kpi
