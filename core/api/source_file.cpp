#include "core/api/source_file.h"

#include <algorithm>

#include "core/engine/dimension.h"

namespace kpi {
namespace {

std::string_view confidence_name(Confidence confidence) {
  switch (confidence) {
    case Confidence::kNone: return "none";
    case Confidence::kCheck: return "check";
    case Confidence::kLikely: return "likely";
    case Confidence::kCertain: return "certain";
  }
  return "none";
}

std::string_view kind_name(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kText: return "text";
    case ColumnKind::kKey: return "key";
    case ColumnKind::kNumber: return "number";
    case ColumnKind::kDate: return "date";
  }
  return "text";
}

ReadPlan plan_reading(const Catalog& catalog, const FileMapping& mapping) {
  ReadPlan plan;
  plan.table_kind = mapping.table;
  const TableSchema* schema = catalog.table(mapping.table);
  if (schema == nullptr) return plan;
  for (const HeaderMatch& match : mapping.columns) {
    const Field* field = match.is_applied ? schema->find(match.field) : nullptr;
    if (field != nullptr) plan.columns.push_back({match.source_column, field->id, field->kind});
  }
  for (const Field& field : schema->fields) {
    if (field.is_additive) plan.additive_fields.push_back(field.id);
  }
  return plan;
}

/// The answer is needed before the numbers of the column can be trusted.
bool is_question(const ColumnFormat& format, const FileOptions& options) {
  if (!format.is_ambiguous) return false;
  const auto it = options.read.columns.find(format.source_column);
  if (it == options.read.columns.end()) return true;
  return format.date_order ? !it->second.date_order : !it->second.decimal;
}

LeadStage stage_of(std::string_view implied) { return implied.empty() ? LeadStage::kUnknown : classify_lead_stage(implied); }

const ColumnFormat* format_of(const std::vector<ColumnFormat>& formats, std::int32_t column) {
  for (const ColumnFormat& f : formats) {
    if (f.source_column == column) return &f;
  }
  return nullptr;
}

Json date_or_null(Day day) { return day == kNoDay ? Json(nullptr) : Json(format_iso_date(day)); }

}  // namespace

void SourceFile::begin(const Catalog& catalog, const Mapper& mapper, FileOptions options) {
  pending_options_ = std::move(options);
  pending_mapping_ = std::make_shared<FileMapping>();
  const MappingOverride& user = pending_options_.mapping;
  reader_ = std::make_unique<CsvReader>(
      pending_options_.read, [&mapper](std::string_view text) { return mapper.header_score(text); }, mapper.totals_labels(),
      [&catalog, &mapper, mapping = pending_mapping_, user, name = name_](const Layout& layout) -> Result<ReadPlan> {
        *mapping = mapper.map(layout.headers, layout.samples, name, user);
        return plan_reading(catalog, *mapping);
      });
}

Result<std::span<std::uint8_t>> SourceFile::reserve(std::size_t count) {
  if (!reader_) return Error{Code::file_unknown, {{"file", static_cast<std::int64_t>(id_)}}};
  return reader_->reserve(count);
}

Status SourceFile::commit(std::size_t count) {
  if (!reader_) return Error{Code::file_unknown, {{"file", static_cast<std::int64_t>(id_)}}};
  Status status = reader_->commit(count);
  if (!status.ok()) reader_.reset();
  return status;
}

Result<std::optional<std::unique_ptr<FileTable>>> SourceFile::finish(const Catalog& catalog) {
  using Outcome = std::optional<std::unique_ptr<FileTable>>;
  if (!reader_) return Error{Code::file_unknown, {{"file", static_cast<std::int64_t>(id_)}}};
  const Result<bool> done = reader_->finish();
  if (!done.ok()) {
    const Error error = done.error();
    reader_.reset();
    return error;
  }
  if (!done.value()) return Outcome();
  options_ = pending_options_;
  mapping_ = *pending_mapping_;
  layout_ = reader_->layout();
  receipt_ = reader_->receipt();
  formats_ = reader_->formats();
  diagnostics_ = reader_->diagnostics();
  currency_.clear();
  std::unique_ptr<FileTable> table = make_table(catalog);
  reader_.reset();
  is_loaded_ = true;
  return Outcome(std::move(table));
}

std::unique_ptr<FileTable> SourceFile::make_table(const Catalog& catalog) {
  auto t = std::make_unique<FileTable>();
  t->file = id_;
  t->table = reader_->take_table();
  t->table.kind = mapping_.table;
  t->channel = mapping_.channel;
  t->implied_stage = stage_of(mapping_.implied_stage);
  if (mapping_.table.empty()) diagnostics_.add(Code::table_unrecognised, {});
  const TableSchema* schema = catalog.table(mapping_.table);
  bool has_money = false;
  for (Column& column : t->table.columns) {
    const Field* field = schema == nullptr ? nullptr : schema->find(column.field);
    const ColumnFormat* format = format_of(formats_, column.source_column);
    if (column.kind == ColumnKind::kDate && format != nullptr && format->date_order && is_question(*format, options_)) {
      t->unsure_fields.push_back(column.field);
    }
    if (field == nullptr || !field->is_money) continue;
    has_money = true;
    if (!options_.currency.empty()) {
      column.currency = options_.currency;
    } else {
      for (const HeaderMatch& m : mapping_.columns) {
        if (m.source_column == column.source_column) column.currency = m.currency;
      }
      if (column.currency.empty() && format != nullptr) column.currency = format->currency;
    }
    if (currency_.empty() || currency_ == column.currency) {
      currency_ = column.currency;
    } else if (!column.currency.empty()) {
      currency_ = "mixed";
    }
  }
  if (options_.currency.empty() && currency_.empty()) {
    if (const Column* column = t->table.find("currency"); column != nullptr && column->dictionary.size() > 1) {
      currency_ = column->dictionary.size() == 2 ? currency_from_text(column->dictionary.text(1)) : "mixed";
    }
  }
  if (currency_ == "mixed") diagnostics_.add(Code::currency_mixed, {{"currencies", std::string()}});
  if (has_money && currency_.empty()) diagnostics_.add(Code::currency_unknown, {{"header", std::string()}});
  return t;
}

