// The session: which files are open, and one handler per method.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/api/analyses.h"
#include "core/api/api.h"
#include "core/api/change_json.h"
#include "core/api/json.h"
#include "core/api/own_kpis_json.h"
#include "core/api/plan_json.h"
#include "core/api/report_json.h"
#include "core/api/report_request.h"
#include "core/api/source_file.h"
#include "core/api/target_json.h"
#include "core/catalog/json_text.h"
#include "core/engine/dataset.h"
#include "core/engine/known_currencies.h"
#include "core/engine/report.h"
#include "core/engine/solve.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxFiles = 50;
constexpr std::size_t kMaxRowsAnswered = 1000;

Error file_unknown(std::int64_t file) { return Error{Code::file_unknown, {{"file", file}}}; }

void append_cell(Json& cells, const Column& column, std::size_t row) {
  switch (column.kind) {
    case ColumnKind::kText: {
      const std::uint16_t code = column.codes[row];
      return code == Dictionary::kMissing || code == Dictionary::kRest ? append(cells, Json()) : append(cells, column.dictionary.text(code));
    }
    case ColumnKind::kKey: return append(cells, Json());
    case ColumnKind::kNumber: return append(cells, std::isnan(column.numbers[row]) ? Json() : Json(column.numbers[row]));
    case ColumnKind::kDate: return column.days[row] == kNoDay ? append(cells, Json()) : append(cells, format_iso_date(column.days[row]));
  }
}

Result<FileOptions> options_of(const Json& request) {
  const Json* options = member(request, "options");
  return read_file_options(options == nullptr ? Json() : *options);
}

Json file_json(int id) {
  Object json;
  return json.put("file", id).take();
}

}  // namespace

struct Session::State {
  std::optional<Catalog> catalog;
  std::optional<Mapper> mapper;
  std::optional<Dataset> dataset;
  std::optional<Error> broken;  // the embedded data did not load: every call says so
  std::vector<std::unique_ptr<SourceFile>> files;
  int next_id = 1;
  std::vector<Value> totals;       // of every measure over the window of `totals_of`, for a formula that is being typed
  std::string totals_of;           // the request as text; empty once the files change
  std::optional<Json> dimensions;  // of the files as they are now: listing members reads every row, reports come often

  State() {
    Result<Catalog> loaded = Catalog::load();
    if (!loaded.ok()) {
      broken = loaded.error();
      return;
    }
    catalog.emplace(std::move(loaded).value());
    Result<Mapper> names = Mapper::load(*catalog);
    if (!names.ok()) {
      broken = names.error();
      return;
    }
    mapper.emplace(std::move(names).value());
    dataset.emplace(&*catalog);
  }

  SourceFile* find(std::int64_t id) {
    const auto it = std::find_if(files.begin(), files.end(), [id](const auto& f) { return f->id() == id; });
    return it == files.end() ? nullptr : it->get();
  }
  void drop(int id) {
    std::erase_if(files, [id](const auto& f) { return f->id() == id; });
  }

  Result<SourceFile*> file_of(const Json& request) {
    const std::optional<std::int64_t> id = RequestReader(request).integer("file");
    if (!id) return request_invalid("file", "integer");
    SourceFile* file = find(*id);
    if (file == nullptr) return file_unknown(*id);
    return file;
  }

  void data_changed() {
    dimensions.reset();
    totals_of.clear();
    totals.clear();
  }

