#include "core/mapping/mapper.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/mapping/header_text.h"
#include "core/mapping/name_index.h"
#include "core/mapping/recognise.h"
#include "core/mapping/resolve.h"
#include "core/mapping/settle.h"
#include "core/mapping/values.h"

namespace kpi {
namespace {

/// Compares sample cells with the kinds of catalogue fields.
class SampleJudge : public ValueJudge {
 public:
  SampleJudge(const Catalog& catalog, std::span<const ValueProfile> profiles) : catalog_(catalog), profiles_(profiles) {}
  bool fits(std::size_t column, std::string_view table, std::string_view field) const override {
    const TableSchema* schema = catalog_.table(table);
    const Field* known = schema == nullptr ? nullptr : schema->find(field);
    return known != nullptr && values_fit(profiles_[column], expected_value(*known));
  }

 private:
  const Catalog& catalog_;
  std::span<const ValueProfile> profiles_;
};

/// The language in which most headers are names of the report, else of the table's general words.
std::string common_language(const NameIndex& index, std::span<const HeaderHits> headers, int report) {
  std::vector<std::pair<std::string_view, std::size_t>> votes;
  for (const HeaderHits& hits : headers) {
    std::vector<std::string_view> seen;
    for (const NameIds* ids : {&hits.exact, &hits.folded}) {
      for (const std::uint32_t id : *ids) {
        const KnownName& name = index.names[id];
        if (name.report != report || name.is_guess || std::find(seen.begin(), seen.end(), name.language) != seen.end()) continue;
        seen.push_back(name.language);
        auto vote = std::find_if(votes.begin(), votes.end(), [&](const auto& v) { return v.first == name.language; });
        if (vote == votes.end()) vote = votes.insert(votes.end(), {name.language, 0});
        ++vote->second;
      }
    }
  }
  const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == votes.end() ? std::string{} : std::string(best->first);
}

/// The funnel stage that a file's id column implies ("mql_id"), unless its rows carry stages of their own.
std::string implied_stage(const NameReport& report, std::span<const HeaderText> texts, std::span<const RankedMatch> matches) {
  for (const RankedMatch& match : matches) {
    if (match.match.is_applied && (match.match.field == "lead_stage" || match.match.field == "mql_at")) return {};
  }
  for (const RankedMatch& match : matches) {
    if (!match.match.is_applied || match.match.field != "lead_id") continue;
    for (const auto& [header, stage] : report.implied_stages) {
      if (texts[static_cast<std::size_t>(match.match.source_column)].folded == header) return stage;
    }
  }
  return {};
}

/// The vendor's report for `table`; -1 when it has none.
int report_of_vendor(const NameIndex& index, std::string_view vendor, std::string_view table) {
  for (std::size_t i = 0; i < index.reports.size(); ++i) {
    if (!index.reports[i].is_generic && index.reports[i].vendor == vendor && index.reports[i].table == table) return static_cast<int>(i);
  }
  return -1;
}

/// Vendor, report, table and how sure; `report` gets the vendor's report or -1.
void recognise_file(const NameIndex& index, std::span<const HeaderHits> hits, const ValueJudge& judge, const MappingOverride& user,
                    FileMapping& file, int& report, Confidence& generic) {
  report = recognise_report(index, hits);
  generic = Confidence::kLikely;
  if (report >= 0) {
    const NameReport& found = index.reports[static_cast<std::size_t>(report)];
    file.vendor = found.vendor;
    file.vendor_report = found.name;
    file.table = found.table;
    file.table_confidence = found.table.empty() ? Confidence::kNone : found.needs_confirmation ? Confidence::kCheck : Confidence::kCertain;
  } else {
    const TableGuess guess = recognise_table(index, hits, judge);
    if (guess.report >= 0) {
      file.table = index.reports[static_cast<std::size_t>(guess.report)].table;
      file.table_confidence = guess.confidence;
      generic = guess.confidence == Confidence::kCertain ? Confidence::kCertain : Confidence::kLikely;
    }
  }
  if (user.table.empty()) return;
  if (user.table != file.table && report >= 0) {
    report = report_of_vendor(index, file.vendor, user.table);
    if (report >= 0) file.vendor_report = index.reports[static_cast<std::size_t>(report)].name;
  }
  if (user.table != file.table) generic = Confidence::kLikely;
  file.table = user.table;
  file.table_confidence = Confidence::kCertain;
}

/// Until the user confirms it, a proposed table reads nothing.
void withhold_table(FileMapping& file) {
  file.proposed_table = std::move(file.table);
  file.table.clear();
  for (HeaderMatch& match : file.columns) match.is_applied = false;
}

}  // namespace

Result<Mapper> Mapper::load(const Catalog& catalog) {
  const std::string_view broken = broken_word_file();
  if (!broken.empty()) {
    return Error{Code::catalog_invalid, {{"file", std::string(broken)}, {"id", std::string{}}, {"problem", std::string("not_a_word_list")}}};
  }
  Result<NameIndex> names = load_name_index();
  if (!names.ok()) return names.error();
  Mapper mapper;
  mapper.catalog_ = &catalog;
  mapper.names_ = std::make_shared<const NameIndex>(std::move(names).value());
  return mapper;
}

FileMapping Mapper::map(std::span<const std::string> headers, std::span<const std::vector<std::string>> samples,
                        std::string_view /*file_name*/, const MappingOverride& user) const {
  FileMapping file;
  std::vector<HeaderText> texts;
  std::vector<HeaderHits> hits;
  std::vector<ValueProfile> profiles;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    texts.push_back(analyse_header(headers[i]));
    hits.push_back(find_hits(*names_, texts.back()));
    profiles.push_back(profile_values(samples, i, !hits.back().folded.empty()));
  }

