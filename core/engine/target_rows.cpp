#include "core/engine/target_rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/base/order.h"
#include "core/catalog/nearest.h"
#include "core/engine/dimension.h"
#include "core/engine/row_currency.h"

namespace kpi {
namespace {

constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

const Column* column_of(const FileTable& t, std::string_view field, ColumnKind kind) {
  const Column* column = t.table.kind == "targets" ? t.table.find(field) : nullptr;
  return column != nullptr && column->kind == kind ? column : nullptr;
}

std::string_view text_at(const Column* column, std::size_t row) {
  if (column == nullptr) return {};
  const std::uint16_t code = column->codes[row];
  return code == Dictionary::kMissing || code == Dictionary::kRest ? std::string_view() : column->dictionary.text(code);
}

std::vector<std::size_t> kpis_by_code(const Catalog& catalog, const Column& names) {
  std::map<std::string, std::size_t, std::less<>> known;
  for (std::size_t k = 0; k < catalog.kpis().size(); ++k) known.emplace(member_key(catalog.kpis()[k].id), k);
  for (std::size_t k = 0; k < catalog.kpis().size(); ++k) {
    for (const std::string& name : catalog.kpis()[k].synonyms) known.emplace(member_key(name), k);
  }
  std::vector<std::size_t> kpis(names.dictionary.size(), kUnknown);
  for (std::size_t code = 1; code < kpis.size(); ++code) {
    const std::string_view text = names.dictionary.text(static_cast<std::uint16_t>(code));
    auto found = known.find(member_key(text));
    if (found == known.end()) found = known.find(member_key(canonical_word("kpi", text)));  // "CAC, marketing only", as the page writes it
    if (found != known.end()) kpis[code] = found->second;
  }
  return kpis;
}

std::string channel_key(std::string_view text) {
  const std::string_view canonical = canonical_channel(text);
  return text.empty() ? std::string() : canonical.empty() ? member_key(text) : std::string(canonical);
}

/// The columns of one table, and how its rows are to be read.
struct Reader {
  const FileTable& t;
  const Column* names = column_of(t, "kpi", ColumnKind::kText);
  const Column* targets = column_of(t, "target", ColumnKind::kNumber);
  const Column* limits = column_of(t, "target_limit", ColumnKind::kNumber);
  const Column* channels = column_of(t, "channel", ColumnKind::kText);
  const Column* owners = column_of(t, "owner", ColumnKind::kText);
  const Column* starts = t.date("period");
  const Column* ends = t.date("period_end");
  bool has_months = false;  // no column of ends, and every period is the first of a month

  explicit Reader(const FileTable& table) : t(table) {
    has_months = starts != nullptr && t.table.find("period_end") == nullptr;
    for (std::size_t row = 0; has_months && row < t.table.row_count; ++row) {
      const Day day = starts->days[row];
      has_months = day == kNoDay || period_start(day, Grain::kMonth) == day;
    }
  }
  /// A question about day and month is open: no row can be put in its period.
  bool is_ready() const {
    const bool waits = (t.table.find("period") != nullptr && starts == nullptr) || (t.table.find("period_end") != nullptr && ends == nullptr);
    return names != nullptr && targets != nullptr && !waits;
  }
  double target(std::size_t row) const { return targets->numbers[row]; }
  Day first(std::size_t row) const { return starts == nullptr ? kNoDay : starts->days[row]; }
  Day last(std::size_t row) const {
    const Day from = first(row);
    if (from == kNoDay) return kNoDay;
    if (has_months) return next_period_start(from, Grain::kMonth) - 1;
    const Day to = ends == nullptr ? kNoDay : ends->days[row];
    return to == kNoDay ? from : to;
  }
  /// A blank period stands for any; one that could not be read must not.
  bool has_period(std::size_t row) const {
    if (first(row) == kNoDay) return !t.has_unreadable_dates && (ends == nullptr || ends->days[row] == kNoDay);
    return last(row) >= first(row);
  }
};

/// A part of a whole is never more than all of it: "20" was meant as 20 %, which is a guess that nobody makes here.
bool is_no_share(const Kpi& kpi, double target) { return kpi.is_rate && target > 1; }

bool is_before(const TargetRow& a, const TargetRow& b) {
  return std::tie(a.kpi, a.channel, a.first, a.last) < std::tie(b.kpi, b.channel, b.first, b.last);
}

void add_rows(const Dataset& dataset, const FileTable& t, CurrencyNumbers& numbers, std::vector<TargetRow>& rows) {
  const Reader read(t);
  if (!read.is_ready()) return;
  const Catalog& catalog = dataset.catalog();
  const std::vector<std::size_t> kpis = kpis_by_code(catalog, *read.names);
  const RowCurrency currency = row_currency(dataset, numbers, t, read.targets);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::uint16_t code = read.names->codes[row];
    if (code >= kpis.size() || kpis[code] == kUnknown || std::isnan(read.target(row)) || !read.has_period(row)) continue;
    const Kpi& kpi = catalog.kpis()[kpis[code]];
    if (is_no_share(kpi, read.target(row))) continue;
    TargetRow target{&t, row, kpis[code], channel_key(text_at(read.channels, row)), read.first(row), read.last(row), read.target(row), {}, {}, text_at(read.owners, row), false};
    if (read.limits != nullptr && !std::isnan(read.limits->numbers[row])) target.limit = read.limits->numbers[row];
    if (kpi.unit.exponent("money") != 0) target.currency = currency.at(row) == kMixed ? kSeveralCurrencies : numbers.code(currency.at(row));
    rows.push_back(std::move(target));
  }
}

}  // namespace

