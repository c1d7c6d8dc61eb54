#include "core/api/reconciliation_json.h"

#include <algorithm>
#include <utility>

#include "core/api/approximate.h"

namespace kpi {
namespace {

constexpr std::size_t kMostChannels = 60;

Json about(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? Json(nullptr) : approximate(q->value);
}

Json sources_json(const Reconciliation& found) {
  Json sources = Json::array();
  for (std::size_t s = 0; s < kClaimSources; ++s) {
    const ClaimTotal& total = found.totals[s];
    const Quantity* q = std::get_if<Quantity>(&total.all);
    Object json;
    json.put("id", claim_source_id(static_cast<ClaimSource>(s))).put("total", about(total.all)).put("undefined", undefined_or_null(total.all));
    append(sources, std::move(json.put("currency", q == nullptr ? std::string_view() : q->currency).put("without_channel", approximate(total.without_channel))));
  }
  return sources;
}

Json comparisons_json(const Reconciliation& found, std::size_t channels) {
  Json comparisons = Json::array();
  for (const ClaimComparison& one : found.comparisons) {
    Object json;
    json.put("id", one.id).put("base", static_cast<int>(one.base)).put("other", static_cast<int>(one.other)).put("undefined", undefined_or_null(one.reason));
    json.put("channels", one.channels).put("base_sum", approximate(one.base_sum)).put("other_sum", approximate(one.other_sum)).put("factor", about(one.factor));
    json.put("gap", approximate(one.other_sum - one.base_sum)).put("only_base", approximate(one.only_base)).put("only_other", approximate(one.only_other));
    Json rows = Json::array();
    for (std::size_t c = 0; c < channels; ++c) {
      const ComparedClaim& claim = one.by_channel[c];
      if (!claim.is_known) {
        append(rows, Json(nullptr));
        continue;
      }
      Object row;
      row.put("factor", about(claim.factor)).put("gap", approximate(claim.gap)).put("base_share", approximate(claim.base_share));
      append(rows, std::move(row.put("other_share", approximate(claim.other_share))));
    }
    append(comparisons, std::move(json.put("rows", std::move(rows))));
  }
  return comparisons;
}

Object answers_json(const ChannelAnswers& answers) {
  Json unnamed = Json::array();
  for (const ChannelAnswers::Unnamed& one : answers.unnamed) {
    Object json;
    append(unnamed, std::move(json.put("text", one.text).put("leads", one.leads)));
  }
  Object json;
  json.put("leads", answers.leads).put("answered", answers.answered).put("named", answers.named).put("same", answers.same).put("other", answers.other);
  json.put("untracked", answers.untracked).put("direct", answers.direct).put("direct_other", answers.direct_other);
  json.put("unnamed_leads", answers.unnamed_leads).put("unnamed_texts", answers.unnamed_texts);
  return std::move(json.put("unnamed", std::move(unnamed)));
}

}  // namespace

Json reconciliation_json(const Reconciliation& found) {
  const std::size_t listed = std::min(found.channels.size(), kMostChannels);
  Json channels = Json::array(), rows = Json::array();
  for (std::size_t c = 0; c < listed; ++c) {
    const ClaimedChannel& channel = found.channels[c];
    Json figures = Json::array();
    for (const Value& figure : channel.figures) append(figures, about(figure));
    Object json;
    json.put("key", channel.member.key).put("label", channel.member.label).put("canonical", channel.member.is_canonical);
    append(channels, std::move(json.put("figures", std::move(figures))));
  }
  for (const ClaimRows& one : found.rows) {
    Object json;
    json.put("table", one.table).put("rows", one.rows).put("repeats", one.repeats).put("filtered", one.filtered).put("not_won", one.not_won).put("undated", one.undated);
    json.put("outside", one.outside).put("used", one.used).put("without_channel", one.without_channel);
    json.put_date("from", one.first).put_date("to", one.last);
    append(rows, std::move(json.put("unknown_channel", one.unknown_channel)));
  }
  Object dark, json;
  dark.put("share", about(found.dark_share)).put("undefined", undefined_or_null(found.dark_share)).put("sessions", about(found.sessions));
  dark.put("dark_sessions", about(found.dark_sessions));
  json.put("sources", sources_json(found)).put("channels", std::move(channels)).put("more", std::uint64_t{found.channels.size() - listed});
  json.put("comparisons", comparisons_json(found, listed)).put("dark", std::move(dark)).put("rows", std::move(rows));
  if (!found.answers.is_known) return json.put_null("answers").take();
  Object answers = answers_json(found.answers);
  if (found.has_traces) answers.put("untraced", found.untraced_answers);
  else answers.put_null("untraced");
  return json.put("answers", std::move(answers)).take();
}

}  // namespace kpi
