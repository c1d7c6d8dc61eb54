#include "core/ingest/format_decision.h"

namespace kpi {

void NumberEvidence::add(const NumberCell& cell) {
  if (cell.kind != NumberKind::kNumber && cell.kind != NumberKind::kBound) return;
  if (cell.fits_point && !cell.fits_comma) {
    ++point;
  } else if (cell.fits_comma && !cell.fits_point) {
    ++comma;
  } else if (cell.is_ambiguous()) {
    ++ambiguous;
  } else {
    ++plain;
  }
}

void DateEvidence::add(const DateCell& cell) {
  switch (cell.kind) {
    case DateKind::kMissing:
    case DateKind::kUnreadable: return;
    case DateKind::kCertain: ++certain; return;
    case DateKind::kSerial: ++serial; return;
    case DateKind::kOrdered: break;
  }
  if (cell.day_first == kNoDay && cell.month_first == kNoDay) return;
  if (cell.month_first == kNoDay) {
    ++day_first;
  } else if (cell.day_first == kNoDay) {
    ++month_first;
  } else if (cell.day_first != cell.month_first) {
    ++ambiguous;
    dotted += cell.is_dotted ? 1U : 0U;
  } else {
    ++same;
  }
}

void NeighbourEvidence::add(const NumberEvidence& evidence) {
  if (evidence.point > evidence.comma) ++point;
  if (evidence.comma > evidence.point) ++comma;
}

void NeighbourEvidence::add(const DateEvidence& evidence) {
  if (evidence.day_first > evidence.month_first) ++day_first;
  if (evidence.month_first > evidence.day_first) ++month_first;
}

NumberDecision decide_number(const NumberEvidence& evidence, const NeighbourEvidence& neighbours, char delimiter,
                             std::optional<DecimalMark> fixed) {
  NumberDecision decision;
  decision.has_marks = evidence.point + evidence.comma + evidence.ambiguous != 0;
  const auto other_count = [&evidence](DecimalMark mark) { return mark == DecimalMark::kPoint ? evidence.comma : evidence.point; };
  // A semicolon between cells usually means that the comma is taken; it settles nothing by itself.
  decision.mark = delimiter == ';' ? DecimalMark::kComma : DecimalMark::kPoint;
  if (fixed) {
    decision.mark = *fixed;
  } else if (evidence.point != evidence.comma) {
    decision.mark = evidence.point > evidence.comma ? DecimalMark::kPoint : DecimalMark::kComma;
  } else if (neighbours.point != neighbours.comma) {
    decision.mark = neighbours.point > neighbours.comma ? DecimalMark::kPoint : DecimalMark::kComma;
    decision.is_assumed = evidence.ambiguous != 0;
    decision.is_ambiguous = evidence.ambiguous != 0 && neighbours.point != 0 && neighbours.comma != 0;
  } else {
    decision.is_ambiguous = evidence.ambiguous != 0;
  }
  decision.is_mixed = other_count(decision.mark) != 0;
  return decision;
}

DateDecision decide_date(const DateEvidence& evidence, const NeighbourEvidence& neighbours, std::optional<DateOrder> fixed) {
  DateDecision decision;
  const std::uint64_t ordered = evidence.day_first + evidence.month_first + evidence.ambiguous + evidence.same;
  decision.is_serial = evidence.serial != 0 && ordered + evidence.certain == 0;
  decision.is_ordered = ordered != 0;
  if (fixed) {
    decision.order = *fixed;
  } else if (ordered == 0) {
    decision.order = DateOrder::kYearMonthDay;
    return decision;
  } else if (evidence.day_first != evidence.month_first) {
    decision.order = evidence.day_first > evidence.month_first ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
  } else if (evidence.dotted != 0 && evidence.dotted == evidence.ambiguous) {
    decision.order = DateOrder::kDayMonthYear;
    decision.is_assumed = true;
  } else if (neighbours.day_first != neighbours.month_first) {
    decision.order = neighbours.day_first > neighbours.month_first ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
    decision.is_assumed = evidence.ambiguous != 0;
    decision.is_ambiguous = evidence.ambiguous != 0 && neighbours.day_first != 0 && neighbours.month_first != 0;
  } else {
    decision.order = DateOrder::kDayMonthYear;
    decision.is_ambiguous = evidence.ambiguous != 0;
  }
  const std::uint64_t other = decision.order == DateOrder::kDayMonthYear   ? evidence.month_first
                              : decision.order == DateOrder::kMonthDayYear ? evidence.day_first
                                                                           : 0;
  decision.is_mixed = other != 0;
  return decision;
}

}  // namespace kpi
