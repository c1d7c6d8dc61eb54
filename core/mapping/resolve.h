// One header -> its field in the table at hand.
#pragma once

#include <string>
#include <string_view>

#include "core/catalog/catalog.h"
#include "core/mapping/mapper.h"
#include "core/mapping/name_index.h"
#include "core/mapping/recognise.h"
#include "core/mapping/value_profile.h"

namespace kpi {

/// What is known about the file when its columns are resolved.
struct FileContext {
  const NameIndex* index = nullptr;
  const TableSchema* schema = nullptr;   // null: no table
  int report = -1;                       // vendor report, or -1
  std::string vendor;                    // also when its report's table is not the table at hand
  std::string language;                  // prefer names of this language
  Confidence generic = Confidence::kLikely;  // of general words: kCertain where they identify the table together
};

/// A match and the rank of its name among names of one field.
struct RankedMatch {
  HeaderMatch match;
  int rank = 1;
};

/// What a field's cells must look like.
ExpectedValue expected_value(const Field& field);
/// "$stage" and "$status" of leads: the person's or the deal's, by their values.
std::string pseudo_field(std::string_view field, std::string_view table, const ValueProfile& profile);
/// Best name for the header: the vendor's own, then general words, then other vendors', then guesses (kCheck).
RankedMatch resolve_column(const FileContext& context, const HeaderHits& hits, const ValueProfile& profile);

}  // namespace kpi
