// A change by the members of a dimension: differences of what adds up, rate and mix effects of ratios.
#include <algorithm>
#include <cmath>

#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/engine/change_split.h"
#include "core/engine/effects.h"

namespace kpi {
namespace {

using Kind = Expression::Kind;
using State = MemberChange::State;
using Method = MemberSplit::Method;

/// Over members. kSame: the same for all of them, as a setting or the days of the period.
enum class Adds : std::uint8_t { kNo, kSame, kYes };

Adds adds_over_members(const Formulas& formulas, const Expression& e, std::vector<std::string>& culprits) {
  if (e.kind == Kind::kNumber) return Adds::kSame;
  if (e.kind == Kind::kReference) {
    if (const Expression* formula = formulas.of(e.reference)) return adds_over_members(formulas, *formula, culprits);
    const Measure* measure = formulas.catalog().measure(e.reference);
    if (measure == nullptr) return Adds::kNo;
    if (measure->is_parameter || measure->is_calendar) return Adds::kSame;
    if (measure->is_additive || measure->stock != Stock::kNone) return Adds::kYes;
    culprits.push_back(measure->id);
    return Adds::kNo;
  }
  const Adds left = adds_over_members(formulas, *e.left, culprits), right = adds_over_members(formulas, *e.right, culprits);
  if (left == Adds::kSame && right == Adds::kSame) return Adds::kSame;
  switch (e.kind) {
    case Kind::kAdd:
    case Kind::kAddKnown:
    case Kind::kSubtract: {
      const auto is_nothing = [](const Expression& side) { return side.kind == Kind::kNumber && side.number == 0; };
      const bool is_left = left == Adds::kYes || is_nothing(*e.left), is_right = right == Adds::kYes || is_nothing(*e.right);
      return is_left && is_right ? Adds::kYes : Adds::kNo;
    }
    case Kind::kMultiply: return (left == Adds::kYes && right == Adds::kSame) || (left == Adds::kSame && right == Adds::kYes) ? Adds::kYes : Adds::kNo;
    case Kind::kDivide: return left == Adds::kYes && right == Adds::kSame ? Adds::kYes : Adds::kNo;
    default: return Adds::kNo;
  }
}

/// One line in the making. A figure that adds up stands above a denominator of nothing.
struct Line {
  MemberChange shown;
  RatioPart part;
  bool has_own_rates = false;  // the line's own KPI is known on both sides
};

class Split {
 public:
  Split(const Sides& sides, const Dimension& group, const Expression& root, bool is_ratio)
      : sides_(sides), group_(group), root_(root), top_(is_ratio ? *root.left : root), bottom_(is_ratio ? root.right.get() : nullptr) {
    total_.top_before = number(sides.before.value(top_));
    total_.top_after = number(sides.after.value(top_));
    total_.bottom_before = bottom_ == nullptr ? 1 : number(sides.before.value(*bottom_));
    total_.bottom_after = bottom_ == nullptr ? 1 : number(sides.after.value(*bottom_));
  }

  MemberSplit run(std::size_t limit) {
    MemberSplit split;
    split.dimension = group_.id();
    for (std::size_t m = 0; m < group_.members().size(); ++m) add_member(m);
    split.reason = reason_;
    if (!reason_.code.empty()) return split;
    add_rest();
    split.method = bottom_ == nullptr ? Method::kDifference : Method::kRateMix;
    if (bottom_ != nullptr) judge(split);
    fold(limit, split);
    add_up(split);
    return split;
  }

 private:
  static double number(const Value& value) { return std::get<Quantity>(value).value; }

  /// 0 and the reason where a member's part is not even nothing.
  double part(const Figures& figures, const Expression& e, std::size_t member) {
    const Value value = figures.part(e, member);
    if (const Undefined* undefined = std::get_if<Undefined>(&value)) {
      reason_ = *undefined;
      return 0;
    }
    return number(value);
  }

  void add_member(std::size_t m) {
    Line line;
    RatioPart& p = line.part;
    p.top_before = part(sides_.before, top_, m);
    p.top_after = part(sides_.after, top_, m);
    if (bottom_ != nullptr) p.bottom_before = part(sides_.before, *bottom_, m);
    if (bottom_ != nullptr) p.bottom_after = part(sides_.after, *bottom_, m);
    if (p.top_before == 0 && p.top_after == 0 && p.bottom_before == 0 && p.bottom_after == 0) return;
    line.shown.member = group_.members()[m];
    line.shown.before = sides_.before.value(root_, m);
    line.shown.after = sides_.after.value(root_, m);
    add(std::move(line));
  }

