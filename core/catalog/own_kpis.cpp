#include "core/catalog/own_kpis.h"

#include <algorithm>
#include <map>

#include "core/catalog/lint/lint.h"
#include "core/catalog/nearest.h"
#include "core/catalog/vocabulary.h"

namespace kpi {
namespace {

bool is_own_id(std::string_view id) {
  constexpr std::size_t kMaxLength = 64;
  if (id.size() <= kOwnPrefix.size() || id.size() > kMaxLength || id.substr(0, kOwnPrefix.size()) != kOwnPrefix) return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

const Kpi* shipped(const Catalog& catalog, std::string_view id) {
  const Kpi* kpi = catalog.kpi(id);
  return kpi == nullptr || kpi->family == kOwnFamily ? nullptr : kpi;
}

Error with_limit(Code code, std::size_t limit) { return {code, {{"limit", static_cast<std::int64_t>(limit)}}}; }

/// Size of a formula with every KPI written out: what explaining and solving walk through.
struct Extent {
  std::size_t nodes = 1;
  std::size_t height = 1;
};

class Judge {
 public:
  Judge(const Catalog& catalog, const std::vector<OwnKpi>& wanted) : catalog_(catalog), wanted_(wanted), verdicts_(wanted.size()), formulas_(wanted.size()), extents_(wanted.size()) {}

  std::vector<OwnVerdict> run() {
    for (std::size_t i = 0; i < wanted_.size(); ++i) open(i);
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t i = 0; i < wanted_.size(); ++i) moved = (is_open(i) && settle(i)) || moved;
    }
    std::vector<std::size_t> ring;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (is_open(i)) ring.push_back(i);
    }
    std::vector<Error> errors;  // found while all of them are still open
    for (const std::size_t i : ring) errors.push_back(cycle(i));
    for (std::size_t i = 0; i < ring.size(); ++i) verdicts_[ring[i]].error = std::move(errors[i]);
    return std::move(verdicts_);
  }

 private:
  bool is_open(std::size_t i) const { return !verdicts_[i].kpi && !verdicts_[i].error; }
  bool refuse(std::size_t i, Error error) {
    verdicts_[i].error = std::move(error);
    return true;
  }

  /// What can be said without the other definitions.
  void open(std::size_t i) {
    const OwnKpi& own = wanted_[i];
    if (own.unreadable) return void(refuse(i, *own.unreadable));
    if (i >= kMaxOwnKpis) return void(refuse(i, with_limit(Code::own_kpis_too_many, kMaxOwnKpis)));
    const bool is_taken = catalog_.measure(own.id) != nullptr || shipped(catalog_, own.id) != nullptr || index_.count(own.id) != 0;
    if (is_taken) return void(refuse(i, {Code::catalog_duplicate_id, {{"id", own.id}}}));
    if (!is_own_id(own.id)) return void(refuse(i, {Code::own_id_invalid, {{"id", own.id}}}));
    index_[own.id] = i;
    if (own.formula.size() > kMaxOwnFormula) return void(refuse(i, with_limit(Code::formula_too_long, kMaxOwnFormula)));
    Result<ExpressionPtr> parsed = parse_formula(own.formula);
    if (!parsed.ok()) return void(refuse(i, parsed.error()));
    formulas_[i] = std::move(parsed).value();
    for (const std::string* word : {&own.display, &own.better}) {
      const std::span<const std::string_view> words = word == &own.display ? displays() : directions();
      if (!word->empty() && !is_one_of(*word, words)) return void(refuse(i, {Code::own_word_unknown, {{"id", own.id}, {"text", *word}}}));
    }
  }

