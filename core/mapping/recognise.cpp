#include "core/mapping/recognise.h"

#include <algorithm>
#include <map>
#include <string>

namespace kpi {
namespace {

/// What speaks for one report. Unevidenced names speak with half a voice, and never alone.
struct Fit {
  double matched = 0, distinct = 0, signature = 0;
  std::size_t evidenced = 0, fields = 0;
  bool has_cost = false;
};

using Evidence = std::map<std::string, double, std::less<>>;  // by field

constexpr double kGuessWeight = 0.5;
constexpr double kSignature = 0.5;  // a name that one product uses, and perhaps general language or one other

/// Few headers must nearly all be the vendor's; many may be mixed with the user's own columns.
bool is_enough(const Fit& fit, const NameReport& report, std::size_t header_count) {
  if (report.is_generic || fit.evidenced < 2 || (!report.table.empty() && fit.fields == 0)) return false;
  const double share = fit.matched / static_cast<double>(std::max<std::size_t>(header_count, 1));
  // Impressions, clicks and reactions without a cost may be posts that nobody paid for: the table has to be asked.
  if (report.table == "ad_spend" && !report.needs_confirmation && !fit.has_cost) return false;
  // Names that several products use are nobody's signature, however many: "Campaign, Cost, Impressions, Clicks, Conversions".
  if (fit.signature < 1) return false;
  if (fit.matched >= 3 && share >= 0.6 && fit.distinct >= 0.8) return true;
  if (fit.matched >= 5 && share >= 0.75 && fit.distinct >= 1.5) return true;
  return fit.matched >= 5 && share >= 0.3 && fit.distinct >= 2.5;
}

double weight_of(const NameReport& report, std::string_view field) {
  const auto found = report.weights.find(field);
  return found == report.weights.end() ? 0.5 : found->second;
}

/// The field of `report`'s table that a header names: by general words at full weight, by another vendor's words at half.
std::pair<std::string, double> evidence(const NameIndex& index, const HeaderHits& hits, std::size_t report) {
  const std::string& table = index.reports[report].table;
  for (const std::uint32_t id : hits.folded) {
    const KnownName& name = index.names[id];
    if (name.report == report && name.kind == NameKind::kField) return {std::string(name.field), 1.0};
  }
  for (const std::uint32_t id : hits.folded) {
    const KnownName& name = index.names[id];
    const NameReport& from = index.reports[name.report];
    if (name.report != report && !name.is_guess && name.kind == NameKind::kField && !from.is_generic && from.table == table) {
      return {std::string(name.field), 0.5};
    }
  }
  return {};
}

bool meets_needs(const NameReport& report, const Evidence& fields) {
  for (const std::vector<std::string>& set : report.needs) {
    if (std::all_of(set.begin(), set.end(), [&](const std::string& field) { return fields.count(field) != 0; })) return true;
  }
  return false;
}

}  // namespace

HeaderHits find_hits(const NameIndex& index, const HeaderText& text) {
  HeaderHits hits;
  hits.exact = index.find_exact(text.exact);
  if (hits.exact.empty() && text.bare != text.exact) hits.exact = index.find_exact(text.bare);
  hits.folded = index.find_folded(text.folded);
  if (!text.camel.empty() && text.camel != text.folded) {
    const NameIds& more = index.find_folded(text.camel);
    hits.folded.insert(hits.folded.end(), more.begin(), more.end());
  }
  if (hits.folded.empty() && !text.short_folded.empty()) {
    hits.folded = index.find_folded(text.short_folded);
    hits.is_short = !hits.folded.empty();
  }
  return hits;
}

int recognise_report(const NameIndex& index, std::span<const HeaderHits> headers) {
  std::vector<Fit> fits(index.reports.size());
  for (const HeaderHits& hits : headers) {
    const double distinct = index.distinctiveness(hits.exact);
    std::map<std::uint16_t, const KnownName*> reports;  // the best name of each report
    for (const std::uint32_t id : hits.exact) {
      const KnownName& name = index.names[id];
      const KnownName*& best = reports[name.report];
      if (best == nullptr || name.is_guess < best->is_guess || (name.is_guess == best->is_guess && name.kind < best->kind)) best = &name;
    }
    for (const auto& [report, name] : reports) {
      Fit& fit = fits[report];
      const double weight = name->is_guess ? kGuessWeight : 1.0;
      fit.matched += weight;
      fit.distinct += weight * distinct;
      fit.evidenced += name->is_guess ? 0 : 1;
      fit.signature += !name->is_guess && distinct >= kSignature ? distinct : 0;
      fit.has_cost = fit.has_cost || (!name->is_guess && name->kind == NameKind::kField && name->field == "cost");
      fit.fields += !name->is_guess && name->kind == NameKind::kField ? 1 : 0;
    }
  }
  int best = -1;
  double best_score = 0;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    if (!is_enough(fits[i], index.reports[i], headers.size())) continue;
    const double score = fits[i].matched + 2 * fits[i].distinct;
    // Reports that share all their names (a CRM's people and companies): the one whose table reads more of them.
    if (score > best_score || (best >= 0 && score == best_score && fits[i].fields > fits[static_cast<std::size_t>(best)].fields)) {
      best_score = score;
      best = static_cast<int>(i);
    }
  }
  return best;
}

TableGuess recognise_table(const NameIndex& index, std::span<const HeaderHits> headers, const ValueJudge& judge) {
  TableGuess best;
  double second = 0;
  for (std::size_t i = 0; i < index.reports.size(); ++i) {
    const NameReport& report = index.reports[i];
    if (!report.is_generic || report.needs.empty()) continue;
    Evidence fields;  // each field once, at its best
    for (std::size_t column = 0; column < headers.size(); ++column) {
      const auto [field, factor] = evidence(index, headers[column], i);
      if (field.empty() || !judge.fits(column, report.table, field)) continue;
      fields[field] = std::max(fields[field], factor * weight_of(report, field));
    }
    if (!meets_needs(report, fields)) continue;
    double score = 0;
    for (const auto& [field, weight] : fields) score += weight;
    if (score > best.score) {
      second = best.score;
      best.report = static_cast<int>(i);
      best.score = score;
      const bool is_rich = fields.size() >= 4 && score >= 6;
      best.confidence = is_rich ? Confidence::kCertain : score >= 2 ? Confidence::kLikely : Confidence::kCheck;
    } else {
      second = std::max(second, score);
    }
  }
  if (best.confidence == Confidence::kCertain && second * 1.25 > best.score) best.confidence = Confidence::kLikely;
  return best;
}

int generic_report(const NameIndex& index, std::string_view table) {
  for (std::size_t i = 0; i < index.reports.size(); ++i) {
    if (index.reports[i].is_generic && index.reports[i].table == table) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace kpi
