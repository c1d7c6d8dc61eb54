// Every known column name, indexed by its normalised and its folded text.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace kpi {

enum class NameKind : std::uint8_t { kField, kDerived, kOther };

/// One kind of export of one vendor, or (no vendor) the general words for one table.
struct NameReport {
  std::string vendor, name;
  std::string table;                 // catalogue table id; empty: recognised, not read yet
  std::string channel;               // canonical channel of all rows, or empty
  bool needs_confirmation = false;   // its table is a proposal
  bool is_generic = false;
  std::vector<std::vector<std::string>> needs;          // generic: one of these sets of fields must be there
  std::map<std::string, double, std::less<>> weights;   // generic: evidence of a field for the table, 0.5 where absent
  std::vector<std::pair<std::string, std::string>> implied_stages;  // folded header -> funnel stage of every row
};

struct KnownName {
  std::uint16_t report = 0;
  NameKind kind = NameKind::kOther;
  std::uint8_t rank = 1;             // among names of one field: the lowest present is read
  bool is_guess = false;
  std::string_view field;            // catalogue field id, "$id", "$stage", "$status", or (derived, other) a meaning
  std::string_view language, text, folded;
};

using NameIds = std::vector<std::uint32_t>;

/// Moved, never copied: names point into `texts`, and `folded` of a name to its key.
struct NameIndex {
  NameIndex() = default;
  NameIndex(NameIndex&&) = default;
  NameIndex& operator=(NameIndex&&) = default;
  NameIndex(const NameIndex&) = delete;
  NameIndex& operator=(const NameIndex&) = delete;

  std::set<std::string, std::less<>> texts;  // each text once; nodes never move
  std::vector<NameReport> reports;
  std::vector<KnownName> names;
  using Names = std::map<std::string, NameIds, std::less<>>;
  Names exact;   // vendors' names only
  Names folded;  // all

  /// The stored copy of `text`.
  std::string_view intern(std::string_view text);
  /// Ids for a key; empty when unknown.
  const NameIds& find_exact(const std::string& key) const;
  const NameIds& find_folded(const std::string& key) const;
  /// 1 / number of vendors that evidence this exact name (that are guessed to use it, where none does): 1 is one vendor's own word,
  /// 0 nobody's.
  double distinctiveness(const NameIds& ids) const;
};

/// Reads the embedded name lists. Errors: catalog_invalid{file,id,problem}.
Result<NameIndex> load_name_index();
/// Adds one file of names. `is_guess`: unevidenced names. Errors: catalog_invalid.
Status add_names(NameIndex& index, std::string_view file, std::string_view json, bool is_guess);
/// Gives the names that a vendor's reports share to each of them, and fills the look-ups. Call once, after the last add_names.
void finish_index(NameIndex& index);

}  // namespace kpi
