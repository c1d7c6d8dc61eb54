// Which vendor's report, and which table, a header row belongs to.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/mapping/header_text.h"
#include "core/mapping/mapper.h"
#include "core/mapping/name_index.h"

namespace kpi {

/// Names that match one header.
struct HeaderHits {
  NameIds exact;    // of the vendors, exact text
  NameIds folded;   // of all, by folded text
  bool is_short = false;  // folded matches only without the trailing currency code
};

HeaderHits find_hits(const NameIndex& index, const HeaderText& text);

/// The vendor report that the whole row fits best; -1 when it fits none well enough. A name that few vendors use weighs more.
int recognise_report(const NameIndex& index, std::span<const HeaderHits> headers);

struct TableGuess {
  int report = -1;          // of the general words
  double score = 0;
  Confidence confidence = Confidence::kNone;
};

/// Says whether the cells of a column look like a field of a table.
class ValueJudge {
 public:
  virtual ~ValueJudge() = default;
  virtual bool fits(std::size_t column, std::string_view table, std::string_view field) const = 0;
};

/// The table whose fields the row names best by general words and by other vendors' words. kCertain: many fields together.
TableGuess recognise_table(const NameIndex& index, std::span<const HeaderHits> headers, const ValueJudge& judge);
/// The general words of `table`; -1 when there are none.
int generic_report(const NameIndex& index, std::string_view table);

}  // namespace kpi
