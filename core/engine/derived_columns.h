// Columns that no file holds: worked out from others at load, so that measures read them like any other column.
#pragma once

#include <functional>
#include <string_view>

#include "core/engine/dataset.h"

namespace kpi {

/// Takes off what was derived before.
void drop_derived(FileTable& table);

/// A column of numbers or of days, one per row from `value_of`; NaN or kNoDay where a row has none. Nothing is added where the file brings
/// the field itself, nor where memory is out.
void derive_numbers(FileTable& table, std::string_view field, const std::function<double(std::size_t row)>& value_of);
void derive_days(FileTable& table, std::string_view field, const std::function<Day(std::size_t row)>& day_of);
/// A column of texts, empty where a row has none.
void derive_texts(FileTable& table, std::string_view field, const std::function<std::string_view(std::size_t row)>& text_of);

/// The moment in the row's cell: seconds as in read_moment; where the cell has a day alone, the day's beginning; NaN without a day.
double moment_at(const Column& column, std::size_t row);
/// Whether any row of the column has a time of day.
bool has_times(const Column& column);

}  // namespace kpi