  Result<Json> open(const Json& request) {
    RequestReader read(request);
    std::string name = read.text_or_empty("name");
    const std::int64_t size = read.integer("size").value_or(0);
    if (read.error() != nullptr) return *read.error();
    Result<FileOptions> options = options_of(request);
    if (!options.ok()) return options.error();
    if (files.size() >= kMaxFiles) return Error{Code::too_many_files, {{"limit", static_cast<std::int64_t>(kMaxFiles)}}};
    files.push_back(std::make_unique<SourceFile>(next_id++, std::move(name), static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0))));
    files.back()->begin(*catalog, *mapper, std::move(options).value());
    return file_json(files.back()->id());
  }

  Result<Json> reread(const Json& request) {
    const Result<SourceFile*> file = file_of(request);
    if (!file.ok()) return file.error();
    Result<FileOptions> options = options_of(request);
    if (!options.ok()) return options.error();
    file.value()->begin(*catalog, *mapper, std::move(options).value());
    return file_json(file.value()->id());
  }

  Result<Json> finish(const Json& request) {
    const Result<SourceFile*> found = file_of(request);
    if (!found.ok()) return found.error();
    SourceFile& file = *found.value();
    Result<std::optional<std::unique_ptr<FileTable>>> outcome = file.finish(*catalog);
    if (!outcome.ok()) {
      const Error error = outcome.error();
      if (!file.is_loaded()) drop(file.id());
      return error;
    }
    Object answer;
    if (!outcome.value()) return answer.put("again", true).take();
    std::unique_ptr<FileTable> table = std::move(*outcome.value());
    data_changed();
    if (table->table.kind.empty()) {
      dataset->remove(file.id());
    } else {
      dataset->put(std::move(table));
    }
    return answer.put("again", false).put("card", file.card(*catalog, *dataset)).take();
  }

  Result<Json> remove(const Json& request) {
    const Result<SourceFile*> file = file_of(request);
    if (!file.ok()) return file.error();
    const int id = file.value()->id();
    dataset->remove(id);
    data_changed();
    drop(id);
    return Json::object();
  }

  Result<Json> list(const Json&) {
    Json cards = Json::array();
    for (const auto& f : files) {
      if (f->is_loaded()) append(cards, f->card(*catalog, *dataset));
    }
    Object answer;
    return answer.put("files", std::move(cards)).take();
  }

  Result<Json> reset(const Json&) {
    files.clear();
    dataset.emplace(&*catalog);
    data_changed();
    return Json::object();
  }

  Result<Json> report(const Json& request) {
    const Result<ReportRequest> read = read_report_request(request);
    if (!read.ok()) return read.error();
    const Result<Report> made = make_report(*dataset, read.value());
    if (!made.ok()) return made.error();
    Object json = to_json(made.value(), *dataset);
    if (!dimensions) dimensions = dimensions_json(*dataset);
    json.put("dimensions", Json(*dimensions)).put("currencies", known_currencies(*dataset));
    Receipt sums;
    std::uint64_t duplicates = 0;
    std::uint64_t count = 0;
    for (const auto& f : files) {
      if (!f->is_loaded()) continue;
      ++count;
      const Receipt& r = f->counts();
      sums.records += r.records;
      sums.used += r.used;
      sums.totals += r.totals + r.footers + r.repeated_headers;
    }
    for (const auto& t : dataset->tables()) duplicates += t->repeats;
    Object receipt;
    receipt.put("files", count).put("records", sums.records).put("used", sums.used).put("set_aside", sums.totals).put("duplicates", duplicates);
    Json answer = json.put("receipt", std::move(receipt)).take();
    if (const Status s = add_targets(answer, *dataset, made.value(), read.value(), request); !s.ok()) return s.error();
    return answer;
  }

  Result<Json> explain_kpi(const Json& request) {
    const Result<ReportRequest> read = read_report_request(request);
    if (!read.ok()) return read.error();
    RequestReader own(request);
    const std::string id = own.text_or_empty("kpi");
    if (own.error() != nullptr) return *own.error();
    std::string dimension, key;
    if (const Json* m = member(request, "member")) {
      RequestReader of_member(*m);
      dimension = of_member.text_or_empty("dimension");
      key = of_member.text_or_empty("key");
      if (of_member.error() != nullptr) return *of_member.error();
    }
    const Result<Explanation> explained = explain(*dataset, read.value(), id, dimension, key);
    if (!explained.ok()) return explained.error();
    return to_json(explained.value());
  }

  Result<Json> solve_for(const Json& request) {
    const Result<ReportRequest> read = read_report_request(request);
    if (!read.ok()) return read.error();
    RequestReader own(request);
    const std::string id = own.text_or_empty("kpi"), measure = own.text_or_empty("measure");
    if (own.error() != nullptr) return *own.error();
    const Json* target = member(request, "target");
    if (target == nullptr || !target->is_number() || !std::isfinite(target->get<double>())) return request_invalid("target", "number");
    const Result<Solution> solved = solve(*dataset, read.value(), id, measure, target->get<double>());
    if (!solved.ok()) return solved.error();
    return to_json(solved.value());
  }

  Result<Json> explain_change_of(const Json& request) {
    const Result<ChangeRequest> read = read_change_request(request);
    if (!read.ok()) return read.error();
    const Result<Change> change = explain_change(*dataset, read.value());
    if (!change.ok()) return change.error();
    return to_json(change.value());
  }

  Result<Json> define_kpis(const Json& request) {
    const Result<std::vector<OwnKpi>> wanted = read_own_kpis(request);
    if (!wanted.ok()) return wanted.error();
    return own_kpis_json(wanted.value(), define_own_kpis(*catalog, wanted.value()));
  }

  Result<Json> check_formula(const Json& request) {
    const Result<std::vector<OwnKpi>> wanted = read_own_kpis(request);
    if (!wanted.ok()) return wanted.error();
    RequestReader own(request);
    const std::string id = own.text_or_empty("id");
    if (own.error() != nullptr) return *own.error();
    const Json* window = member(request, "report");
    if (window != nullptr && dump(*window) != totals_of) {
      const Result<ReportRequest> read = read_report_request(*window);
      if (!read.ok()) return read.error();
      const Result<Report> made = make_report(*dataset, read.value());
      if (!made.ok()) return made.error();
      totals.clear();
      for (const MeasureResult& measure : made.value().measures) totals.push_back(measure.total);
      totals_of = dump(*window);
    }
    return checked_formula_json(*catalog, wanted.value(), id, window == nullptr ? std::vector<Value>() : totals);
  }

  Result<Json> plan(const Json& request) {
    const Result<ReportRequest> read = read_report_request(request);
    if (!read.ok()) return read.error();
    const Result<PlanRequest> wanted = read_plan_request(request);
    if (!wanted.ok()) return wanted.error();
    const Result<Plan> made = make_plan(*dataset, read.value(), wanted.value());
    if (!made.ok()) return made.error();
    return to_json(made.value(), wanted.value());
  }

  Result<Json> receipt(const Json& request) {
    const Result<SourceFile*> file = file_of(request);
    if (!file.ok()) return file.error();
    return file.value()->receipt(*dataset);
  }

  Result<Json> rows(const Json& request) {
    const Result<SourceFile*> file = file_of(request);
    if (!file.ok()) return file.error();
    RequestReader read(request);
    const std::int64_t offset = read.integer("offset").value_or(0);
    const std::int64_t count = read.integer("count").value_or(50);
    if (read.error() != nullptr) return *read.error();
    const FileTable* t = dataset->of_file(file.value()->id());
    Json columns = Json::array(), answered = Json::array();
    if (t != nullptr) {
      for (const Column& c : t->table.columns) {
        if (c.source_column == kDerivedColumn) continue;
        Object column;
        append(columns, std::move(column.put("field", c.field).put("header", c.header).put("kind", kind_name(c.kind))));
      }
      const std::size_t first = static_cast<std::size_t>(std::max<std::int64_t>(offset, 0));
      const std::size_t wanted = std::min(kMaxRowsAnswered, static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
      for (std::size_t row = first; row < t->table.row_count && answered.size() < wanted; ++row) {
        Json cells = Json::array();
        for (const Column& c : t->table.columns) {
          if (c.source_column != kDerivedColumn) append_cell(cells, c, row);
        }
        const Origin origin = t->table.origin(row);
        Object line;
        append(answered, std::move(line.put("record", origin.record).put("offset", origin.byte_offset).put("cells", std::move(cells))));
      }
    }
    Object answer;
    return answer.put("columns", std::move(columns)).put("rows", std::move(answered)).take();
  }

  Result<Json> describe(const Json&) { return catalog_json(*catalog); }
};