Diagnostics SourceFile::all_diagnostics(const Dataset& dataset) const {
  Diagnostics all = diagnostics_;
  const FileTable* table = dataset.of_file(id_);
  if (table == nullptr) return all;
  for (const Diagnostics::Group& group : dataset.diagnostics(id_).groups()) {
    for (const Diagnostic& d : group.kept) all.add(d.code, d.arguments, d.where);
    all.count(group.code, group.total - group.kept.size());
  }
  report_unmatched_joins(dataset, *table, all);
  return all;
}

Json SourceFile::column_json(const HeaderMatch& match, const Catalog& catalog, const Dataset& dataset) const {
  const TableSchema* schema = catalog.table(mapping_.table);
  const Field* field = schema == nullptr ? nullptr : schema->find(match.field);
  const ColumnFormat* format = format_of(formats_, match.source_column);
  const FileTable* table = dataset.of_file(id_);
  const Column* column = table == nullptr || !match.is_applied ? nullptr : table->table.find(match.field);
  Json samples = Json::array();
  for (const std::vector<std::string>& record : layout_.samples) {
    if (samples.size() == 5) break;
    const std::size_t c = static_cast<std::size_t>(match.source_column);
    if (c < record.size() && !record[c].empty()) samples.push_back(record[c].substr(0, 80));
  }
  return {{"column", match.source_column},
          {"header", match.header},
          {"field", match.field},
          {"confidence", std::string(confidence_name(match.confidence))},
          {"reason", match.reason},
          {"vendor", match.vendor},
          {"language", match.language},
          {"currency", match.currency},
          {"applied", match.is_applied},
          {"kind", field == nullptr ? Json(nullptr) : Json(std::string(kind_name(field->kind)))},
          {"decimal", format == nullptr || !format->decimal ? Json(nullptr) : Json(std::string(decimal_name(*format->decimal)))},
          {"date_order", format == nullptr || !format->date_order ? Json(nullptr) : Json(std::string(date_order_name(*format->date_order)))},
          {"ambiguous", format != nullptr && is_question(*format, options_)},
          {"present", column == nullptr ? 0 : column->present},
          {"samples", std::move(samples)}};
}

Json SourceFile::card(const Catalog& catalog, const Dataset& dataset) const {
  Json columns = Json::array();
  for (const HeaderMatch& match : mapping_.columns) columns.push_back(column_json(match, catalog, dataset));
  Json needs = Json::array();
  if (mapping_.table.empty()) needs.push_back("table");
  for (const ColumnFormat& f : formats_) {
    if (is_question(f, options_)) needs.push_back((f.date_order ? "date_order:" : "decimal:") + std::to_string(f.source_column));
  }
  const FileTable* table = dataset.of_file(id_);
  const Receipt& r = receipt_;
  return {{"file", id_},
          {"name", name_},
          {"size", size_},
          {"vendor", mapping_.vendor},
          {"vendor_report", mapping_.vendor_report},
          {"language", mapping_.language},
          {"table", mapping_.table},
          {"table_confidence", std::string(confidence_name(mapping_.table_confidence))},
          {"encoding", std::string(encoding_name(layout_.encoding))},
          {"has_bom", layout_.has_bom},
          {"delimiter", std::string(1, layout_.dialect.delimiter)},
          {"quote", layout_.dialect.quote == 0 ? std::string() : std::string(1, layout_.dialect.quote)},
          {"header_record", layout_.header_record},
          {"preamble", layout_.preamble},
          {"records", r.records},
          {"rows_used", r.used},
          {"rows_set_aside", r.totals + r.footers + r.repeated_headers},
          {"first_date", date_or_null(table == nullptr ? kNoDay : table->first_day)},
          {"last_date", date_or_null(table == nullptr ? kNoDay : table->last_day)},
          {"currency", currency_},
          {"channel", mapping_.channel},
          {"columns", std::move(columns)},
          {"diagnostics", to_json(all_diagnostics(dataset))},
          {"needs", std::move(needs)}};
}

Json SourceFile::receipt(const Dataset& dataset) const {
  const Receipt& r = receipt_;
  Json set_aside = Json::array();
  for (const Receipt::SetAside& s : r.set_aside) {
    set_aside.push_back({{"record", s.record}, {"reason", std::string(s.reason)}, {"text", s.text}});
  }
  return {{"receipt",
           {{"bytes", r.bytes},
            {"records", r.records},
            {"preamble", r.preamble},
            {"header", r.header},
            {"used", r.used},
            {"blank", r.blank},
            {"totals", r.totals},
            {"footers", r.footers},
            {"repeated_headers", r.repeated_headers}}},
          {"set_aside", std::move(set_aside)},
          {"diagnostics", to_json(all_diagnostics(dataset))}};
}

}  // namespace kpi
