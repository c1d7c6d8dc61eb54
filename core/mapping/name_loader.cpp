// Embedded JSON -> name index.
#include <nlohmann/json.hpp>

#include "core/base/embedded.h"
#include "core/catalog/json_text.h"
#include "core/mapping/name_index.h"

namespace kpi {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kShared = "shared:";  // reports whose names belong to all of a vendor's reports with these tables

Error invalid(std::string_view file, std::string_view id, std::string_view problem) {
  return Error{Code::catalog_invalid,
               {{"file", std::string(file)}, {"id", std::string(id)}, {"problem", std::string(problem)}}};
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::uint16_t report_number(NameIndex& index, const std::string& vendor, const std::string& name, const std::string& table) {
  for (std::size_t i = 0; i < index.reports.size(); ++i) {
    const NameReport& known = index.reports[i];
    if (known.vendor == vendor && known.name == name && known.table == table) return static_cast<std::uint16_t>(i);
  }
  NameReport report;
  report.vendor = vendor;
  report.name = name;
  report.table = table;
  report.is_generic = vendor.empty();
  index.reports.push_back(std::move(report));
  return static_cast<std::uint16_t>(index.reports.size() - 1);
}

/// {"field:rank": {"en": ["Name", ...]}} into the index. Gives the id at fault, or "".
std::string add_fields(NameIndex& index, const Json& fields, std::uint16_t report, NameKind kind, bool is_guess) {
  if (!fields.is_object()) return "names";
  for (const auto& [key, languages] : fields.items()) {
    KnownName name;
    name.report = report;
    name.kind = kind;
    name.is_guess = is_guess;
    const std::size_t colon = key.find(':');
    name.field = index.intern(std::string_view(key).substr(0, colon));
    if (colon != std::string::npos) {
      if (colon + 2 != key.size() || key[colon + 1] < '1' || key[colon + 1] > '9') return key;
      name.rank = static_cast<std::uint8_t>(key[colon + 1] - '0');
    }
    if (!languages.is_object()) return key;
    for (const auto& [language, texts] : languages.items()) {
      if (!texts.is_array()) return key;
      name.language = index.intern(language);
      for (const Json& text : texts) {
        if (!text.is_string()) return key;
        name.text = index.intern(text.get_ref<const std::string&>());
        index.names.push_back(name);
      }
    }
  }
  return {};
}

/// The members that only general words have.
void add_generic(NameReport& report, const Json& source) {
  if (const auto needs = source.find("needs"); needs != source.end() && needs->is_array()) {
    for (const Json& set : *needs) {
      report.needs.emplace_back();
      for (const Json& field : set) {
        if (field.is_string()) report.needs.back().push_back(field.get<std::string>());
      }
    }
  }
  if (const auto weights = source.find("weights"); weights != source.end() && weights->is_object()) {
    for (const auto& [field, weight] : weights->items()) {
      if (weight.is_number()) report.weights[field] = weight.get<double>();
    }
  }
  if (const auto stages = source.find("implied_stage"); stages != source.end() && stages->is_object()) {
    for (const auto& [header, stage] : stages->items()) {
      if (stage.is_string()) report.implied_stages.emplace_back(header, stage.get<std::string>());
    }
  }
}

std::string shared_name(const Json& tables) {
  std::string name(kShared);
  for (const Json& table : tables) {
    if (table.is_string()) name += ',' + table.get<std::string>() + ',';
  }
  return name;
}

}  // namespace

Status add_names(NameIndex& index, std::string_view file, std::string_view json, bool is_guess) {
  const Json source = parse_json(json);
  if (source.is_discarded() || !source.is_object()) return invalid(file, "", "not a JSON object");
  const auto reports = source.find("reports");
  if (reports == source.end() || !reports->is_array()) return invalid(file, "reports", "missing");
  const std::string vendor = text_of(source, "vendor");
  const std::string channel = text_of(source, "channel");
  for (const Json& entry : *reports) {
    if (!entry.is_object()) return invalid(file, "reports", "not an object");
    const auto shared = entry.find("shared_by");
    const bool is_shared = shared != entry.end() && shared->is_array();
    const std::uint16_t number =
        report_number(index, vendor, is_shared ? shared_name(*shared) : text_of(entry, "report"), text_of(entry, "table"));
    NameReport& report = index.reports[number];
    if (!channel.empty()) report.channel = channel;
    if (const auto confirm = entry.find("confirm"); confirm != entry.end() && confirm->is_boolean()) {
      report.needs_confirmation = confirm->get<bool>();
    }
    add_generic(report, entry);
    for (const auto& [member, kind] : {std::pair{"names", NameKind::kField}, std::pair{"derived", NameKind::kDerived},
                                       std::pair{"other", NameKind::kOther}}) {
      const auto fields = entry.find(member);
      if (fields == entry.end()) continue;
      const std::string fault = add_fields(index, *fields, number, kind, is_guess);
      if (!fault.empty()) return invalid(file, fault, "not {language: [names]}");
    }
  }
  return Ok{};
}

Result<NameIndex> load_name_index() {
  NameIndex index;
  index.names.reserve(6000);
  const std::string_view root = "core/mapping/data/";
  for (const auto& [folder, is_guess] : {std::pair{"vendors/", false}, std::pair{"generic.json", false}, std::pair{"guesses/", true}}) {
    for (const std::string_view path : embedded_files(std::string(root) + folder)) {
      const Status added = add_names(index, path, embedded_file(path), is_guess);
      if (!added.ok()) return added.error();
    }
  }
  if (index.names.empty()) return invalid(root, "", "no names embedded");
  finish_index(index);
  return index;
}

}  // namespace kpi
