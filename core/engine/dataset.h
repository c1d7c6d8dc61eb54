// The loaded files as the engine sees them: tables with what is derived from their rows once, at load.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/number_map.h"
#include "core/catalog/catalog.h"
#include "core/engine/exchange_rates.h"
#include "core/mapping/mapper.h"
#include "core/table/table.h"

namespace kpi {

/// Column::currency of amounts whose cells carry different currency signs: they are never added.
constexpr std::string_view kSeveralCurrencies = "mixed";

/// One file's table with the marks that measures ask for, a byte per row. Empty vectors: the table has nothing to say about it.
struct FileTable {
  int file = 0;
  Table table;
  std::string vendor;         // recognised by the mapping, or empty
  std::string channel;        // canonical channel implied by the vendor, or empty
  std::string currency;       // of the whole file when no column says otherwise; empty = unknown
  LeadStage implied_stage = LeadStage::kUnknown;
  bool has_unreadable_dates = false;       // a blank cell of a date column may be one that could not be read
  std::vector<std::string> unsure_fields;  // date fields whose day/month order the user has not decided yet

  // Derived by derive():
  std::vector<std::uint8_t> deal_status;   // DealStatus
  std::vector<std::uint8_t> lead_stage;    // LeadStage reached so far
  bool knows_losses = false;               // the file tells lost deals from won ones; a list of wins alone does not
  std::uint32_t known_stages = 0;          // bit s: the file tells LeadStage s apart (a text, a date column, or its nature)
  std::uint32_t skipped_stages = 0;        // bit s: a row without a date of LeadStage s has one of a later stage
  std::vector<std::uint8_t> is_repeat;     // 1 = the row's id stood before (here or in an earlier file): not counted again
  std::vector<std::uint8_t> is_first_win;  // 1 = the first won deal of its account over all files
  std::uint64_t repeats = 0;
  Day first_day = kNoDay, last_day = kNoDay;  // of what has happened: close dates of open deals are forecasts and left out

  /// The date column `field`, or null when it is not mapped or its order is still unsure.
  const Column* date(std::string_view field) const;
  bool has(std::string_view field) const { return table.find(field) != nullptr; }
  bool knows(LeadStage stage) const { return (known_stages >> static_cast<unsigned>(stage) & 1U) != 0; }
};

class Dataset {
 public:
  explicit Dataset(const Catalog* catalog) : catalog_(catalog) {}
  /// Adds a file's table, or replaces the one of the same file.
  void put(std::unique_ptr<FileTable> table);
  void remove(int file);
  const std::vector<std::unique_ptr<FileTable>>& tables() const { return tables_; }
  const FileTable* of_file(int file) const;
  const Catalog& catalog() const { return *catalog_; }
  bool has_kind(std::string_view kind) const;

  /// Row of the lead with this id (over all lead tables), or no table. Cost: the index is built at the first call after a change.
  struct RowReference {
    const FileTable* table = nullptr;
    std::uint32_t row = 0;
  };
  RowReference find_lead(std::uint64_t key) const;

  /// The ISO 4217 code that a cell or header says ("EUR" for the euro sign), kept as long as the dataset; empty when it says none.
  std::string_view currency(std::string_view text) const;

  /// Of all files of rates, read once.
  const ExchangeRates& rates() const { return rates_; }

  /// Joins and rows worth the user's attention, found while deriving. Codes: stage_unrecognised, duplicate_rows, rate_invalid, rate_currency_unknown,
  /// rates_contradict.
  const Diagnostics& diagnostics(int file) const;

 private:
  void derive_all();
  std::vector<FileTable*> of_kind(std::string_view kind);
  const Catalog* catalog_;
  std::vector<std::unique_ptr<FileTable>> tables_;
  mutable bool is_lead_index_built_ = false;
  mutable NumberMap leads_;  // table and row, 32 bits each
  mutable std::map<int, Diagnostics> diagnostics_;
  mutable std::set<std::string, std::less<>> currencies_;
  ExchangeRates rates_;
};

/// True when rows of the table can be told won, lost or open.
bool knows_deal_status(const Table& table);

}  // namespace kpi
