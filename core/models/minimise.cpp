#include "core/models/minimise.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kpi {
namespace {

constexpr double kTolerance = 1e-9;

struct Vertex {
  std::vector<double> at;
  double value;
};

class Simplex {
 public:
  Simplex(const std::function<double(const std::vector<double>&)>& function, const SearchBox& box, std::size_t most)
      : function_(function), box_(box), most_(most), n_(static_cast<double>(box.start.size())) {}

  bool is_exhausted() const { return evaluations_ >= most_; }
  std::size_t evaluations() const { return evaluations_; }

  Vertex vertex(std::vector<double> at) {
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = std::clamp(at[i], box_.lower[i], box_.upper[i]);
    ++evaluations_;
    const double value = function_(at);
    return {std::move(at), std::isnan(value) ? std::numeric_limits<double>::infinity() : value};
  }

  Vertex search(const Vertex& start, double scale) {
    vertices_.assign(1, start);
    for (std::size_t i = 0; i < start.at.size(); ++i) {
      std::vector<double> at = start.at;
      const double step = box_.step[i] * scale;
      at[i] += at[i] + step <= box_.upper[i] ? step : -step;
      vertices_.push_back(vertex(std::move(at)));
    }
    sort();
    while (!is_exhausted() && !is_flat()) {
      move();
      sort();
    }
    return vertices_.front();
  }

 private:
  // The order must not depend on the library's sort: equal values stay as they are.
  void sort() {
    std::stable_sort(vertices_.begin(), vertices_.end(), [](const Vertex& a, const Vertex& b) { return a.value < b.value; });
  }
  bool is_flat() const {
    const double best = vertices_.front().value, worst = vertices_.back().value;
    return std::isfinite(worst) && worst - best <= 0.01 * kTolerance * (std::fabs(best) + 1e-30);
  }

  /// The worst vertex against the middle of the others: t = -1 is the worst itself, 1 its mirror.
  Vertex along(const std::vector<double>& middle, double t) {
    std::vector<double> at(middle.size());
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = middle[i] + t * (middle[i] - vertices_.back().at[i]);
    return vertex(std::move(at));
  }

  void move() {
    std::vector<double> middle(box_.start.size(), 0);
    for (std::size_t v = 0; v + 1 < vertices_.size(); ++v) {
      for (std::size_t i = 0; i < middle.size(); ++i) middle[i] += vertices_[v].at[i] / n_;
    }
    const double expansion = 1 + 2 / std::max(n_, 2.0), contraction = 0.75 - 0.5 / std::max(n_, 2.0);
    Vertex& worst = vertices_.back();
    Vertex mirrored = along(middle, 1);
    if (mirrored.value < vertices_.front().value) {
      Vertex further = along(middle, expansion);
      worst = further.value < mirrored.value ? std::move(further) : std::move(mirrored);
      return;
    }
    if (vertices_.size() > 2 && mirrored.value < vertices_[vertices_.size() - 2].value) {
      worst = std::move(mirrored);
      return;
    }
    const bool is_outside = mirrored.value < worst.value;
    Vertex nearer = along(middle, is_outside ? contraction : -contraction);
    if (nearer.value < (is_outside ? mirrored.value : worst.value)) {
      worst = std::move(nearer);
      return;
    }
    const double shrink = 1 - 1 / std::max(n_, 2.0);
    for (std::size_t v = 1; v < vertices_.size(); ++v) {
      std::vector<double> at = vertices_[v].at;
      for (std::size_t i = 0; i < at.size(); ++i) at[i] = vertices_[0].at[i] + shrink * (at[i] - vertices_[0].at[i]);
      vertices_[v] = vertex(std::move(at));
    }
  }

  const std::function<double(const std::vector<double>&)>& function_;
  const SearchBox& box_;
  std::size_t most_, evaluations_ = 0;
  double n_;
  std::vector<Vertex> vertices_;
};

}  // namespace

Minimum minimise(const std::function<double(const std::vector<double>&)>& function, const SearchBox& box, std::size_t most_evaluations) {
  Simplex simplex(function, box, most_evaluations);
  Vertex best = simplex.vertex(box.start);
  bool has_converged = box.start.empty();
  // Steps of other sizes, so that a simplex that fell flat in one direction begins with another.
  for (std::size_t round = 0; !has_converged && !simplex.is_exhausted(); ++round) {
    const double before = best.value;
    best = simplex.search(best, round % 2 == 0 ? 1 : 0.1);
    has_converged = round > 0 && !simplex.is_exhausted() && before - best.value <= kTolerance * std::fabs(before);
  }
  return {best.at, best.value, simplex.evaluations(), has_converged};
}

}  // namespace kpi
