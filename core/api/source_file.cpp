#include "core/api/source_file.h"

#include <algorithm>

#include "core/base/text.h"
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

ReadPlan plan_reading(const Catalog& catalog, const FileMapping& mapping) {
  ReadPlan plan;
  plan.table_kind = mapping.table;
  const TableSchema* schema = catalog.table(mapping.table);
  if (schema == nullptr) return plan;
  for (const HeaderMatch& match : mapping.columns) {
    const Field* field = match.is_applied ? schema->find(match.field) : nullptr;
    if (field != nullptr) plan.columns.push_back({match.source_column, field->id, field->kind, field->has_time, field->role == "account"});
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
  options_ = std::move(pending_options_);
  mapping_ = std::move(*pending_mapping_);
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
  t->vendor = mapping_.vendor;
  t->implied_stage = stage_of(mapping_.implied_stage);
  t->has_unreadable_dates = diagnostics_.has(Code::date_unreadable) || diagnostics_.has(Code::date_order_mixed);
  if (mapping_.table.empty() && mapping_.proposed_table.empty()) diagnostics_.add(Code::table_unrecognised, {});
  report_duplicate_headers();
  const TableSchema* schema = catalog.table(mapping_.table);
  for (const HeaderMatch& m : mapping_.columns) {  // a whole column of "first quarter": not read, and said so by no cell
    const Field* field = schema == nullptr ? nullptr : schema->find(m.field);
    if (field != nullptr && field->kind == ColumnKind::kDate && !m.is_applied && m.reason == "values_disagree") t->has_unreadable_dates = true;
  }
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
      if (column.currency.empty() && format != nullptr && !format->currency.empty()) {
        column.currency = format->currency;
        diagnostics_.add(Code::currency_assumed, {{"currency", column.currency}, {"from", column.header}}, {0, column.source_column});
      }
      if (column.currency.empty() && format != nullptr && format->has_several_currencies) column.currency = kSeveralCurrencies;
    }
    if (currency_.empty() || currency_ == column.currency) {
      currency_ = column.currency;
    } else if (!column.currency.empty()) {
      currency_ = kSeveralCurrencies;
    }
  }
  if (options_.currency.empty() && currency_.empty()) {
    if (const Column* column = t->table.find("currency"); column != nullptr && column->dictionary.size() > 1) {
      currency_ = column->dictionary.size() == 2 ? currency_from_text(column->dictionary.text(1)) : "mixed";
    }
  }
  if (currency_ == kSeveralCurrencies && !diagnostics_.has(Code::currency_mixed)) diagnostics_.add(Code::currency_mixed, {{"currencies", std::string()}});
  if (has_money && currency_.empty()) diagnostics_.add(Code::currency_unknown, {{"header", std::string()}});
  return t;
}

void SourceFile::report_duplicate_headers() {
  for (const HeaderMatch& match : mapping_.columns) {
    if (match.reason != "duplicate") continue;
    const auto kept = std::find_if(mapping_.columns.begin(), mapping_.columns.end(),
                                   [&](const HeaderMatch& other) { return other.is_applied && other.field == match.field; });
    diagnostics_.add(Code::header_duplicate,
                     {{"header", match.header}, {"kept", kept == mapping_.columns.end() ? std::string() : kept->header}}, {0, match.source_column});
  }
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

Object SourceFile::column_json(const HeaderMatch& match, const Catalog& catalog, const Dataset& dataset) const {
  const TableSchema* schema = catalog.table(mapping_.table);
  const Field* field = schema == nullptr ? nullptr : schema->find(match.field);
  const ColumnFormat* format = format_of(formats_, match.source_column);
  const FileTable* table = dataset.of_file(id_);
  const Column* column = table == nullptr || !match.is_applied ? nullptr : table->table.find(match.field);
  Json samples = Json::array();
  for (const std::vector<std::string>& record : layout_.samples) {
    if (samples.size() == 5) break;
    const std::size_t c = static_cast<std::size_t>(match.source_column);
    if (c < record.size() && !record[c].empty()) append(samples, cut_utf8(record[c], 80));
  }
  const bool has_decimal = format != nullptr && format->decimal;
  const bool has_order = format != nullptr && format->date_order;
  Object json;
  json.put("column", match.source_column).put("header", match.header).put("field", match.field);
  json.put("confidence", confidence_name(match.confidence)).put("reason", match.reason).put("vendor", match.vendor);
  json.put("language", match.language).put("currency", match.currency).put("applied", match.is_applied);
  json.put_or_null("kind", field != nullptr, field == nullptr ? "" : kind_name(field->kind));
  json.put_or_null("decimal", has_decimal, has_decimal ? decimal_name(*format->decimal) : "");
  json.put_or_null("date_order", has_order, has_order ? date_order_name(*format->date_order) : "");
  json.put("ambiguous", format != nullptr && is_question(*format, options_));
  json.put("present", column == nullptr ? std::uint64_t{0} : static_cast<std::uint64_t>(column->present));
  return std::move(json.put("samples", std::move(samples)));
}

Json SourceFile::card(const Catalog& catalog, const Dataset& dataset) const {
  Json columns = Json::array();
  for (const HeaderMatch& match : mapping_.columns) append(columns, column_json(match, catalog, dataset));
  std::vector<std::string> needs;
  if (mapping_.table.empty()) needs.push_back("table");
  for (const ColumnFormat& f : formats_) {
    if (is_question(f, options_)) needs.push_back((f.date_order ? "date_order:" : "decimal:") + std::to_string(f.source_column));
  }
  const FileTable* table = dataset.of_file(id_);
  const Receipt& r = receipt_;
  Object json;
  json.put("file", id_).put("name", name_).put("size", size_);
  json.put("vendor", mapping_.vendor).put("vendor_report", mapping_.vendor_report).put("language", mapping_.language);
  json.put("table", mapping_.table).put("proposed_table", mapping_.proposed_table);
  json.put("table_confidence", confidence_name(mapping_.table_confidence));
  json.put("encoding", encoding_name(layout_.encoding)).put("has_bom", layout_.has_bom);
  json.put("delimiter", std::string(1, layout_.dialect.delimiter));
  json.put("quote", layout_.dialect.quote == 0 ? std::string() : std::string(1, layout_.dialect.quote));
  json.put("header_record", layout_.header_record).put("preamble", layout_.preamble);
  json.put("records", r.records).put("rows_used", r.used).put("rows_set_aside", r.totals + r.footers + r.repeated_headers);
  json.put_date("first_date", table == nullptr ? kNoDay : table->first_day).put_date("last_date", table == nullptr ? kNoDay : table->last_day);
  json.put("currency", currency_).put("channel", mapping_.channel).put("columns", std::move(columns));
  return json.put("diagnostics", to_json(all_diagnostics(dataset))).put("needs", needs).take();
}

Json SourceFile::receipt(const Dataset& dataset) const {
  const Receipt& r = receipt_;
  Json set_aside = Json::array();
  for (const Receipt::SetAside& s : r.set_aside) {
    Object line;
    append(set_aside, std::move(line.put("record", s.record).put("reason", s.reason).put("text", s.text)));
  }
  Object counts;
  counts.put("bytes", r.bytes).put("records", r.records).put("preamble", r.preamble).put("header", r.header).put("used", r.used);
  counts.put("blank", r.blank).put("totals", r.totals).put("footers", r.footers).put("repeated_headers", r.repeated_headers);
  Object json;
  json.put("receipt", std::move(counts)).put("set_aside", std::move(set_aside));
  return json.put("diagnostics", to_json(all_diagnostics(dataset))).take();
}

}  // namespace kpi
