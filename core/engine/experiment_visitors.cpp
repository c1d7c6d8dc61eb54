#include "core/engine/experiment_visitors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/base/number_map.h"
#include "core/engine/currency_converter.h"
#include "core/engine/derived_columns.h"
#include "core/engine/dimension.h"
#include "core/engine/experiment_visitor_table.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

void add_known(double& sum, double value) {
  if (!std::isnan(value)) sum = std::isnan(sum) ? value : sum + value;
}

class VisitorReader {
 public:
  VisitorReader(const Dataset& dataset, std::string_view currency) : dataset_(dataset) {
    if (!currency.empty() && !dataset.rates().empty()) converter_ = std::make_unique<CurrencyConverter>(dataset.rates(), currencies_, currency);
  }

  ExperimentVisitors run(const std::vector<const FileTable*>& tables) {
    std::vector<VisitorTable> open;
    for (const FileTable* t : tables) {
      open.emplace_back(*t);
      open.back().of_revenue = row_currency(dataset_, currencies_, *t, open.back().revenue);
      open.back().of_before = row_currency(dataset_, currencies_, *t, open.back().before);
    }
    for (std::size_t t = 0; t < open.size(); ++t) read(open[t], static_cast<std::uint16_t>(t));
    for (ExperimentVisitor& visitor : out_.visitors) settle(visitor);
    for (std::size_t e = 0; e < out_.experiments.size(); ++e) {
      out_.experiments[e].currency = currencies_.code(currency_[e]);
      out_.experiments[e].is_currency_mixed = currency_[e] == kMixed;
    }
    return std::move(out_);
  }

 private:
  void read(VisitorTable& t, std::uint16_t place) {
    out_.rows.rows += t.table->table.row_count;
    if (t.user == nullptr) {
      out_.rows.without_visitor += t.table->table.row_count;
      return;
    }
    const std::vector<Said> says = sayings(t.converted);
    experiments_.assign((t.experiment == nullptr ? 1 : t.experiment->dictionary.size()) + 1, kNone);
    arms_.clear();
    for (std::size_t row = 0; row < t.table->table.row_count; ++row) {
      const std::uint16_t arm_code = code_at(t.variant, row);
      const std::uint16_t code = code_at(t.converted, row);
      const Said word = code < says.size() ? says[code] : Said::kUnreadable;
      const double orders = number_at(t.orders, row);
      double revenue = number_at(t.revenue, row), before = number_at(t.before, row);
      if (std::uint64_t* why = refused(t, row, arm_code, word, {revenue, before, orders})) {
        ++*why;
        continue;
      }
      ++out_.rows.read;
      const Day day = t.date == nullptr ? kNoDay : t.date->days[row];
      const std::uint32_t experiment = experiment_of(code_at(t.experiment, row), t), arm = arm_of(arm_code, t, experiment);
      revenue = money(revenue, t.of_revenue.at(row), day, experiment);
      before = money(before, t.of_before.at(row), day, experiment);
      out_.experiments[experiment].has_revenue = out_.experiments[experiment].has_revenue || !std::isnan(revenue);
      ExperimentVisitor& visitor = visitor_of(t.user->keys[row], experiment, arm);
      if (visitor.rows == 0 || (day != kNoDay && (visitor.first == kNoDay || day < visitor.first))) {
        visitor.first = day;
        visitor.table = place;
        visitor.first_row = static_cast<std::uint32_t>(row);
      }
      ++visitor.rows;
      visitor.is_in_several = visitor.is_in_several || visitor.arm != arm;
      visitor.is_known = visitor.is_known || word != Said::kNothing;
      visitor.is_converted = visitor.is_converted || word == Said::kYes;
      add_known(visitor.revenue, revenue);
      add_known(visitor.orders, orders);
      if (std::isnan(visitor.revenue_before)) visitor.revenue_before = before;
      visitor.is_before_doubtful = visitor.is_before_doubtful || (!std::isnan(before) && before != visitor.revenue_before);
    }
  }

  struct Figures {
    double revenue, before, orders;
  };
  /// Where the row is counted that cannot be read; null for one that can.
  std::uint64_t* refused(const VisitorTable& t, std::size_t row, std::uint16_t arm_code, Said word, const Figures& figures) {
    if (t.user->keys[row] == 0) return &out_.rows.without_visitor;
    if (arm_code == Dictionary::kMissing || arm_code == Dictionary::kRest) return &out_.rows.without_arm;
    if (word == Said::kUnreadable || figures.orders < 0) return &out_.rows.unreadable;
    for (const double figure : {figures.revenue, figures.before, figures.orders}) {
      if (std::fabs(figure) > kMostAmount) return &out_.rows.too_large;
    }
    return nullptr;
  }

