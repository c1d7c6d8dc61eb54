// KPIs that the user defines: the grammar, the unit algebra and the rules of the shipped ones, each judged by itself.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"

namespace kpi {

constexpr std::string_view kOwnFamily = "own";
constexpr std::string_view kOwnPrefix = "own_";       // no shipped id begins so: later versions never collide with a user's ids
constexpr std::size_t kMaxOwnKpis = 100;
constexpr std::size_t kMaxOwnFormula = 1000;          // bytes
constexpr std::size_t kMaxOwnNodes = 1000;            // with every KPI that it needs written out, as an explanation does

/// One definition as it came in. Empty texts: `unit` whatever the formula gives, `display` what suits the unit, `better` neutral.
struct OwnKpi {
  std::string id, formula, unit, display, better;
  bool is_rate = false;              // the user says that the numerator is counted out of the denominator
  std::optional<Error> unreadable;   // the definition could not even be read
};

/// What became of one definition: a KPI, or the reason why not.
struct OwnVerdict {
  std::optional<Kpi> kpi;
  std::optional<Error> error;
  std::optional<Unit> unit;  // what the formula gives, also where that was not wanted
  bool can_be_rate = false;  // counts over counts
};

/// Judges each definition by itself, in the order given; definitions may need each other and shipped KPIs, whatever the order. What the
/// catalogue holds of earlier definitions plays no part.
/// Errors  own_id_invalid{id}, catalog_duplicate_id{id} (of a shipped entry or an earlier definition), own_kpis_too_many{limit},
///         formula_too_long{limit}, formula_*, catalog_unknown_reference{id,reference,nearest}, own_kpi_needs{id,reference} (the other one
///         was refused), catalog_cycle{id,path}, own_kpi_too_large{limit}, unit_not_addable, unit_invalid, unit_mismatch{id,declared,
///         actual}, own_word_unknown{id,text} (display or direction), display_unfit{id,display,unit}, rate_unfit{id}.
/// Cost    O(definitions^2 * references); each formula is parsed once.
std::vector<OwnVerdict> judge_own_kpis(const Catalog& catalog, const std::vector<OwnKpi>& wanted);

/// Judges, and puts the accepted ones into the catalogue in place of those of before; they stand after the shipped ones, in the order given.
std::vector<OwnVerdict> define_own_kpis(Catalog& catalog, const std::vector<OwnKpi>& wanted);

/// The displays that fit a unit; the first one is taken where none is asked for. Never empty.
std::vector<std::string> fitting_displays(const Unit& unit);

/// A formula that gives what was wanted, where `formula` gives something else: turned upside down, or that of the shipped KPI with the
/// declared unit, one that shares an input first. Empty when there is none.
/// Example "mqls / marketing_spend" shown as money -> "marketing_spend / mqls"
std::string proposed_formula(const Catalog& catalog, const OwnKpi& wanted, const Unit& given);

}  // namespace kpi