  void add(Line line) {
    MemberChange& shown = line.shown;
    const RatioPart& p = line.part;
    line.has_own_rates = std::holds_alternative<Quantity>(shown.before) && std::holds_alternative<Quantity>(shown.after);
    if (p.top_before == 0 && p.bottom_before == 0) shown.state = State::kNew;
    if (p.top_after == 0 && p.bottom_after == 0) shown.state = State::kGone;
    if (bottom_ == nullptr) {
      shown.effect = p.top_after - p.top_before;
    } else {
      const RatioEffect effect = ratio_effect(p, total_);
      shown.is_split = effect.is_split;
      shown.rate = effect.rate;
      shown.mix = effect.mix;
      shown.effect = effect.total;
      shown.share_before = p.bottom_before / total_.bottom_before;
      shown.share_after = p.bottom_after / total_.bottom_after;
    }
    lines_.push_back(std::move(line));
  }

  /// The KPI of a line that is no member, of what stands above and below its line.
  Value own_value(double top, double bottom) const {
    if (bottom_ == nullptr) return Quantity{top, {}};
    if (bottom == 0) return Undefined{"denominator_zero", {format_formula(*bottom_)}};
    return Quantity{top / bottom, {}};
  }

  Line made_of(MemberChange::Kind kind, const RatioPart& part) const {
    Line line;
    line.part = part;
    line.shown.kind = kind;
    line.shown.before = own_value(part.top_before, part.bottom_before);
    line.shown.after = own_value(part.top_after, part.bottom_after);
    return line;
  }

  /// What the total has beyond its members: figures without this dimension, or counted with several members.
  double beyond(double total, double RatioPart::*field) const {
    Sum sum, size;
    for (const Line& line : lines_) {
      sum.add(line.part.*field);
      size.add(std::fabs(line.part.*field));
    }
    const double rest = total - sum.value();
    return std::fabs(rest) <= 1e-9 * std::max(std::fabs(total), size.value()) ? 0 : rest;
  }

  void add_rest() {
    RatioPart rest;
    rest.top_before = beyond(total_.top_before, &RatioPart::top_before);
    rest.top_after = beyond(total_.top_after, &RatioPart::top_after);
    if (bottom_ != nullptr) rest.bottom_before = beyond(total_.bottom_before, &RatioPart::bottom_before);
    if (bottom_ != nullptr) rest.bottom_after = beyond(total_.bottom_after, &RatioPart::bottom_after);
    if (rest.top_before == 0 && rest.top_after == 0 && rest.bottom_before == 0 && rest.bottom_after == 0) return;
    add(made_of(MemberChange::Kind::kRest, rest));
  }

  void judge(MemberSplit& split) const {
    split.share_of = format_formula(*bottom_);
    split.reference = total_.reference();
    std::vector<RatioPart> parts;
    for (const Line& line : lines_) {
      if (line.has_own_rates) parts.push_back(line.part);
    }
    split.is_reversed = is_reversal(parts, total_);
    if (!split.is_reversed) return;
    const double sign = total_.after() > total_.before() ? 1 : -1;
    const MemberChange* driver = nullptr;
    for (const Line& line : lines_) {
      if (line.shown.is_split && line.shown.mix * sign > (driver == nullptr ? 0 : driver->mix * sign)) driver = &line.shown;
    }
    if (driver != nullptr) split.driver = *driver;
  }

  /// Largest first; from `limit` on the others are one line. A single one is no "others".
  void fold(std::size_t limit, MemberSplit& split) {
    sort_list(lines_, [](const Line& a, const Line& b) {
      if (a.shown.kind != b.shown.kind) return a.shown.kind < b.shown.kind;
      return std::fabs(a.shown.effect) > std::fabs(b.shown.effect);
    });
    const std::size_t members = lines_.size() - (!lines_.empty() && lines_.back().shown.kind == MemberChange::Kind::kRest ? 1 : 0);
    const std::size_t listed = members > limit + 1 ? limit : members;
    for (std::size_t i = 0; i < listed; ++i) split.lines.push_back(std::move(lines_[i].shown));
    if (listed < members) split.lines.push_back(others(listed, members));
    if (members < lines_.size()) split.lines.push_back(std::move(lines_.back().shown));
  }