  /// False while a definition that this one needs has no verdict yet.
  bool settle(std::size_t i) {
    const OwnKpi& own = wanted_[i];
    const std::vector<std::string> needed = references(*formulas_[i]);
    for (const std::string& id : needed) {
      if (is_known(id)) continue;
      std::vector<std::string> ids = lint::formula_ids(catalog_);
      std::erase_if(ids, [](const std::string& one) { return one.substr(0, kOwnPrefix.size()) == kOwnPrefix; });  // those of before
      for (const auto& [other, at] : index_) {
        if (at != i) ids.push_back(other);
      }
      return refuse(i, {Code::catalog_unknown_reference, {{"id", own.id}, {"reference", id}, {"nearest", nearest_ids(id, ids)}}});
    }
    for (const std::string& id : needed) {
      const auto it = index_.find(id);
      if (it == index_.end()) continue;
      if (is_open(it->second)) return false;
      if (verdicts_[it->second].error) return refuse(i, {Code::own_kpi_needs, {{"id", own.id}, {"reference", id}}});
    }
    Result<Unit> unit = unit_of_formula(*formulas_[i], own.id, [&](std::string_view id) { return unit_of(id); });
    if (!unit.ok()) return refuse(i, unit.error());
    verdicts_[i].unit = unit.value();
    verdicts_[i].can_be_rate = lint::divides_counts(catalog_, *formulas_[i]);
    extents_[i] = extent(*formulas_[i]);
    if (extents_[i].nodes > kMaxOwnNodes || extents_[i].height > static_cast<std::size_t>(kMaxFormulaHeight)) return refuse(i, with_limit(Code::own_kpi_too_large, kMaxOwnNodes));
    if (std::optional<Error> error = unfit(own, unit.value(), verdicts_[i].can_be_rate)) return refuse(i, *std::move(error));
    accept(i);
    return true;
  }

  static std::optional<Error> unfit(const OwnKpi& own, const Unit& unit, bool can_be_rate) {
    if (!own.unit.empty()) {
      const Result<Unit> declared = Unit::parse(own.unit);
      if (!declared.ok()) return declared.error();
      if (!(declared.value() == unit)) return Error{Code::unit_mismatch, {{"id", own.id}, {"declared", declared.value().to_string()}, {"actual", unit.to_string()}}};
    }
    if (!own.display.empty() && !lint::display_fits(unit, own.display)) return Error{Code::display_unfit, {{"id", own.id}, {"display", own.display}, {"unit", unit.to_string()}}};
    const bool is_percent = own.display.empty() ? fitting_displays(unit)[0] == "percent" : own.display == "percent";
    if (own.is_rate && (!can_be_rate || !is_percent)) return Error{Code::rate_unfit, {{"id", own.id}}};
    return std::nullopt;
  }

  void accept(std::size_t i) {
    const OwnKpi& own = wanted_[i];
    Kpi kpi;
    kpi.id = own.id;
    kpi.family = kOwnFamily;
    kpi.formula = std::move(formulas_[i]);
    kpi.formula_text = own.formula;
    kpi.unit = *verdicts_[i].unit;
    kpi.display = own.display.empty() ? fitting_displays(kpi.unit)[0] : own.display;
    kpi.better = own.better.empty() ? "neutral" : own.better;
    kpi.is_rate = own.is_rate;
    kpi.status = kOwnFamily;
    verdicts_[i].kpi = std::move(kpi);
  }

  bool is_known(const std::string& id) const { return index_.count(id) != 0 || catalog_.measure(id) != nullptr || shipped(catalog_, id) != nullptr; }

  const Unit* unit_of(std::string_view id) const {
    if (const auto it = index_.find(id); it != index_.end()) return &*verdicts_[it->second].unit;
    if (const Measure* measure = catalog_.measure(id)) return &measure->unit;
    return &shipped(catalog_, id)->unit;
  }

  Extent extent(const Expression& e) {
    Extent all;
    if (e.kind == Expression::Kind::kReference) {
      if (catalog_.measure(e.reference) != nullptr) return all;
      const auto it = index_.find(e.reference);
      const Extent below = it == index_.end() ? extent(*shipped(catalog_, e.reference)->formula) : extents_[it->second];
      return {1 + below.nodes, 1 + below.height};
    }
    for (const Expression* side : {e.left.get(), e.right.get()}) {
      if (side == nullptr) continue;
      const Extent below = extent(*side);
      all.nodes += below.nodes;
      all.height = std::max(all.height, 1 + below.height);
    }
    return all;
  }

  /// Definition `start` waits for ever: it stands in a ring, or needs one that does.
  Error cycle(std::size_t start) const {
    std::vector<std::size_t> path{start};
    for (;;) {
      const std::size_t next = waits_for(path.back());
      const auto seen = std::find(path.begin(), path.end(), next);
      if (seen == path.end()) {
        path.push_back(next);
        continue;
      }
      if (seen != path.begin()) return {Code::own_kpi_needs, {{"id", wanted_[start].id}, {"reference", wanted_[path[1]].id}}};
      std::string ring;
      for (const std::size_t i : path) ring += wanted_[i].id + ",";
      return {Code::catalog_cycle, {{"id", wanted_[start].id}, {"path", ring + wanted_[start].id}}};
    }
  }