Session::Session() : state_(std::make_unique<State>()) {}
Session::~Session() = default;

std::string Session::call(std::string_view method, std::string_view request_json) {
  using S = State;
  static constexpr std::array<std::pair<std::string_view, Result<Json> (S::*)(const Json&)>, 16> kMethods = {{
      {"open", &S::open}, {"reread", &S::reread}, {"finish", &S::finish}, {"remove", &S::remove}, {"files", &S::list}, {"reset", &S::reset},
      {"report", &S::report}, {"explain", &S::explain_kpi}, {"solve", &S::solve_for}, {"plan", &S::plan}, {"explain_change", &S::explain_change_of}, {"define_kpis", &S::define_kpis}, {"check_formula", &S::check_formula}, {"receipt", &S::receipt}, {"rows", &S::rows}, {"catalog", &S::describe}}};
  if (state_->broken) return failure(*state_->broken);
  const auto found = std::find_if(kMethods.begin(), kMethods.end(), [method](const auto& m) { return m.first == method; });
  const Analysis analysis = found == kMethods.end() ? find_analysis(method) : nullptr;
  if (found == kMethods.end() && analysis == nullptr) return failure({Code::method_unknown, {{"method", std::string(method.substr(0, 100))}}});
  const Json request = parse_json(request_json);
  if (request.is_discarded()) return failure({Code::request_not_json, {}});
  if (!request.is_object()) return failure(request_invalid("", "object"));
  Result<Json> result = analysis != nullptr ? analysis(*state_->dataset, request) : (state_.get()->*found->second)(request);
  return result.ok() ? success(std::move(result).value()) : failure(result.error());
}

std::span<std::uint8_t> Session::reserve(int file, std::size_t count) {
  if (state_->broken) return {};
  SourceFile* f = state_->find(file);
  if (f == nullptr) return {};
  Result<std::span<std::uint8_t>> room = f->reserve(count);
  return room.ok() ? room.value() : std::span<std::uint8_t>();
}

std::string Session::commit(int file, std::size_t count) {
  if (state_->broken) return failure(*state_->broken);
  SourceFile* f = state_->find(file);
  if (f == nullptr || !f->is_reading()) return failure(file_unknown(file));
  const Status status = f->commit(count);
  if (status.ok()) return success(Json::object());
  if (!f->is_loaded()) state_->drop(file);
  return failure(status.error());
}

}  // namespace kpi