  MemberChange others(std::size_t first, std::size_t last) const {
    Sum top_before, top_after, bottom_before, bottom_after, rate, mix, effect;
    bool is_split = true, has_before = false, has_after = false;
    for (std::size_t i = first; i < last; ++i) {
      const Line& line = lines_[i];
      has_before = has_before || std::holds_alternative<Quantity>(line.shown.before);
      has_after = has_after || std::holds_alternative<Quantity>(line.shown.after);
      top_before.add(line.part.top_before);
      top_after.add(line.part.top_after);
      bottom_before.add(line.part.bottom_before);
      bottom_after.add(line.part.bottom_after);
      rate.add(line.shown.rate);
      mix.add(line.shown.mix);
      effect.add(line.shown.effect);
      is_split = is_split && line.shown.is_split;
    }
    const RatioPart part{top_before.value(), bottom_before.value(), top_after.value(), bottom_after.value()};
    MemberChange made = made_of(MemberChange::Kind::kOthers, part).shown;
    if (!has_before) made.before = Undefined{"no_rows", {}};  // nothing known of any of them is not 0
    if (!has_after) made.after = Undefined{"no_rows", {}};
    made.members = last - first;
    made.is_split = is_split;
    made.rate = rate.value();
    made.mix = mix.value();
    made.effect = effect.value();
    made.share_before = part.bottom_before / total_.bottom_before;
    made.share_after = part.bottom_after / total_.bottom_after;
    return made;
  }

  static void add_up(MemberSplit& split) {
    Sum rate, mix, sum;
    for (const MemberChange& line : split.lines) {
      rate.add(line.rate);
      mix.add(line.mix);
      sum.add(line.effect);
    }
    split.rate = rate.value();
    split.mix = mix.value();
    split.sum = sum.value();
    Sum unsplit = sum;
    unsplit.add(-split.rate);
    unsplit.add(-split.mix);
    const bool has_unsplit = std::any_of(split.lines.begin(), split.lines.end(), [](const MemberChange& line) { return !line.is_split; });
    split.unsplit = has_unsplit ? unsplit.value() : 0;
    if (std::isfinite(split.sum)) return;
    split.method = Method::kNone;
    split.reason = {"not_finite", {}};
  }

  const Sides& sides_;
  const Dimension& group_;
  const Expression& root_;
  const Expression& top_;
  const Expression* bottom_;  // null: a figure that adds up
  RatioTotal total_{};
  std::vector<Line> lines_;
  Undefined reason_;
};

}  // namespace

Value Figures::with(const Expression& expression, std::size_t member, bool is_part) const {
  const Lookup lookup = [&](std::string_view id) -> Value {
    const Measure* measure = formulas_.catalog().measure(id);
    if (measure == nullptr) {
      const Expression* formula = formulas_.of(id);
      return formula == nullptr ? Value(Undefined{"missing_input", {std::string(id)}}) : with(*formula, member, is_part);
    }
    const MeasureResult& result = measures_[static_cast<std::size_t>(measure - formulas_.catalog().measures().data())];
    const Value& value = member == kTotal ? result.total : result.by_member[member];
    const Undefined* undefined = std::get_if<Undefined>(&value);
    if (is_part && undefined != nullptr && undefined->code == "no_rows") return Quantity{0, {}};
    return value;
  };
  return evaluate(expression, lookup);
}

Value Figures::value(const Expression& expression, std::size_t member) const { return with(expression, member, false); }
Value Figures::part(const Expression& expression, std::size_t member) const { return with(expression, member, true); }

MemberSplit split_by_members(const Formulas& formulas, const Sides& sides, const Dimension& group, const Expression& formula, std::size_t limit) {
  const Expression* root = &formula;
  while (root->kind == Kind::kReference && formulas.of(root->reference) != nullptr) root = formulas.of(root->reference);
  std::vector<std::string> culprits;
  const Adds whole = adds_over_members(formulas, *root, culprits);
  const auto adds = [&](const Expression& side) { return adds_over_members(formulas, side, culprits) == Adds::kYes; };
  const bool is_ratio = whole == Adds::kNo && root->kind == Kind::kDivide && adds(*root->left) && adds(*root->right);
  if (whole == Adds::kYes || is_ratio) return Split(sides, group, *root, is_ratio).run(limit);
  MemberSplit split;
  split.dimension = group.id();
  std::vector<std::string> named;
  for (const std::string& id : culprits) {
    if (std::find(named.begin(), named.end(), id) == named.end()) named.push_back(id);
  }
  split.reason.code = named.empty() ? "no_ratio_of_sums" : "does_not_add";
  split.reason.arguments = std::move(named);
  return split;
}

}  // namespace kpi