std::vector<TargetRow> target_rows(const Dataset& dataset) {
  std::vector<TargetRow> rows;
  CurrencyNumbers numbers;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "targets") add_rows(dataset, *t, numbers, rows);
  }
  sort_list(rows, is_before);
  std::vector<TargetRow> kept;
  for (TargetRow& row : rows) {
    if (kept.empty() || is_before(kept.back(), row)) {
      kept.push_back(std::move(row));
      continue;
    }
    TargetRow& same = kept.back();
    if (same.target == row.target && same.limit == row.limit && same.currency == row.currency) continue;
    same.is_conflict = true;
    same.table = row.table;  // what came last contradicts
  }
  return kept;
}

void report_target_problems(const Dataset& dataset, const FileTable& t, Diagnostics& diagnostics) {
  const Reader read(t);
  if (read.names == nullptr) return;
  const Catalog& catalog = dataset.catalog();
  const std::vector<std::size_t> kpis = kpis_by_code(catalog, *read.names);
  std::vector<std::int64_t> unknown(kpis.size(), 0), shares(catalog.kpis().size(), 0), periods(catalog.kpis().size(), 0);
  std::int64_t months = 0;
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::uint16_t code = read.names->codes[row];
    if (code >= kpis.size()) continue;
    const std::size_t k = kpis[code];
    if (k == kUnknown) {
      ++unknown[code];
    } else if (read.is_ready() && !std::isnan(read.target(row))) {
      if (is_no_share(catalog.kpis()[k], read.target(row))) ++shares[k];
      if (!read.has_period(row)) ++periods[k];
      if (read.has_months && read.first(row) != kNoDay) ++months;
    }
  }
  std::vector<std::string> ids;
  for (const Kpi& kpi : catalog.kpis()) ids.push_back(kpi.id);
  constexpr std::size_t kSuggested = 20;  // finding near names takes long, and nobody reads more
  std::size_t named = 0;
  for (std::size_t code = 1; code <= unknown.size(); ++code) {
    const std::size_t at = code % unknown.size();  // rows without a name come last: a name can be put right
    if (unknown[at] == 0) continue;
    const std::string text(at == 0 ? std::string_view() : read.names->dictionary.text(static_cast<std::uint16_t>(at)));
    const std::string nearest = ++named <= kSuggested ? nearest_ids(text, ids) : std::string();
    diagnostics.add(Code::target_kpi_unknown, {{"text", text}, {"nearest", nearest}, {"rows", unknown[at]}});
  }
  for (std::size_t k = 0; k < ids.size(); ++k) {
    if (shares[k] != 0) diagnostics.add(Code::target_not_a_share, {{"kpi", ids[k]}, {"rows", shares[k]}});
    if (periods[k] != 0) diagnostics.add(Code::target_period_unknown, {{"kpi", ids[k]}, {"rows", periods[k]}});
  }
  if (months != 0) diagnostics.add(Code::target_months_assumed, {{"rows", months}});
  for (const TargetRow& row : target_rows(dataset)) {
    if (!row.is_conflict || row.table != &t) continue;
    const std::string period = row.first == kNoDay ? std::string() : format_iso_date(row.first);
    diagnostics.add(Code::target_conflict, {{"kpi", ids[row.kpi]}, {"period", period}, {"channel", row.channel}});
  }
}

}  // namespace kpi
