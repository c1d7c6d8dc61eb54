// What the fits of models of repeat buying share: grouping, the least data, starts, and a first fit of a sample.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/models/maximise.h"
#include "core/models/recency_frequency.h"

namespace kpi {

using Groups = std::span<const RecencyFrequencyGroup>;
/// The log-likelihood of all groups by the logarithms of the parameters, and its gradient.
using GroupLikelihood = std::function<double(Groups groups, const Parameters& logs, Parameters& gradient)>;

/// Sums over customers that starts are made of.
struct GroupTotals {
  double customers = 0, repeaters = 0, purchases = 0, time = 0;
};

/// Of many different customers an even sample is fitted from all the starts, and all of them from where that leads: a few passes over
/// everybody instead of a hundred.
/// Errors  "too_few_rows" {"repeat_customers"} below kLeastRepeaters; those of group_customers and maximise.
Outcome<Maximum> fit_groups(std::span<const RecencyFrequency> customers, const GroupLikelihood& likelihood,
                            const std::function<std::vector<Parameters>(const GroupTotals&)>& starts_of, const std::vector<std::string_view>& names);

}  // namespace kpi
