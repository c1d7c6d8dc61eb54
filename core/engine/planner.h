// From a revenue goal back through deal size and stage rates to leads, visits and spend: numbers in, numbers out.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/engine/evaluate.h"

namespace kpi {

/// Below this many on either side of a rate its interval says more than its value. Source: the usual rule for the normal approximation
/// of a share (5 successes); Wilson's interval itself holds for any number.
constexpr double kSmallCount = 5;

/// Where a figure of the plan comes from. kAssumed: 1 where nothing is known; kBridge: a longer rate over steps without one.
enum class PlanSource : std::uint8_t { kNone, kData, kTyped, kAssumed, kBridge };

/// A rate that the way back divides by: `value` of the lower count per one of the upper (money per deal, won per decided deal, MQLs
/// per lead). A KPI's value, or the reason why there is none; in shares, not percent.
struct PlanRate {
  std::string_view id;
  PlanSource source = PlanSource::kNone;
  Value value = Undefined{"missing_input", {}};
  std::optional<double> numerator, denominator;  // of a rate from data
  std::optional<Interval> interval;              // 95 %, of a rate from data; typed rates are taken as exact
  bool is_small = false;                         // fewer than kSmallCount on one side
  bool is_cohort = false;                        // of those who entered in the period, whenever they came further
  std::optional<double> completed;               // share of the cohort's conversions that can have happened: value = rate so far / completed
};

/// 95 % interval of a rate of two counts, both above 0; nothing else has one.
/// is_part  numerator counted out of the denominator: Wilson's interval. Else, and above 100 %, the ratio of two independent Poisson
///          counts on the log scale, exp(ln(n/d) +- z sqrt(1/n + 1/d)) (Rothman, Greenland, Lash: Modern Epidemiology, 3rd ed., ch. 14),
///          which is the wider of the two.
/// Example  5 of 40 -> 0.05460 .. 0.26112; 120 of 100 -> 0.92030 .. 1.56471
std::optional<Interval> plan_rate_interval(double numerator, double denominator, bool is_part);

/// What a plan divides by on its way: the rates in order, and how far each may be off.
class PlanPath {
 public:
  /// Takes a rate that is known and above 0.
  void add(const PlanRate& rate);
  /// goal / (r1 r2 ...). Not finite where the goal or the product is beyond the range of numbers.
  double back(double goal) const { return goal / product_; }
  /// The other way round: forward(back(x)) = x.
  double forward(double count) const { return count * product_; }
  /// 95 % interval of back(goal): the rates' own intervals, taken as independent, joined on the log scale by the method of variance
  /// estimates recovery: ln high - ln value = sqrt(sum of (ln r - ln r_low)^2), and likewise below. Exact for one rate; narrower
  /// than all the worst ends together. Source: Zou, Donner 2008, Statistics in Medicine 27, 1693-1702; for products their 2012 paper
  /// in Statistical Methods in Medical Research 21, 347-359. Nothing where no rate on the way has an interval.
  std::optional<Interval> interval(double goal) const;

 private:
  double product_ = 1, below_ = 0, above_ = 0;  // sums of squares on the log scale
  bool has_interval_ = false;
};

/// A typed figure as a rate, or why it cannot be one: "not_finite", "denominator_zero" {id}, "out_of_range" {id} below 0 or, where
/// `is_share`, above 1.
Value typed_rate(std::string_view id, double typed, std::string_view currency, bool is_share);

}  // namespace kpi
