// Which records are rows and which are set aside: blank lines, totals, footers, repeated headers.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/cells.h"
#include "core/ingest/csv_reader.h"
#include "core/ingest/totals_label.h"

namespace kpi {

enum class RecordRole : std::uint8_t { kRow, kBlank, kTotals, kUncertainTotals, kFooter, kRepeatedHeader };

/// The separators of a tile of text and one record among them.
struct RecordView {
  const std::uint8_t* text;
  const std::uint32_t* ends;   // position of the separator that ends each cell; ends[-1] is the one before the record
  std::uint32_t cells;
  std::uint32_t begin() const { return ends[-1] + 1; }
  std::uint32_t end() const { return ends[cells - 1]; }
  std::string_view cell(std::size_t i) const {
    return {reinterpret_cast<const char*>(text) + (ends[static_cast<std::ptrdiff_t>(i) - 1] + 1), ends[i] - (ends[static_cast<std::ptrdiff_t>(i) - 1] + 1)};
  }
  std::string_view raw() const { return {reinterpret_cast<const char*>(text) + begin(), end() - begin()}; }
};

class RowFilter {
 public:
  RowFilter(const Layout& layout, const ReadOptions& options, const std::vector<std::string>& totals_labels);

  /// Columns of the plan that hold dates: a totals row has none.
  void set_date_columns(std::vector<std::int32_t> columns) { date_columns_ = std::move(columns); }
  const TotalsLabels& labels() const { return labels_; }
  /// Decisions of an earlier reading of the same file, by record number.
  void force_rows(std::set<std::uint64_t> records) { forced_rows_ = std::move(records); }
  void force_totals(std::set<std::uint64_t> records) { forced_totals_ = std::move(records); }

  /// The role of a record; `number` is its 1-based number. The usual row costs a few comparisons.
  RecordRole role(const RecordView& record, std::uint64_t number) {
    if (__builtin_expect(is_plain_row(record), 1)) return RecordRole::kRow;
    return judge(record, number);
  }
  /// True only for rows, and for nearly all of them: as wide as the header and begun by nothing that speaks for another role.
  bool is_plain_row(const RecordView& record) const {
    if (record.cells != columns_ || after_gap_ || has_forced_) return false;
    const std::uint8_t* at = record.text + record.begin();
    at += *at == quote_ ? 1 : 0;
    return !is_suspect(at[0], at[1]);
  }

 private:
  bool is_suspect(std::uint8_t first, std::uint8_t second) const {
    return first <= 0x20 || first == delimiter_ || first == quote_ || first == 0xC2 || first == 0xE2 || first == 0xE3 || first == 0xEF || labels_.may_begin(first, second) ||
           (first == header_first_ && second == header_second_) || first == '#';
  }
  RecordRole judge(const RecordView& record, std::uint64_t number);
  RecordRole classify(const RecordView& record, std::uint64_t number);
  RecordRole totals_role(const RecordView& record);
  bool is_repeated_header(const RecordView& record);

  const Layout& layout_;
  Dialect dialect_;
  TotalsLabels labels_;
  std::uint32_t columns_;
  std::uint8_t delimiter_, quote_, header_first_ = 0, header_second_ = 0;
  bool keep_totals_, after_gap_ = false, has_forced_ = false;
  std::set<std::uint64_t> forced_rows_, forced_totals_;
  std::vector<std::int32_t> date_columns_;
  std::string scratch_;
};

}  // namespace kpi
