// One file of the session: from the first byte to a table in the dataset, and the card that tells what was understood.
#pragma once

#include <memory>
#include <string>

#include "core/api/file_options.h"
#include "core/api/json.h"
#include "core/engine/dataset.h"
#include "core/ingest/csv_reader.h"
#include "core/mapping/mapper.h"

namespace kpi {

class SourceFile {
 public:
  SourceFile(int id, std::string name, std::uint64_t size) : id_(id), name_(std::move(name)), size_(size) {}

  /// Begins a reading under `options`; what was read before stays until finish() succeeds.
  void begin(const Catalog& catalog, const Mapper& mapper, FileOptions options);
  bool is_reading() const { return reader_ != nullptr; }
  bool is_loaded() const { return is_loaded_; }
  Result<std::span<std::uint8_t>> reserve(std::size_t count);
  Status commit(std::size_t count);
  /// The table; nothing when the file has to be fed again. After an error the reading is over, an earlier one still counts.
  Result<std::optional<std::unique_ptr<FileTable>>> finish(const Catalog& catalog);
  void abandon() { reader_.reset(); }

  Json card(const Catalog& catalog, const Dataset& dataset) const;
  Json receipt(const Dataset& dataset) const;
  const Receipt& counts() const { return receipt_; }
  int id() const { return id_; }

 private:
  Object column_json(const HeaderMatch& match, const Catalog& catalog, const Dataset& dataset) const;
  void report_duplicate_headers();
  Diagnostics all_diagnostics(const Dataset& dataset) const;
  std::unique_ptr<FileTable> make_table(const Catalog& catalog);

  int id_;
  std::string name_;
  std::uint64_t size_;
  bool is_loaded_ = false;
  // Of the reading under way:
  std::unique_ptr<CsvReader> reader_;
  std::shared_ptr<FileMapping> pending_mapping_;
  FileOptions pending_options_;
  // Of the last reading that succeeded:
  FileOptions options_;
  FileMapping mapping_;
  Layout layout_;
  Receipt receipt_;
  std::vector<ColumnFormat> formats_;
  Diagnostics diagnostics_;
  std::string currency_;  // "EUR", "mixed" or ""
};

}  // namespace kpi
