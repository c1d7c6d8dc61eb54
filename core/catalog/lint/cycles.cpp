// Formulas do not need each other.
#include <map>

#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

enum class Mark : std::uint8_t { kNew, kOpen, kDone };

/// A depth-first walk with its own stack, for the chain of KPIs may be as long as the catalogue.
class Walk {
 public:
  explicit Walk(const Catalog& catalog) : catalog_(catalog), marks_(catalog.kpis().size(), Mark::kNew) {
    for (std::size_t i = 0; i < catalog.kpis().size(); ++i) index_[catalog.kpis()[i].id] = i;
  }

  Result<std::vector<std::size_t>> order() {
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      const Status status = visit(i);
      if (!status.ok()) return status.error();
    }
    return std::move(order_);
  }

 private:
  struct Step {
    std::size_t kpi;
    std::vector<std::string> needs;
    std::size_t next = 0;
  };

  Status visit(std::size_t start) {
    if (marks_[start] == Mark::kDone) return Ok{};
    enter(start);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next == step.needs.size()) {
        marks_[step.kpi] = Mark::kDone;
        order_.push_back(step.kpi);
        path_.pop_back();
        continue;
      }
      const std::string& id = step.needs[step.next++];
      const auto it = index_.find(id);
      if (catalog_.measure(id) != nullptr || it == index_.end()) continue;
      if (marks_[it->second] == Mark::kOpen) return cycle(it->second);
      if (marks_[it->second] == Mark::kNew) enter(it->second);
    }
    return Ok{};
  }

  void enter(std::size_t kpi) {
    marks_[kpi] = Mark::kOpen;
    path_.push_back({kpi, references(*catalog_.kpis()[kpi].formula)});
  }

  /// catalog_cycle{id,path}: the ids from the first of the ring back to it, joined by ",".
  Error cycle(std::size_t closing) const {
    const std::string& id = catalog_.kpis()[closing].id;
    std::string path;
    bool is_inside = false;
    for (const Step& step : path_) {
      is_inside = is_inside || step.kpi == closing;
      if (is_inside) path += catalog_.kpis()[step.kpi].id + ",";
    }
    return {Code::catalog_cycle, {{"id", id}, {"path", path + id}}};
  }

  const Catalog& catalog_;
  std::vector<Mark> marks_;
  std::map<std::string_view, std::size_t> index_;
  std::vector<Step> path_;
  std::vector<std::size_t> order_;
};

}  // namespace

Result<std::vector<std::size_t>> dependency_order(const Catalog& catalog) { return Walk(catalog).order(); }

Status check_cycles(const Catalog& catalog) {
  const Result<std::vector<std::size_t>> order = dependency_order(catalog);
  if (!order.ok()) return order.error();
  return Ok{};
}

}  // namespace kpi::lint