  std::uint32_t experiment_of(std::uint16_t code, const VisitorTable& t) {
    const std::size_t at_code = std::min<std::size_t>(code, experiments_.size() - 1);
    if (experiments_[at_code] != kNone) return experiments_[at_code];
    const std::string_view text = t.experiment == nullptr ? std::string_view() : t.experiment->dictionary.text(code);
    const std::string key = member_key(text);
    std::uint32_t at = 0;
    while (at < out_.experiments.size() && out_.experiments[at].key != key) ++at;
    if (at == out_.experiments.size()) {
      out_.experiments.push_back({key, std::string(text), {}, {}, false, false});
      currency_.push_back(kNoCurrency);
    }
    return experiments_[at_code] = at;
  }

  std::uint32_t arm_of(std::uint16_t code, const VisitorTable& t, std::uint32_t experiment) {
    const auto [it, is_new] = arms_.try_emplace(std::uint64_t{experiment} << 16 | code, 0);
    if (!is_new) return static_cast<std::uint32_t>(it->second);
    const std::string_view text = t.variant->dictionary.text(code);
    const std::string key = member_key(text);
    std::vector<ExperimentVisitors::Arm>& arms = out_.experiments[experiment].arms;
    std::uint32_t at = 0;
    while (at < arms.size() && arms[at].key != key) ++at;
    if (at == arms.size()) arms.push_back({key, std::string(text)});
    it->second = at;
    return at;
  }

  ExperimentVisitor& visitor_of(std::uint64_t user, std::uint32_t experiment, std::uint32_t arm) {
    const auto [it, is_new] = numbers_.try_emplace(mixed_keys(user, experiment), out_.visitors.size());
    if (is_new) out_.visitors.push_back({kNoNumber, kNoNumber, kNoNumber, experiment, arm, 0, 0, kNoDay, 0, false, false, false, false, false});
    return out_.visitors[static_cast<std::size_t>(it->second)];
  }

  double money(double amount, std::uint8_t currency, Day day, std::uint32_t experiment) {
    if (std::isnan(amount) || amount == 0) return amount;  // nothing is nothing in any currency
    if (converter_ != nullptr) amount = converter_->convert(amount, currency, day);
    if (currency == kUnknownCurrency) return amount;
    if (currency_[experiment] == kNoCurrency) currency_[experiment] = currency;
    if (currency != currency_[experiment]) currency_[experiment] = kMixed;
    return amount;
  }

  static void settle(ExperimentVisitor& visitor) {
    if (!visitor.is_known) {
      const double amount = std::isnan(visitor.orders) ? visitor.revenue : visitor.orders;
      visitor.is_known = visitor.is_by_amount = !std::isnan(amount);
      visitor.is_converted = amount > 0;
    }
    if (!visitor.is_known || visitor.is_converted) return;
    if (std::isnan(visitor.revenue)) visitor.revenue = 0;
    if (std::isnan(visitor.orders)) visitor.orders = 0;
  }

  const Dataset& dataset_;
  ExperimentVisitors out_;
  CurrencyNumbers currencies_;
  std::unique_ptr<CurrencyConverter> converter_;
  std::vector<std::uint8_t> currency_;                      // by experiment
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<std::uint32_t> experiments_;                  // by code of the table at hand, the last for all texts beyond its dictionary
  NumberMap arms_;                                          // by experiment and code of the table at hand
  NumberMap numbers_;                                       // by visitor and experiment
};

}  // namespace

ExperimentVisitors read_experiment_visitors(const Dataset& dataset, const std::vector<const FileTable*>& tables, std::string_view currency) {
  return VisitorReader(dataset, currency).run(tables);
}

void derive_experiment_visitors(const Dataset& dataset, const std::vector<FileTable*>& tables) {
  if (tables.empty()) return;
  const ExperimentVisitors read = read_experiment_visitors(dataset, {tables.begin(), tables.end()}, {});
  std::vector<std::vector<double>> visitors, conversions;
  for (const FileTable* t : tables) visitors.emplace_back(t->table.row_count, kNoNumber);
  conversions = visitors;
  for (const ExperimentVisitor& visitor : read.visitors) {
    if (visitor.is_in_several || !visitor.is_known) continue;
    visitors[visitor.table][visitor.first_row] = 1;
    conversions[visitor.table][visitor.first_row] = visitor.is_converted ? 1 : 0;
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    derive_numbers(*tables[t], "visitors", [&](std::size_t row) { return visitors[t][row]; });
    derive_numbers(*tables[t], "conversions", [&](std::size_t row) { return conversions[t][row]; });
  }
}

}  // namespace kpi
