#include "core/engine/over_time.h"


namespace kpi {
namespace {

/// How a term grows with the length of the period, as a power of it, and what it is made of.
struct Growth {
  bool is_known = true;
  int power = 0;
  bool is_constant = false, is_sum = false;
  bool has_first = false, has_last = false, has_flow = false;
};

Growth unknown() {
  Growth growth;
  growth.is_known = false;
  return growth;
}

Growth of_measure(const Measure& measure) {
  Growth growth;
  growth.is_constant = measure.is_parameter || (measure.is_calendar && measure.standard);
  if (growth.is_constant) return growth;
  growth.has_first = measure.stock == Stock::kStart;
  growth.has_last = measure.stock == Stock::kEnd;
  if (measure.stock != Stock::kNone) return growth;
  growth.has_flow = true;
  growth.is_sum = measure.is_additive;  // days of the calendar add up as well
  growth.power = growth.is_sum ? 1 : 0;
  growth.is_known = growth.is_sum || measure.display != "count";  // a number of different things: neither sum nor average
  return growth;
}

Growth of(const Catalog& catalog, const Expression& e);

Growth of_reference(const Catalog& catalog, const std::string& id) {
  if (const Measure* measure = catalog.measure(id)) return of_measure(*measure);
  const Kpi* kpi = catalog.kpi(id);
  return kpi == nullptr ? unknown() : of(catalog, *kpi->formula);
}

Growth of(const Catalog& catalog, const Expression& e) {
  using Kind = Expression::Kind;
  if (e.kind == Kind::kReference) return of_reference(catalog, e.reference);
  Growth made;
  if (e.kind == Kind::kNumber) {
    made.is_constant = true;
    return made;
  }
  const Growth a = of(catalog, *e.left), b = of(catalog, *e.right);
  made.is_known = a.is_known && b.is_known;
  made.is_constant = a.is_constant && b.is_constant;
  made.has_first = a.has_first || b.has_first;
  made.has_last = a.has_last || b.has_last;
  made.has_flow = a.has_flow || b.has_flow;
  if (e.kind == Kind::kMultiply) {
    made.power = a.power + b.power;
    made.is_sum = (a.is_sum && b.is_constant) || (a.is_constant && b.is_sum);
  } else if (e.kind == Kind::kDivide) {
    made.power = a.power - b.power;
    made.is_sum = a.is_sum && b.is_constant;
  } else if (e.kind == Kind::kPower) {
    made.is_known = made.is_known && a.power == 0 && b.power == 0;
  } else {
    made.power = a.power;
    made.is_sum = a.is_sum && b.is_sum;
    made.is_known = made.is_known && a.power == b.power;
  }
  return made;
}

}  // namespace

OverTime over_time(const Catalog& catalog, const Kpi& kpi) {
  const Growth growth = of(catalog, *kpi.formula);
  if (!growth.is_known || (growth.has_first && growth.has_last)) return OverTime::kOwnPeriod;
  if (growth.power == 1 && growth.is_sum) return OverTime::kSum;
  if (growth.power != 0) return OverTime::kOwnPeriod;
  if (growth.has_flow || growth.is_constant) return OverTime::kLevel;
  return growth.has_first ? OverTime::kFirst : OverTime::kLast;
}

}  // namespace kpi
