#include "core/api/own_kpis_json.h"

#include <algorithm>

namespace kpi {
namespace {

OwnKpi read_own_kpi(const Json& entry) {
  RequestReader read(entry);
  OwnKpi own;
  own.id = read.text_or_empty("id");
  own.formula = read.text_or_empty("formula");
  own.unit = read.text_or_empty("unit");
  own.display = read.text_or_empty("display");
  own.better = read.text_or_empty("better");
  own.is_rate = read.flag("rate");
  if (!entry.is_object()) read.fail(request_invalid("kpis", "objects"));
  if (read.error() != nullptr) own.unreadable = *read.error();
  return own;
}

Json error_json(const Error& error) {
  Object json;
  return json.put("code", code_name(error.code)).put("args", to_json(error.arguments)).take();
}

/// Values of measures, and of KPIs through their formulas: shipped ones and those that are being judged.
class Preview {
 public:
  Preview(const Catalog& catalog, const std::vector<OwnVerdict>& verdicts, const std::vector<Value>& measures) : catalog_(catalog), verdicts_(verdicts), measures_(measures) {}

  Value of(const Expression& formula) const {
    return evaluate(formula, [this](std::string_view id) { return value_of(id); });
  }

 private:
  Value value_of(std::string_view id) const {
    if (const Measure* measure = catalog_.measure(id)) return measures_[static_cast<std::size_t>(measure - catalog_.measures().data())];
    for (const OwnVerdict& verdict : verdicts_) {
      if (verdict.kpi && verdict.kpi->id == id) return of(*verdict.kpi->formula);
    }
    return of(*catalog_.kpi(id)->formula);
  }

  const Catalog& catalog_;
  const std::vector<OwnVerdict>& verdicts_;
  const std::vector<Value>& measures_;
};

}  // namespace

Result<std::vector<OwnKpi>> read_own_kpis(const Json& request) {
  const Json* list = member(request, "kpis");
  if (list == nullptr || !list->is_array()) return request_invalid("kpis", "array");
  std::vector<OwnKpi> wanted;
  for (const Json& entry : *list) wanted.push_back(read_own_kpi(entry));
  return wanted;
}

Json own_kpis_json(const std::vector<OwnKpi>& wanted, const std::vector<OwnVerdict>& verdicts) {
  Json accepted = Json::array(), refused = Json::array();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!verdicts[i].error) {
      append(accepted, wanted[i].id);
      continue;
    }
    Object one;
    append(refused, std::move(one.put("id", wanted[i].id).put("error", error_json(*verdicts[i].error))));
  }
  Object answer;
  return answer.put("accepted", std::move(accepted)).put("refused", std::move(refused)).take();
}

Result<Json> checked_formula_json(const Catalog& catalog, const std::vector<OwnKpi>& wanted, std::string_view id, const std::vector<Value>& measures) {
  const auto found = std::find_if(wanted.begin(), wanted.end(), [id](const OwnKpi& own) { return own.id == id; });
  if (found == wanted.end()) return Error{Code::kpi_unknown, {{"id", std::string(id)}, {"nearest", std::string()}}};
  const std::vector<OwnVerdict> verdicts = judge_own_kpis(catalog, wanted);
  const OwnVerdict& verdict = verdicts[static_cast<std::size_t>(found - wanted.begin())];
  Object answer;
  answer.put("id", id).put_null("error").put("unit", std::string_view()).put("displays", Json::array()).put("display", found->display);
  answer.put("can_be_rate", verdict.can_be_rate).put("proposal", std::string_view()).put_null("value").put_null("undefined").put("currency", std::string_view());
  if (verdict.unit) answer.put("unit", verdict.unit->to_string()).put("displays", fitting_displays(*verdict.unit));
  if (verdict.error) {
    const bool is_misfit = verdict.error->code == Code::unit_mismatch || verdict.error->code == Code::display_unfit;
    if (is_misfit && verdict.unit) answer.put("proposal", proposed_formula(catalog, *found, *verdict.unit));
    return answer.put("error", error_json(*verdict.error)).take();
  }
  answer.put("display", verdict.kpi->display);
  if (measures.empty()) return answer.take();
  const Value value = Preview(catalog, verdicts, measures).of(*verdict.kpi->formula);
  const Quantity* quantity = std::get_if<Quantity>(&value);
  if (quantity != nullptr) answer.put("currency", quantity->currency);
  return answer.put("value", number_or_null(value)).put("undefined", undefined_or_null(value)).take();
}

}  // namespace kpi
