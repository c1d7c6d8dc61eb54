// Small tables written out by hand, for tests of what comes after reading.
#pragma once

#include <cmath>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/date.h"
#include "core/engine/dataset.h"
#include "core/table/table.h"

namespace kpi::test {

/// Example: TableBuilder("leads", 1).keys("lead_id", {"a", "b"}).dates("created_at", {"2024-01-05", ""}).build()
/// An empty text, date or number text is a missing cell.
class TableBuilder {
 public:
  TableBuilder(std::string kind, int file) : built_(std::make_unique<FileTable>()) {
    built_->file = file;
    built_->table.kind = std::move(kind);
  }
  TableBuilder& texts(const std::string& field, const std::vector<std::string>& cells) {
    Column& c = column(field, ColumnKind::kText, cells.size());
    for (const std::string& cell : cells) ok(c.codes.push_back(c.dictionary.intern(cell)));
    return *this;
  }
  TableBuilder& keys(const std::string& field, const std::vector<std::string>& cells) {
    Column& c = column(field, ColumnKind::kKey, cells.size());
    for (const std::string& cell : cells) ok(c.keys.push_back(key_fingerprint(cell)));
    return *this;
  }
  TableBuilder& numbers(const std::string& field, const std::vector<double>& cells) {
    Column& c = column(field, ColumnKind::kNumber, cells.size());
    for (const double cell : cells) ok(c.numbers.push_back(cell));
    return *this;
  }
  TableBuilder& dates(const std::string& field, const std::vector<std::string>& cells) {
    Column& c = column(field, ColumnKind::kDate, cells.size());
    for (const std::string& cell : cells) {
      const Day day = parse_iso_date(cell).value_or(kNoDay);
      ok(c.days.push_back(day));
      if (day == kNoDay) continue;
      c.first_day = c.first_day == kNoDay ? day : std::min(c.first_day, day);
      c.last_day = c.last_day == kNoDay ? day : std::max(c.last_day, day);
    }
    return *this;
  }
  /// Dates with times of day: "2024-05-01 09:30", or without one.
  TableBuilder& moments(const std::string& field, const std::vector<std::string>& cells) {
    std::vector<std::string> days;
    for (const std::string& cell : cells) days.push_back(cell.substr(0, 10));
    dates(field, days);
    Column& c = built_->table.columns.back();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool has_time = cells[i].size() == 16;
      const double minutes = has_time ? std::stoi(cells[i].substr(11, 2)) * 60 + std::stoi(cells[i].substr(14, 2)) : 0;
      ok(c.numbers.push_back(has_time ? c.days[i] * 86400.0 + minutes * 60 : std::numeric_limits<double>::quiet_NaN()));
    }
    return *this;
  }
  TableBuilder& currency(const std::string& code) {
    built_->currency = code;
    return *this;
  }
  TableBuilder& channel(const std::string& canonical) {
    built_->channel = canonical;
    return *this;
  }
  TableBuilder& implied_stage(LeadStage stage) {
    built_->implied_stage = stage;
    return *this;
  }
  std::unique_ptr<FileTable> build() { return std::move(built_); }

 private:
  Column& column(const std::string& field, ColumnKind kind, std::size_t rows) {
    built_->table.row_count = rows;
    Column c{};
    c.field = field;
    c.header = field;
    c.source_column = static_cast<std::int32_t>(built_->table.columns.size());
    c.kind = kind;
    built_->table.columns.push_back(std::move(c));
    return built_->table.columns.back();
  }
  static void ok(bool) {}
  std::unique_ptr<FileTable> built_;
};

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace kpi::test
