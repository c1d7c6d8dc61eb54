#include "core/mapping/resolve.h"

#include <algorithm>

namespace kpi {
namespace {

/// How good a kind of evidence is; smaller is better.
enum Level : int { kOwnExact, kSiblingExact, kOwnFolded, kGeneral, kOtherVendor, kOwnGuess, kOtherGuess, kKnownElsewhere, kNoLevel };

struct Candidate {
  Level level = kNoLevel;
  const KnownName* name = nullptr;
};

bool contains(const NameIds& ids, std::uint32_t id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

Level level_of(const FileContext& context, const KnownName& name, bool is_exact) {
  const NameReport& report = context.index->reports[name.report];
  const bool is_table = context.schema != nullptr && report.table == context.schema->id;
  const bool is_own = context.report >= 0 && name.report == context.report;
  const bool is_vendor = !report.is_generic && report.vendor == context.vendor;
  if (name.is_guess) {
    if (is_own || (is_vendor && is_table)) return kOwnGuess;
    return is_table ? kOtherGuess : kNoLevel;
  }
  if (is_own) return is_exact ? kOwnExact : kOwnFolded;
  if (is_vendor && is_table) return is_exact ? kSiblingExact : kOwnFolded;
  if (is_table) return report.is_generic ? kGeneral : kOtherVendor;
  return name.kind == NameKind::kField || context.schema == nullptr ? kNoLevel : kKnownElsewhere;
}

/// Fields before rates before the rest, then the file's language, then the lower rank.
bool is_better(const FileContext& context, const Candidate& a, const Candidate& b) {
  if (a.level != b.level) return a.level < b.level;
  if (a.name->kind != b.name->kind) return a.name->kind < b.name->kind;
  const bool a_language = a.name->language == context.language, b_language = b.name->language == context.language;
  if (a_language != b_language) return a_language;
  return a.name->rank < b.name->rank;
}

/// Do all other vendors mean the same by this header?
bool others_agree(const FileContext& context, const HeaderHits& hits, const KnownName& chosen) {
  for (const NameIds* ids : {&hits.exact, &hits.folded}) {
    for (const std::uint32_t id : *ids) {
      const KnownName& name = context.index->names[id];
      if (level_of(context, name, false) == kOtherVendor && name.kind == NameKind::kField && name.field != chosen.field) return false;
    }
  }
  return true;
}

void describe(const FileContext& context, const HeaderHits& hits, const Candidate& best, HeaderMatch& match) {
  match.vendor = context.index->reports[best.name->report].vendor;
  match.language = best.name->language;
  match.evidence_name = best.name->text;
  switch (best.level) {
    case kOwnExact:
    case kSiblingExact: match.confidence = Confidence::kCertain; match.reason = "vendor_name"; break;
    case kOwnFolded: match.confidence = Confidence::kLikely; match.reason = "vendor_name"; break;
    case kGeneral: match.confidence = context.generic; match.reason = "generic_name"; break;
    case kOtherVendor:
      match.confidence = others_agree(context, hits, *best.name) ? Confidence::kLikely : Confidence::kCheck;
      match.reason = "other_vendor_name";
      break;
    case kOwnGuess:
    case kOtherGuess: match.confidence = Confidence::kCheck; match.reason = "guess"; break;
    case kKnownElsewhere: match.confidence = Confidence::kLikely; match.reason = "not_read"; break;
    case kNoLevel: break;
  }
}

void lower_confidence(HeaderMatch& match) {
  if (match.confidence <= Confidence::kCheck) return;
  match.confidence = match.confidence == Confidence::kCertain ? Confidence::kLikely : Confidence::kCheck;
  match.reason = "values_disagree";
}

}  // namespace

ExpectedValue expected_value(const Field& field) {
  if (field.kind == ColumnKind::kDate) return ExpectedValue::kDate;
  if (field.kind != ColumnKind::kNumber) return ExpectedValue::kAny;
  return field.is_money || field.is_additive ? ExpectedValue::kAmount : ExpectedValue::kNumber;
}

std::string pseudo_field(std::string_view field, std::string_view table, const ValueProfile& profile) {
  if (field != "$stage" && field != "$status") return std::string(field);
  const bool is_stage = field == "$stage";
  if (table != "leads") return is_stage ? "deal_stage" : "deal_status";
  const bool is_deal = profile.qualified_leads == 0 && profile.closed_deals > 0 && profile.deal_stages >= profile.lead_stages;
  if (is_deal) return is_stage ? "deal_stage" : "deal_status";
  return is_stage || profile.qualified_leads > 0 ? "lead_stage" : "lead_status";
}

RankedMatch resolve_column(const FileContext& context, const HeaderHits& hits, const ValueProfile& profile) {
  RankedMatch result;
  Candidate best;
  for (const NameIds* ids : {&hits.exact, &hits.folded}) {
    for (const std::uint32_t id : *ids) {
      const KnownName& name = context.index->names[id];
      const Candidate candidate{level_of(context, name, contains(hits.exact, id)), &name};
      if (candidate.level == kNoLevel) continue;
      if (best.name == nullptr || is_better(context, candidate, best)) best = candidate;
    }
  }
  if (best.name == nullptr) return result;
  describe(context, hits, best, result.match);
  result.rank = best.name->rank;
  if (best.name->kind == NameKind::kDerived) {
    result.match.reason = "derived_rate";
    return result;
  }
  const std::string field = context.schema == nullptr
                                ? std::string{}
                                : pseudo_field(best.name->field, context.schema->id, profile);
  const Field* known = context.schema == nullptr ? nullptr : context.schema->find(field);
  if (best.name->kind == NameKind::kOther || best.level == kKnownElsewhere || known == nullptr) {
    result.match.reason = "not_read";
    return result;
  }
  result.match.field = field;
  if (!values_fit(profile, expected_value(*known))) lower_confidence(result.match);
  return result;
}

}  // namespace kpi
