#include "core/models/leakage.h"

#include <cmath>

namespace kpi {
namespace {

constexpr std::uint64_t kMostCells = 1000000;

Outcome<double> share(std::uint64_t part, std::uint64_t whole, const char* name) {
  if (whole == 0) return Undefined{"denominator_zero", {name}};
  return static_cast<double>(part) / static_cast<double>(whole);
}

void count(LeakageCell& cell, const StageVisit& visit, double stale_after) {
  ++cell.entered;
  switch (visit.fate) {
    case StageFate::kAdvanced: ++cell.advanced; break;
    case StageFate::kDisqualified: ++cell.disqualified; break;
    case StageFate::kOpen: ++(visit.days > stale_after ? cell.stale : cell.still_open); break;
  }
}

}  // namespace

Outcome<double> LeakageCell::leakage_of_decided() const { return share(leaked(), entered - still_open, "entered - still_open"); }
Outcome<double> LeakageCell::leakage_of_entered() const { return share(leaked(), entered, "entered"); }

Outcome<LeakageMatrix> leakage_matrix(const std::vector<StageVisit>& visits, const std::vector<double>& stale_after_days, std::uint32_t channels) {
  if (visits.empty()) return Undefined{"no_rows", {}};
  if (std::uint64_t{stale_after_days.size()} * channels > kMostCells) return Undefined{"out_of_range", {"cells"}};
  for (const double days : stale_after_days) {
    if (!(days >= 0) || std::isinf(days)) return Undefined{"out_of_range", {"stale_after_days"}};
  }
  LeakageMatrix matrix{channels, std::vector<LeakageCell>(stale_after_days.size() * channels), std::vector<LeakageCell>(stale_after_days.size())};
  for (const StageVisit& visit : visits) {
    if (visit.stage >= stale_after_days.size()) return Undefined{"out_of_range", {"stage"}};
    if (visit.channel >= channels) return Undefined{"out_of_range", {"channel"}};
    if (visit.fate == StageFate::kOpen && !std::isfinite(visit.days)) return Undefined{"not_finite", {}};
    count(matrix.cells[std::size_t{visit.stage} * channels + visit.channel], visit, stale_after_days[visit.stage]);
    count(matrix.by_stage[visit.stage], visit, stale_after_days[visit.stage]);
  }
  return matrix;
}

}  // namespace kpi
