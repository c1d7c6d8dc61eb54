// A value that does not exist, and why: what a KPI or a model answers instead of a number.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kpi {

/// Why a value does not exist. code: "missing_input" (arguments = all missing measure ids), "denominator_zero" (the denominator's
/// formula), "no_rows", "too_few_rows", "currency_mixed" (the currencies), "not_finite", "exponent_not_whole" (its formula),
/// "not_additive" and "total_spans_period" (the measure), "out_of_range" (what was typed: a negative rate, a share above 1).
struct Undefined {
  std::string_view code;
  std::vector<std::string> arguments;
};

/// What a model answers: its result, or why there is none. Check ok() before value() or reason(): the other one is undefined.
template <class T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::move(value)) {}
  Outcome(Undefined reason) : state_(std::move(reason)) {}
  bool ok() const { return state_.index() == 0; }
  const T& value() const& { return *std::get_if<0>(&state_); }
  T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  const Undefined& reason() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Undefined> state_;
};

}  // namespace kpi
