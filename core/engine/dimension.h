// A dimension over all tables: every row of every table gets the number of a member, whatever table the text comes from.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/member_key.h"  // of Member::key
#include "core/engine/dataset.h"

namespace kpi {

/// A value of a dimension. Texts that differ only in case, blanks, '-' or '_' are one member; known channels are one member under
/// their canonical id. key "" = rows without a value.
struct Member {
  std::string key;
  std::string label;          // as first written; empty for canonical members and for ""
  bool is_canonical = false;
  std::uint64_t rows = 0;     // over all tables, repeats left out
};

/// Where a table takes a dimension from.
enum class DimensionOrigin : std::uint8_t { kNone, kColumn, kLookup, kLead, kImplied };

/// Rows of one table -> member numbers.
struct DimensionView {
  const FileTable* table = nullptr;
  DimensionOrigin origin = DimensionOrigin::kNone;
  const Column* column = nullptr;          // kColumn, kLookup: codes to look up in by_code
  std::vector<std::uint32_t> by_code;
  std::vector<std::uint32_t> by_row;       // kLead, and source with medium
  std::uint32_t constant = 0;              // kImplied
  std::uint32_t member(std::size_t row) const {
    if (column != nullptr) return by_code[column->codes[row]];
    return by_row.empty() ? constant : by_row[row];
  }
};

class Dimension {
 public:
  /// Resolves `id` over the dataset. A table takes it from its own column, else from a lookup table joined by key, else (deals) from
  /// the lead it came from, else from what its vendor implies (channel). Cost O(distinct values), O(rows) only for joins by lead.
  Dimension(const Dataset& dataset, std::string_view id);
  const std::string& id() const { return id_; }
  const std::vector<Member>& members() const { return members_; }
  /// The view of a table; null when the table cannot be cut by this dimension.
  const DimensionView* view(const FileTable& table) const;
  /// Of the channel: the view by another field whose texts may name channels; null when the table does not have it. What names none is of
  /// no channel: people's own words must not become channels.
  const DimensionView* view(const FileTable& table, std::string_view channel_field) const;
  const std::vector<DimensionView>& views() const { return views_; }
  /// Member with this key, or -1.
  std::int64_t find(std::string_view key) const;
  /// Fills Member::rows. Cost O(rows).
  void count_rows();

  static constexpr std::uint32_t kBlank = 0;  // the member without a value

 private:
  std::uint32_t intern(std::string_view text, std::string_view vendor);
  std::vector<std::uint32_t> intern_codes(const Column& column, std::string_view vendor);
  bool from_source_and_medium(const FileTable& t, DimensionView& view);
  bool from_own_column(const FileTable& t, DimensionView& view);
  bool from_lookup(const Dataset& dataset, const FileTable& t, DimensionView& view);
  bool from_lead(const Dataset& dataset, const FileTable& t, DimensionView& view);
  void add_other_channels(const Dataset& dataset);
  std::string id_;
  bool is_channel_;
  std::vector<Member> members_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<DimensionView> views_;
  std::vector<std::pair<std::string, DimensionView>> other_views_;  // by field
};

/// Ids of all dimensions that at least one table has, in the catalogue's order.
std::vector<std::string> available_dimensions(const Dataset& dataset);

/// Texts of `table`'s join column that have no partner in any lookup table that could enrich it: join_unmatched.
void report_unmatched_joins(const Dataset& dataset, const FileTable& table, Diagnostics& diagnostics);

}  // namespace kpi
