#include "core/engine/outcomes.h"

#include <limits>

#include "core/engine/derived_columns.h"
#include "core/engine/lead_funnel.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// Days of a user's first sign-up and last activation.
struct UserDays {
  Day signed_up = kNoDay, activated = kNoDay;
  const FileTable* table = nullptr;
  std::size_t row = 0;
};

struct UserEvents {
  FileTable* table;
  const Column* user;
  const Column* event;
  const Column* date;
  std::vector<bool> is_signup, is_activation, is_micro, is_macro;  // by code
};

std::vector<UserEvents> read_events(const std::vector<FileTable*>& tables) {
  std::vector<UserEvents> all;
  for (FileTable* t : tables) {
    UserEvents events{t, t->table.find("user_id"), t->table.find("web_event"), t->date("date"), {}, {}, {}, {}};
    if (events.user == nullptr || events.user->kind != ColumnKind::kKey || events.event == nullptr || events.event->kind != ColumnKind::kText || events.date == nullptr) continue;
    for (std::size_t code = 0; code < events.event->dictionary.size(); ++code) {
      const std::string_view word = canonical_word("web_event", events.event->dictionary.text(static_cast<std::uint16_t>(code)));
      events.is_signup.push_back(word == "signup");
      events.is_activation.push_back(word == "activation");
      events.is_micro.push_back(word == "micro_conversion");
      events.is_macro.push_back(word == "macro_conversion");
    }
    all.push_back(std::move(events));
  }
  return all;
}

}  // namespace

LeadOutcomes lead_outcomes(const Dataset& dataset, const FileTable& t) {
  LeadOutcomes out;
  if (!LeadFunnel::knows(dataset, t, LeadStage::kCustomer)) return out;
  const LeadFunnel funnel(dataset, t, StageRule::kReachedOrBeyond);
  const Column* disqualified = t.table.find("disqualified_at");
  const Column* dated = t.date("disqualified_at");
  const bool knows_lost_deals = !t.deal_status.empty() && t.knows_losses;
  out.knows_losses = disqualified != nullptr || knows_lost_deals;
  const DaySource won = funnel.is_dated(LeadStage::kCustomer) ? funnel.entered(LeadStage::kCustomer) : DaySource{};
  out.values.assign(t.table.row_count, out.knows_losses ? kNoNumber : 0);
  out.decided.assign(t.table.row_count, kNoDay);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (funnel.reached()[row] >= static_cast<std::uint8_t>(LeadStage::kCustomer)) {
      out.values[row] = 1;
      if (won.exists()) out.decided[row] = won.at(row);
      continue;
    }
    const bool is_disqualified = disqualified != nullptr && disqualified->kind == ColumnKind::kDate && disqualified->days[row] != kNoDay;
    if (is_disqualified || (knows_lost_deals && t.deal_status[row] == static_cast<std::uint8_t>(DealStatus::kLost))) out.values[row] = 0;
    if (is_disqualified && dated != nullptr) out.decided[row] = dated->days[row];
  }
  return out;
}

void derive_score_outcomes(const Dataset& dataset, FileTable& t) {
  const Column* score = t.table.find("score");
  if (score == nullptr || score->kind != ColumnKind::kNumber) return;
  const LeadOutcomes outcomes = lead_outcomes(dataset, t);
  if (!outcomes.values.empty()) derive_numbers(t, "score_outcome", [&](std::size_t row) { return outcomes.values[row]; });
}

void derive_activations(const std::vector<FileTable*>& tables) {
  std::vector<UserEvents> all = read_events(tables);
  NumberMap index;
  std::vector<UserDays> users;
  bool knows_activations = false;
  for (const UserEvents& events : all) {
    for (std::size_t row = 0; row < events.table->table.row_count; ++row) {
      const std::uint64_t user = events.user->keys[row];
      const std::uint16_t code = events.event->codes[row];
      const Day day = events.date->days[row];
      if (user == 0 || code >= events.is_signup.size() || day == kNoDay) continue;
      if (!events.is_signup[code] && !events.is_activation[code]) continue;
      knows_activations = knows_activations || events.is_activation[code];
      const auto [it, is_new] = index.try_emplace(user, users.size());
      if (is_new) users.emplace_back();
      UserDays& days = users[static_cast<std::size_t>(it->second)];
      if (events.is_activation[code]) {
        days.activated = days.activated == kNoDay ? day : std::max(days.activated, day);
      } else if (days.signed_up == kNoDay || day < days.signed_up) {
        days = {day, days.activated, events.table, row};
      }
    }
  }
  if (!knows_activations) return;
  for (const UserEvents& events : all) {
    std::vector<double> signed_up(events.table->table.row_count, kNoNumber), activated = signed_up;
    for (const UserDays& days : users) {
      if (days.table != events.table) continue;
      signed_up[days.row] = 1;
      activated[days.row] = days.activated != kNoDay && days.activated >= days.signed_up ? 1 : 0;
    }
    derive_numbers(*events.table, "signed_up", [&](std::size_t row) { return signed_up[row]; });
    derive_numbers(*events.table, "activated", [&](std::size_t row) { return activated[row]; });
  }
}

void derive_macro_users(const std::vector<FileTable*>& tables) {
  const std::vector<UserEvents> all = read_events(tables);
  NumberMap macro_users;
  for (const UserEvents& events : all) {
    for (std::size_t row = 0; row < events.table->table.row_count; ++row) {
      const std::uint16_t code = events.event->codes[row];
      if (events.user->keys[row] != 0 && code < events.is_macro.size() && events.is_macro[code]) macro_users.try_emplace(events.user->keys[row], 1);
    }
  }
  for (const UserEvents& events : all) {
    derive_numbers(*events.table, "has_macro", [&](std::size_t row) {
      const std::uint16_t code = events.event->codes[row];
      const bool is_micro = code < events.is_micro.size() && events.is_micro[code];
      return is_micro && macro_users.count(events.user->keys[row]) != 0 ? 1.0 : kNoNumber;
    });
  }
}

}  // namespace kpi
