#include "core/engine/derived_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kpi {
namespace {

constexpr double kDaySeconds = 86400;

Column begin_column(std::string_view field, ColumnKind kind) {
  Column column{};
  column.field = field;
  column.source_column = kDerivedColumn;
  column.kind = kind;
  return column;
}

}  // namespace

void drop_derived(FileTable& t) {
  std::erase_if(t.table.columns, [](const Column& column) { return column.source_column == kDerivedColumn; });
}

void derive_numbers(FileTable& t, std::string_view field, const std::function<double(std::size_t)>& value_of) {
  if (t.has(field)) return;
  Column column = begin_column(field, ColumnKind::kNumber);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const double value = value_of(row);
    if (!column.numbers.push_back(value)) return;
    column.present += std::isnan(value) ? 0U : 1U;
  }
  t.table.columns.push_back(std::move(column));
}

void derive_days(FileTable& t, std::string_view field, const std::function<Day(std::size_t)>& day_of) {
  if (t.has(field)) return;
  Column column = begin_column(field, ColumnKind::kDate);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const Day day = day_of(row);
    if (!column.days.push_back(day)) return;
    if (day == kNoDay) continue;
    ++column.present;
    column.first_day = column.first_day == kNoDay ? day : std::min(column.first_day, day);
    column.last_day = column.last_day == kNoDay ? day : std::max(column.last_day, day);
  }
  t.table.columns.push_back(std::move(column));
}

void derive_texts(FileTable& t, std::string_view field, const std::function<std::string_view(std::size_t)>& text_of) {
  if (t.has(field)) return;
  Column column = begin_column(field, ColumnKind::kText);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::string_view text = text_of(row);
    if (!column.codes.push_back(column.dictionary.intern(text))) return;
    column.present += text.empty() ? 0U : 1U;
  }
  t.table.columns.push_back(std::move(column));
}

double moment_at(const Column& column, std::size_t row) {
  if (row < column.numbers.size() && !std::isnan(column.numbers[row])) return column.numbers[row];
  const Day day = column.days[row];
  return day == kNoDay ? std::numeric_limits<double>::quiet_NaN() : day * kDaySeconds;
}

bool has_times(const Column& column) {
  bool found = false;
  column.numbers.for_segments([&](std::size_t, const double* moments, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) found = found || !std::isnan(moments[i]);
  });
  return found;
}

}  // namespace kpi
