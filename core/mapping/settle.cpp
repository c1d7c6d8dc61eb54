#include "core/mapping/settle.h"

#include <string_view>

#include "core/mapping/similar_name.h"

namespace kpi {
namespace {

/// Unknown headers for which a similar name is looked up: a bound for files with thousands of columns.
constexpr int kMaxProposals = 64;

bool is_by_user(const RankedMatch& match) { return match.match.reason == "user"; }

bool is_better(const RankedMatch& a, const RankedMatch& b) {
  if (is_by_user(a) != is_by_user(b)) return is_by_user(a);
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.match.confidence != b.match.confidence) return a.match.confidence > b.match.confidence;
  return a.match.source_column < b.match.source_column;
}

RankedMatch* applied(std::vector<RankedMatch>& matches, std::string_view field) {
  for (RankedMatch& match : matches) {
    if (match.match.is_applied && match.match.field == field) return &match;
  }
  return nullptr;
}

void keep_one_per_field(std::vector<RankedMatch>& matches) {
  for (RankedMatch& match : matches) {
    HeaderMatch& m = match.match;
    if (m.field.empty() || m.confidence < Confidence::kLikely) continue;
    m.is_applied = true;
    for (RankedMatch& other : matches) {
      if (&other == &match || !other.match.is_applied || other.match.field != m.field) continue;
      RankedMatch& loser = is_better(match, other) ? other : match;
      loser.match.is_applied = false;
      loser.match.reason = "duplicate";
      break;
    }
  }
  for (RankedMatch& match : matches) {
    HeaderMatch& m = match.match;
    if (!m.is_applied && m.confidence == Confidence::kCheck && applied(matches, m.field) != nullptr) m.reason = "duplicate";
  }
}

/// `from` serves as `to` where the table has both and the file lacks `to`.
void stand_in(const SettleInput& input, std::vector<RankedMatch>& matches, std::string_view from, std::string_view to) {
  if (input.schema->find(to) == nullptr || applied(matches, to) != nullptr) return;
  RankedMatch* match = applied(matches, from);
  if (match == nullptr || is_by_user(*match)) return;
  match->match.field = std::string(to);
  match->match.reason = "stand_in";
}

/// In a file that holds lead and deal in one row, e-mail addresses join nothing: the most expensive column is left alone.
void drop_needless_keys(const SettleInput& input, std::vector<RankedMatch>& matches) {
  if (input.schema->id != "leads" || applied(matches, "lead_id") == nullptr) return;
  if (applied(matches, "is_won") == nullptr && applied(matches, "deal_stage") == nullptr && applied(matches, "amount") == nullptr) return;
  RankedMatch* email = applied(matches, "email");
  if (email == nullptr || is_by_user(*email)) return;
  email->match.is_applied = false;
  email->match.reason = "not_needed";
}

void propose_similar(const SettleInput& input, std::vector<RankedMatch>& matches) {
  int looked_up = 0;
  for (RankedMatch& match : matches) {
    HeaderMatch& m = match.match;
    if (m.confidence != Confidence::kNone || !m.reason.empty() || looked_up == kMaxProposals) continue;
    ++looked_up;
    const std::size_t column = static_cast<std::size_t>(m.source_column);
    const KnownName* name = find_similar(*input.index, input.texts[column].folded, input.schema->id);
    if (name == nullptr) continue;
    const std::string field = pseudo_field(name->field, input.schema->id, input.profiles[column]);
    const Field* known = input.schema->find(field);
    if (known == nullptr || applied(matches, field) != nullptr) continue;
    if (!values_fit(input.profiles[column], expected_value(*known))) continue;
    m.field = field;
    m.confidence = Confidence::kCheck;
    m.reason = "similar_name";
    m.vendor = input.index->reports[name->report].vendor;
    m.language = name->language;
    m.evidence_name = name->text;
  }
}

}  // namespace

void apply_user_fields(const SettleInput& input, const std::map<std::int32_t, std::string>& fields, std::vector<RankedMatch>& matches) {
  for (RankedMatch& match : matches) {
    HeaderMatch& m = match.match;
    const auto found = fields.find(m.source_column);
    if (found == fields.end()) continue;
    const bool is_known = !found->second.empty() && input.schema != nullptr && input.schema->find(found->second) != nullptr;
    m.field = is_known ? found->second : std::string{};
    m.confidence = Confidence::kCertain;
    m.reason = "user";
    match.rank = 0;
  }
}

void settle_columns(const SettleInput& input, std::vector<RankedMatch>& matches) {
  keep_one_per_field(matches);
  if (input.schema == nullptr) return;
  stand_in(input, matches, "link_clicks", "clicks");
  drop_needless_keys(input, matches);
  propose_similar(input, matches);
}

}  // namespace kpi
