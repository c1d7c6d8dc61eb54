#include "core/models/attribution/channel_sets.h"

#include <algorithm>

#include "core/base/sum.h"

namespace kpi {
namespace {

struct Raw {
  std::uint32_t first, count, journey;
};

std::vector<std::uint32_t> players_by_channel(const Journeys& journeys, ChannelSets& result) {
  std::vector<std::uint32_t> player(static_cast<std::size_t>(journeys.channels), 0);
  for (const Journey& j : journeys.list) {
    if (j.conversions + j.not_converted == 0) continue;
    for (const Touch& t : journeys.of(j)) player[static_cast<std::size_t>(t.channel)] = 1;
  }
  for (std::size_t c = 0; c < player.size(); ++c) {
    if (player[c] == 0) continue;
    player[c] = static_cast<std::uint32_t>(result.used.size());
    result.used.push_back(static_cast<std::int32_t>(c));
  }
  return player;
}

}  // namespace

ChannelSets channel_sets(const Journeys& journeys) {
  ChannelSets result;
  const std::vector<std::uint32_t> player = players_by_channel(journeys, result);
  std::vector<std::uint32_t> members;
  std::vector<Raw> raw;
  for (std::size_t i = 0; i < journeys.list.size(); ++i) {
    const Journey& j = journeys.list[i];
    if (j.count == 0 || j.conversions + j.not_converted == 0) continue;
    const std::size_t first = members.size();
    for (const Touch& t : journeys.of(j)) members.push_back(player[static_cast<std::size_t>(t.channel)]);
    const auto begin = members.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, members.end());
    members.erase(std::unique(begin, members.end()), members.end());
    raw.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(members.size() - first), static_cast<std::uint32_t>(i)});
  }
  const auto view = [&](const Raw& r) { return std::span(members).subspan(r.first, r.count); };
  const auto is_same = [&](const Raw& a, const Raw& b) { return std::equal(view(a).begin(), view(a).end(), view(b).begin(), view(b).end()); };
  std::sort(raw.begin(), raw.end(), [&](const Raw& a, const Raw& b) {
    if (!is_same(a, b)) return std::lexicographical_compare(view(a).begin(), view(a).end(), view(b).begin(), view(b).end());
    return a.journey < b.journey;
  });
  Sum all_journeys, all_conversions, all_value;
  for (std::size_t i = 0; i < raw.size();) {
    Sum count, conversions, value;
    const std::size_t begin = i;
    for (; i < raw.size() && is_same(raw[begin], raw[i]); ++i) {
      const Journey& j = journeys.list[raw[i].journey];
      count.add(j.conversions + j.not_converted);
      conversions.add(j.conversions);
      value.add(j.value);
    }
    const std::span<std::uint32_t> set = view(raw[begin]);
    result.sets.push_back({static_cast<std::uint32_t>(result.members.size()), raw[begin].count, count.value(), {conversions.value(), value.value()}});
    result.members.insert(result.members.end(), set.begin(), set.end());
    all_journeys.add(count);
    all_conversions.add(conversions);
    all_value.add(value);
  }
  result.journeys = all_journeys.value();
  result.total = {all_conversions.value(), all_value.value()};
  return result;
}

}  // namespace kpi