  int report = -1;
  FileContext context;
  recognise_file(*names_, hits, SampleJudge(*catalog_, profiles), user, file, report, context.generic);
  context.index = names_.get();
  context.schema = catalog_->table(file.table);
  context.report = report;
  context.vendor = file.vendor;
  const int general = generic_report(*names_, file.table);
  context.language = common_language(*names_, hits, report >= 0 ? report : general);
  file.language = context.language;
  if (context.schema == nullptr) {
    file.table.clear();
    file.table_confidence = Confidence::kNone;
  }

  std::vector<RankedMatch> matches;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    matches.push_back(resolve_column(context, hits[i], profiles[i]));
    HeaderMatch& match = matches.back().match;
    match.source_column = static_cast<std::int32_t>(i);
    match.header = headers[i];
    match.currency = !texts[i].currency.empty() || !hits[i].is_short ? texts[i].currency : texts[i].short_currency;
  }
  const SettleInput input{names_.get(), context.schema, texts, profiles};
  apply_user_fields(input, user.fields, matches);
  settle_columns(input, matches);

  if (report >= 0) file.channel = names_->reports[static_cast<std::size_t>(report)].channel;
  if (general >= 0) file.implied_stage = implied_stage(names_->reports[static_cast<std::size_t>(general)], texts, matches);
  for (RankedMatch& match : matches) file.columns.push_back(std::move(match.match));
  if (file.table_confidence == Confidence::kCheck) withhold_table(file);
  return file;
}

int Mapper::header_score(std::string_view text) const {
  if (text.empty() || text.size() > 200) return 0;
  const HeaderText header = analyse_header(text);
  const HeaderHits hits = find_hits(*names_, header);
  if (hits.exact.empty() && hits.folded.empty()) return 0;
  // Words such as "email" or "Direct" are as often values; several words, or a measured or dated field, are headers.
  const bool has_words = header.folded.find(' ') != std::string::npos;
  for (const NameIds* ids : {&hits.exact, &hits.folded}) {
    for (const std::uint32_t id : *ids) {
      const KnownName& name = names_->names[id];
      if (name.is_guess) continue;
      if (has_words || name.kind == NameKind::kDerived) return 2;
      const TableSchema* schema = catalog_->table(names_->reports[name.report].table);
      const Field* field = schema == nullptr ? nullptr : schema->find(name.field);
      if (field != nullptr && (field->kind == ColumnKind::kNumber || field->kind == ColumnKind::kDate)) return 2;
    }
  }
  return 1;
}

const std::vector<std::string>& Mapper::totals_labels() const { return header_words().totals; }

}  // namespace kpi
