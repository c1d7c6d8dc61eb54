#include "core/engine/channel_answers.h"

#include <algorithm>
#include <map>

#include "core/base/order.h"
#include "core/engine/funnel_visits.h"

namespace kpi {
namespace {

constexpr const char* kAnswer = "self_reported_source";

class Counter {
 public:
  Counter(const ReportScope& scope, const Dimension& channels) : scope_(scope), channels_(channels), direct_(channels.find("direct")) {
    out_.said.assign(channels.members().size(), 0);
  }

  void add(const FileTable& t) {
    const Column* answers = t.table.find(kAnswer);
    const DimensionView* said = channels_.view(t, kAnswer);
    if (answers == nullptr || answers->kind != ColumnKind::kText || said == nullptr) return;
    out_.is_known = true;
    const Column* created = t.date("created_at");
    std::vector<std::uint64_t> unnamed(std::size_t{Dictionary::kRest} + 1, 0);
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      if (is_repeated(t, row) || is_filtered_out(scope_.filters, t, row) || !is_in_window(created == nullptr ? kNoDay : created->days[row])) continue;
      ++out_.leads;
      const std::uint16_t code = answers->codes[row];
      if (code != 0) add_answer(member_of(&channels_, t, row), said->member(row), unnamed[code]);
    }
    for (std::size_t code = 1; code < unnamed.size(); ++code) {
      if (unnamed[code] == 0) continue;
      const std::string_view text = answers->dictionary.text(static_cast<std::uint16_t>(code));  // empty for kRest
      ChannelAnswers::Unnamed& one = unnamed_.try_emplace(member_key(text), ChannelAnswers::Unnamed{std::string(text), 0}).first->second;
      one.leads += unnamed[code];
    }
  }

  ChannelAnswers take() {
    out_.unnamed_texts = unnamed_.size();
    for (auto& [key, one] : unnamed_) {
      if (!key.empty()) out_.unnamed.push_back(std::move(one));
    }
    sort_list(out_.unnamed, [](const ChannelAnswers::Unnamed& a, const ChannelAnswers::Unnamed& b) { return a.leads != b.leads ? a.leads > b.leads : a.text < b.text; });
    if (out_.unnamed.size() > kMostUnnamed) out_.unnamed.resize(kMostUnnamed);
    return std::move(out_);
  }

 private:
  bool is_in_window(Day day) const { return scope_.window.is_unbounded || (day != kNoDay && day >= scope_.window.first && day <= scope_.window.last); }

  void add_answer(std::uint32_t tracked, std::uint32_t said, std::uint64_t& unnamed) {
    ++out_.answered;
    const bool is_direct = direct_ >= 0 && tracked == static_cast<std::uint32_t>(direct_);
    out_.direct += is_direct ? 1 : 0;
    out_.direct_other += is_direct && said != tracked ? 1 : 0;
    if (said == Dimension::kBlank) {
      ++unnamed;
      ++out_.unnamed_leads;
      return;
    }
    ++out_.named;
    ++out_.said[said];
    ++(tracked == Dimension::kBlank ? out_.untracked : tracked == said ? out_.same : out_.other);
  }

  const ReportScope& scope_;
  const Dimension& channels_;
  std::int64_t direct_;
  std::map<std::string, ChannelAnswers::Unnamed> unnamed_;
  ChannelAnswers out_;
};

}  // namespace

ChannelAnswers channel_answers(const Dataset& dataset, const ReportScope& scope, const Dimension& channels) {
  Counter counter(scope, channels);
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads") counter.add(*t);
  }
  return counter.take();
}

}  // namespace kpi
