#include "core/models/fit_groups.h"

namespace kpi {
namespace {

constexpr std::size_t kSample = 2000;

}  // namespace

Outcome<Maximum> fit_groups(std::span<const RecencyFrequency> customers, const GroupLikelihood& likelihood,
                            const std::function<std::vector<Parameters>(const GroupTotals&)>& starts_of,
                            const std::vector<std::string_view>& names) {
  const auto grouped = group_customers(customers);
  if (!grouped.ok()) return grouped.reason();
  const std::vector<RecencyFrequencyGroup>& groups = grouped.value();
  GroupTotals totals;
  for (const RecencyFrequencyGroup& g : groups) {
    totals.customers += g.customers;
    totals.repeaters += g.pattern.frequency > 0 ? g.customers : 0;
    totals.purchases += g.customers * g.pattern.frequency;
    totals.time += g.customers * g.pattern.age;
  }
  if (totals.repeaters < kLeastRepeaters) return Undefined{"too_few_rows", {"repeat_customers"}};
  const std::vector<Parameters> starts = starts_of(totals);
  const auto fit = [&](Groups some, const std::vector<Parameters>& from) {
    return maximise([&](const Parameters& logs, Parameters& gradient) { return likelihood(some, logs, gradient); }, from, names);
  };
  if (groups.size() < 2 * kSample) return fit(groups, starts);
  std::vector<RecencyFrequencyGroup> sample;
  const std::size_t every = groups.size() / kSample;
  for (std::size_t i = every / 2; i < groups.size(); i += every) sample.push_back(groups[i]);
  const Outcome<Maximum> first = fit(sample, starts);
  return fit(groups, first.ok() ? std::vector<Parameters>{first.value().at} : starts);
}

}  // namespace kpi