  std::size_t waits_for(std::size_t i) const {
    for (const std::string& id : references(*formulas_[i])) {
      const auto it = index_.find(id);
      if (it != index_.end() && is_open(it->second)) return it->second;
    }
    return i;  // never: an open one waits for another
  }

  const Catalog& catalog_;
  const std::vector<OwnKpi>& wanted_;
  std::vector<OwnVerdict> verdicts_;
  std::vector<ExpressionPtr> formulas_;
  std::vector<Extent> extents_;
  std::map<std::string, std::size_t, std::less<>> index_;  // by id, the first of each
};

}  // namespace

std::vector<OwnVerdict> judge_own_kpis(const Catalog& catalog, const std::vector<OwnKpi>& wanted) { return Judge(catalog, wanted).run(); }

std::vector<OwnVerdict> define_own_kpis(Catalog& catalog, const std::vector<OwnKpi>& wanted) {
  std::vector<OwnVerdict> verdicts = judge_own_kpis(catalog, wanted);
  std::vector<Kpi> accepted;
  for (OwnVerdict& verdict : verdicts) {
    if (verdict.kpi) accepted.push_back(std::move(*verdict.kpi));
  }
  catalog.replace_family(kOwnFamily, std::move(accepted));
  return verdicts;
}

std::vector<std::string> fitting_displays(const Unit& unit) {
  const std::string text = unit.to_string();
  // A share is what most ratios of counts are; whole counts are shown as such.
  const std::string_view usual = text.find('/') == std::string::npos && !unit.is_one() ? "count" : "percent";
  std::vector<std::string> fitting;
  if (lint::display_fits(unit, usual)) fitting.emplace_back(usual);
  for (const std::string_view display : displays()) {
    if (display != usual && lint::display_fits(unit, display)) fitting.emplace_back(display);
  }
  // "number" fits counts as well and says less than the unit of time that the catalogue knows.
  for (const std::string_view time : {"seconds", "hours", "months", "years", "days", "money_per_day", "money"}) {
    const auto it = std::find(fitting.begin(), fitting.end(), time);
    if (it != fitting.end()) std::rotate(fitting.begin(), it, it + 1);
  }
  return fitting;
}

std::string proposed_formula(const Catalog& catalog, const OwnKpi& wanted, const Unit& given) {
  const Result<ExpressionPtr> parsed = parse_formula(wanted.formula);
  const Result<Unit> declared = Unit::parse(wanted.unit);
  if (!parsed.ok()) return {};
  const Expression& formula = *parsed.value();
  const auto fits = [&](const Unit& unit) {
    if (!wanted.unit.empty()) return declared.ok() && unit == declared.value();
    return lint::display_fits(unit, wanted.display);
  };
  if (formula.kind == Expression::Kind::kDivide && fits(Unit().divided_by(given))) {
    const auto side = [](const Expression& e, bool is_below) {
      const std::string text = format_formula(e);
      const bool is_sum = e.kind == Expression::Kind::kAdd || e.kind == Expression::Kind::kSubtract || e.kind == Expression::Kind::kAddKnown;
      const bool is_product = e.kind == Expression::Kind::kMultiply || e.kind == Expression::Kind::kDivide;
      return is_sum || (is_below && is_product) ? "(" + text + ")" : text;
    };
    return side(*formula.right, false) + " / " + side(*formula.left, true);
  }
  if (wanted.unit.empty() || !declared.ok()) return {};
  const std::vector<std::string> used = references(formula);
  const Kpi* best = nullptr;
  for (const Kpi& kpi : catalog.kpis()) {
    if (kpi.family == kOwnFamily || !(kpi.unit == declared.value())) continue;
    const std::vector<std::string> inputs = references(*kpi.formula);
    const bool shares = std::any_of(inputs.begin(), inputs.end(), [&](const std::string& id) { return std::find(used.begin(), used.end(), id) != used.end(); });
    if (shares) return kpi.formula_text;
    if (best == nullptr) best = &kpi;
  }
  return best == nullptr ? std::string() : best->formula_text;
}

}  // namespace kpi
