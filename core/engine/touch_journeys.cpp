#include "core/engine/touch_journeys.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/engine/derived_columns.h"
#include "core/engine/row_values.h"

namespace kpi {
namespace {

constexpr double kDaySeconds = 86400;

double end_of(Day day) { return day == kNoDay ? kNoMoment : (day + 1.0) * kDaySeconds - 1; }

bool is_repeat(const FileTable& t, std::size_t row) { return !t.is_repeat.empty() && t.is_repeat[row] != 0; }

class Collector {
 public:
  Collector(const Dataset& dataset, TouchUnit unit) : dataset_(dataset), persons_(dataset, unit) {}

  TouchJourneys collect(std::int32_t labels, const TouchLabel& label_of, const JourneySettings& settings) {
    for (const auto& t : dataset_.tables()) {
      if (t->table.kind == "leads") note_leads(*t);
    }
    for (const auto& t : dataset_.tables()) {
      if (t->table.kind == "touchpoints") add_touches(*t, label_of);
      if (t->table.kind == "opportunities") add_wins(*t);
    }
    JourneySettings counted = settings;
    counted.look_back_days += (kDaySeconds - 1) / kDaySeconds;  // from the end of the day of the win to the beginning of the first day
    found_.built = build_journeys(touches_, wins_, labels, counted);
    return std::move(found_);
  }

 private:
  void note_leads(const FileTable& t) {
    const Column* created = t.date("created_at");
    for (std::size_t row = 0; created != nullptr && row < t.table.row_count; ++row) {
      const std::uint32_t person = persons_.of(t, row);
      if (person == TouchPersons::kNobody || created->days[row] == kNoDay || is_repeat(t, row)) continue;
      Day& first = lead_day(person);
      first = first == kNoDay ? created->days[row] : std::min(first, created->days[row]);
    }
  }

  void add_touches(const FileTable& t, const TouchLabel& label_of) {
    const Column* touched = t.date("touched_at");
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      if (is_repeat(t, row)) {
        ++found_.repeats;
        continue;
      }
      const std::uint32_t person = persons_.of(t, row);
      if (person == TouchPersons::kNobody) {
        ++found_.touches_of_nobody;
        continue;
      }
      touches_.push_back({.person = person, .moment = touched == nullptr ? kNoMoment : moment_at(*touched, row), .channel = label_of(t, row)});
      found_.touches.push_back({&t, static_cast<std::uint32_t>(row)});
    }
  }

  void add_wins(const FileTable& t) {
    if (t.deal_status.empty()) return;
    const DaySource closed = day_source(dataset_, t, "closed_at", "won");
    const Column* created = t.date("created_at");
    const Column* amount = t.table.find("amount");
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      if (t.deal_status[row] != static_cast<std::uint8_t>(DealStatus::kWon)) continue;
      if (is_repeat(t, row)) {
        ++found_.repeats;
        continue;
      }
      ConversionRow win;
      const std::uint32_t person = persons_.of(t, row);
      // A deal of nobody is a person of its own, whom nobody touched.
      win.person = person == TouchPersons::kNobody ? person + ++found_.wins_of_nobody : person;
      const Day day = closed.exists() && !closed.is_stock ? closed.at(row) : kNoDay;
      win.moment = end_of(day);
      win.value = amount == nullptr || amount->kind != ColumnKind::kNumber ? std::numeric_limits<double>::quiet_NaN() : amount->numbers[row];
      win.opportunity_created = created == nullptr ? kNoMoment : end_of(created->days[row]);
      if (person != TouchPersons::kNobody) {
        const Day lead = lead_day(person);
        if (lead != kNoDay && lead <= day) win.lead_created = end_of(lead);
      }
      wins_.push_back(win);
      found_.wins.push_back({{&t, static_cast<std::uint32_t>(row)}, day});
    }
  }

  Day& lead_day(std::uint32_t person) {
    if (person >= lead_days_.size()) lead_days_.resize(std::size_t{person} + 1, kNoDay);
    return lead_days_[person];
  }

  const Dataset& dataset_;
  TouchPersons persons_;
  std::vector<Day> lead_days_;
  std::vector<TouchRow> touches_;
  std::vector<ConversionRow> wins_;
  TouchJourneys found_;
};

}  // namespace

TouchJourneys touch_journeys(const Dataset& dataset, std::int32_t labels, const TouchLabel& label_of, const TouchJourneySettings& settings) {
  return Collector(dataset, settings.unit).collect(labels, label_of, settings.journeys);
}

}  // namespace kpi
