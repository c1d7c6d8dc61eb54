#include "core/engine/experiment_visitors.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <memory>

#include "core/base/number_map.h"
#include "core/engine/currency_converter.h"
#include "core/engine/derived_columns.h"
#include "core/engine/dimension.h"
#include "core/engine/repeated_keys.h"
#include "core/engine/row_currency.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

enum class Said : std::uint8_t { kNothing, kNo, kYes, kUnreadable };

const Column* of_kind(const FileTable& t, std::string_view field, ColumnKind kind) {
  const Column* column = t.table.find(field);
  return column != nullptr && column->kind == kind ? column : nullptr;
}

struct VisitorTable {
  explicit VisitorTable(const FileTable& t)
      : table(&t), user(of_kind(t, "user_id", ColumnKind::kKey)), experiment(of_kind(t, "experiment", ColumnKind::kText)),
        variant(of_kind(t, "variant", ColumnKind::kText)), converted(of_kind(t, "converted", ColumnKind::kText)), date(t.date("date")),
        revenue(of_kind(t, "revenue", ColumnKind::kNumber)), before(of_kind(t, "revenue_before", ColumnKind::kNumber)),
        orders(of_kind(t, "orders", ColumnKind::kNumber)) {}
  const FileTable* table;
  const Column *user, *experiment, *variant, *converted, *date, *revenue, *before, *orders;
  RowCurrency of_revenue, of_before;
};

double number_at(const Column* column, std::size_t row) { return column == nullptr ? kNoNumber : column->numbers[row]; }
std::uint16_t code_at(const Column* column, std::size_t row) { return column == nullptr ? Dictionary::kMissing : column->codes[row]; }

Said said(std::string_view text) {
  const std::optional<bool> known = classify_boolean(text);
  return !known ? Said::kUnreadable : *known ? Said::kYes : Said::kNo;
}

/// What each code of a column of yes and no says.
std::vector<Said> sayings(const Column* column) {
  std::vector<Said> of_code{Said::kNothing};
  for (std::size_t code = 1; column != nullptr && code < column->dictionary.size(); ++code) {
    of_code.push_back(said(column->dictionary.text(static_cast<std::uint16_t>(code))));
  }
  return of_code;
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t z = a ^ (b + 0x9E3779B97F4A7C15 + (a << 6) + (a >> 2));
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t bits(double value) {
  std::uint64_t as_number = 0;  // no std::bit_cast: Emscripten 3.1.6 lacks it
  std::memcpy(&as_number, &value, sizeof as_number);
  return as_number;
}

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
    std::size_t rows = 0;
    for (const FileTable* t : tables) {
      open.emplace_back(*t);
      open.back().of_revenue = row_currency(dataset_, currencies_, *t, open.back().revenue);
      open.back().of_before = row_currency(dataset_, currencies_, *t, open.back().before);
      rows += t->table.row_count;
    }
    find_same(open, rows);
    for (std::size_t t = 0; t < open.size(); ++t) read(open[t], static_cast<std::uint16_t>(t));
    for (ExperimentVisitor& visitor : out_.visitors) settle(visitor);
    for (std::size_t e = 0; e < out_.experiments.size(); ++e) {
      out_.experiments[e].currency = currencies_.code(currency_[e]);
      out_.experiments[e].is_currency_mixed = currency_[e] == kMixed;
    }
    return std::move(out_);
  }

 private:
  void find_same(const std::vector<VisitorTable>& tables, std::size_t rows) {
    RepeatedKeys repeated(rows);
    const auto for_rows = [&](const auto& take) {
      for (const VisitorTable& t : tables) {
        if (t.user == nullptr || t.variant == nullptr) continue;
        const std::vector<Said> says = sayings(t.converted);
        for (std::size_t row = 0; row < t.table->table.row_count; ++row) {
          if (t.user->keys[row] == 0) continue;
          std::uint64_t key = mixed(t.user->keys[row], key_fingerprint(t.variant->dictionary.text(t.variant->codes[row])));
          if (t.experiment != nullptr) key = mixed(key, key_fingerprint(t.experiment->dictionary.text(t.experiment->codes[row])));
          key = mixed(key, static_cast<std::uint32_t>(t.date == nullptr ? kNoDay : t.date->days[row]));
          const std::uint16_t code = code_at(t.converted, row);
          key = mixed(key, code < says.size() ? static_cast<std::uint64_t>(says[code]) : 9U);
          for (const Column* column : {t.revenue, t.before, t.orders}) key = mixed(key, bits(number_at(column, row)));
          take(key == 0 ? 1 : key);
        }
      }
    };
    for_rows([&](std::uint64_t key) { repeated.note(key); });
    if (repeated.has_suspects()) for_rows([&](std::uint64_t key) { out_.rows.same += repeated.is_repeat(key) ? 1U : 0U; });
  }

  void read(VisitorTable& t, std::uint16_t place) {
    out_.rows.rows += t.table->table.row_count;
    if (t.user == nullptr) {
      out_.rows.without_visitor += t.table->table.row_count;
      return;
    }
    const std::vector<Said> says = sayings(t.converted);
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
      const std::uint32_t experiment = experiment_of(t, row), arm = arm_of(t, arm_code, experiment);
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

  std::uint32_t experiment_of(const VisitorTable& t, std::size_t row) {
    const std::string_view text = t.experiment == nullptr ? std::string_view() : t.experiment->dictionary.text(t.experiment->codes[row]);
    const auto [it, is_new] = experiments_.try_emplace(std::string(text), 0);
    if (!is_new) return it->second;
    const std::string key = member_key(text);
    std::uint32_t at = 0;
    while (at < out_.experiments.size() && out_.experiments[at].key != key) ++at;
    if (at == out_.experiments.size()) {
      out_.experiments.push_back({key, std::string(text), {}, {}, false, false});
      currency_.push_back(kNoCurrency);
      arms_.emplace_back();
    }
    return it->second = at;
  }

  std::uint32_t arm_of(const VisitorTable& t, std::uint16_t code, std::uint32_t experiment) {
    const std::string_view text = t.variant->dictionary.text(code);
    const auto [it, is_new] = arms_[experiment].try_emplace(std::string(text), 0);
    if (!is_new) return it->second;
    const std::string key = member_key(text);
    std::vector<ExperimentVisitors::Arm>& arms = out_.experiments[experiment].arms;
    std::uint32_t at = 0;
    while (at < arms.size() && arms[at].key != key) ++at;
    if (at == arms.size()) arms.push_back({key, std::string(text)});
    return it->second = at;
  }

  ExperimentVisitor& visitor_of(std::uint64_t user, std::uint32_t experiment, std::uint32_t arm) {
    const auto [it, is_new] = numbers_.try_emplace(mixed(user, experiment), out_.visitors.size());
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
  std::map<std::string, std::uint32_t, std::less<>> experiments_;  // by text
  std::vector<std::map<std::string, std::uint32_t>> arms_;  // by experiment, then text
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
