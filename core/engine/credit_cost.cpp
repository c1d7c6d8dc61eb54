#include "core/engine/credit_cost.h"

#include <string_view>

namespace kpi {
namespace {

Undefined reason(std::string_view code, std::string_view argument) {
  Undefined made{code, {}};
  made.arguments.emplace_back(argument);
  return made;
}

}  // namespace

void add_cost(Value& sum, const Value& cost) {
  const Quantity* more = std::get_if<Quantity>(&cost);
  if (more == nullptr) return;
  Quantity* so_far = std::get_if<Quantity>(&sum);
  if (so_far != nullptr && so_far->currency != more->currency && !so_far->currency.empty() && !more->currency.empty()) {
    sum = reason("currency_mixed", "media_spend");
  } else if (so_far != nullptr) {
    so_far->value += more->value;
    if (so_far->currency.empty()) so_far->currency = more->currency;
  } else if (const Undefined* why = std::get_if<Undefined>(&sum); why != nullptr && why->code != "currency_mixed") {
    sum = cost;
  }
}

void set_against_cost(const Credit& credit, const Value& credited, const Value& cost, Value& media_return, Value& cost_per_win) {
  const Quantity* spend = std::get_if<Quantity>(&cost);
  if (spend == nullptr) {
    media_return = cost_per_win = cost;
    return;
  }
  const Quantity* value = std::get_if<Quantity>(&credited);
  const bool is_other_currency = value != nullptr && !spend->currency.empty() && !value->currency.empty() && spend->currency != value->currency;
  if (value == nullptr) {
    media_return = credited;
  } else if (is_other_currency) {
    media_return = reason("currency_mixed", spend->currency);
  } else if (spend->value == 0) {
    media_return = reason("denominator_zero", "media_spend");
  } else {
    media_return = Quantity{(value->value - spend->value) / spend->value, ""};
  }
  if (credit.conversions > 0) {
    cost_per_win = Quantity{spend->value / credit.conversions, spend->currency};
  } else {
    cost_per_win = reason("denominator_zero", "won_deals");
  }
}

}  // namespace kpi
