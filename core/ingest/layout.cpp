#include "core/ingest/layout.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/ingest/cell_shape.h"

namespace kpi {
namespace {

constexpr std::size_t kCandidates = 40;
constexpr std::size_t kBelow = 20;

/// The number of cells most records have; where several are as common, the larger.
std::size_t usual_width(const std::vector<RawRecord>& records) {
  std::map<std::size_t, std::size_t> widths;
  for (const RawRecord& record : records) {
    if (!record.is_blank()) ++widths[record.cells.size()];
  }
  std::size_t width = 1, most = 0;
  for (const auto& [cells, count] : widths) {
    const std::size_t weight = cells == 1 ? count / 4 : count;  // notes and preambles are single cells
    if (weight >= most) {
      most = weight;
      width = cells;
    }
  }
  return width;
}

struct Shapes {
  std::size_t empty = 0, number = 0, date = 0, text = 0;
  std::size_t values() const { return number + date; }
};

Shapes count_shapes(const std::vector<std::string>& cells) {
  Shapes shapes;
  for (const std::string& cell : cells) {
    switch (cell_shape(cell)) {
      case CellShape::kEmpty: ++shapes.empty; break;
      case CellShape::kNumber: ++shapes.number; break;
      case CellShape::kDate: ++shapes.date; break;
      case CellShape::kText: ++shapes.text; break;
    }
  }
  return shapes;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

class HeaderJudge {
 public:
  HeaderJudge(const std::vector<RawRecord>& records, const Dialect& dialect, const CsvReader::HeaderScore& header_score)
      : header_score_(header_score), width_(usual_width(records)) {
    const std::size_t count = std::min(records.size(), kCandidates + kBelow);
    for (std::size_t i = 0; i < count; ++i) cells_.push_back(clean_cells(records[i], dialect));
  }

  std::size_t hits(std::size_t index) const {
    std::size_t found = 0;
    for (const std::string& cell : cells_[index]) {
      if (header_score_ && !cell.empty() && header_score_(cell) > 0) ++found;
    }
    return found;
  }

  double score(std::size_t index) const {
    const std::vector<std::string>& cells = cells_[index];
    const Shapes shapes = count_shapes(cells);
    if (shapes.text == 0) return -10;
    const std::size_t found = hits(index);
    std::set<std::string> distinct(cells.begin(), cells.end());
    double value = 3.0 * share(found, cells.size()) + 0.15 * static_cast<double>(std::min<std::size_t>(found, 8));
    value += 1.5 * std::min(1.0, share(cells.size(), width_));
    if (cells.size() == width_) value += 0.5;
    value += 1.0 * share(shapes.text, cells.size());
    value -= 2.0 * share(shapes.values(), cells.size());
    value -= 1.0 * share(shapes.empty, cells.size());
    value -= 0.5 * share(cells.size() - distinct.size(), cells.size());
    if (cells.size() == 1 && width_ > 1) value -= 2;
    if (cells[0].starts_with("#")) value -= 2;
    return value + 1.5 * contrast(index);
  }

  /// How many columns hold numbers or dates below this record while its own cell there is a text.
  double contrast(std::size_t index) const {
    std::size_t agreeing = 0, seen = 0;
    for (std::size_t column = 0; column < cells_[index].size(); ++column) {
      const bool is_text = cell_shape(cells_[index][column]) == CellShape::kText;
      std::size_t values = 0, filled = 0;
      for (std::size_t below = index + 1; below < cells_.size() && below <= index + kBelow; ++below) {
        if (column >= cells_[below].size()) continue;
        const CellShape shape = cell_shape(cells_[below][column]);
        if (shape == CellShape::kEmpty) continue;
        ++filled;
        values += shape == CellShape::kText ? 0U : 1U;
      }
      if (filled == 0 || values * 2 < filled) continue;
      ++seen;
      agreeing += is_text ? 1U : 0U;
    }
    return share(agreeing, seen);
  }

  /// Whether a record stands above like the rows stand below: values where values are, no known name.
  bool looks_like_data(std::size_t index) const {
    const Shapes shapes = count_shapes(cells_[index]);
    return hits(index) == 0 && shapes.values() != 0 && shapes.values() * 4 >= cells_[index].size() && contrast(index) < 0.34;
  }

 private:
  const CsvReader::HeaderScore& header_score_;
  std::size_t width_;
  std::vector<std::vector<std::string>> cells_;
};

}  // namespace

HeaderGuess guess_header(const std::vector<RawRecord>& records, const Dialect& dialect, const CsvReader::HeaderScore& header_score,
                         std::uint64_t wanted) {
  HeaderGuess guess;
  if (wanted != 0 && wanted <= records.size()) {
    guess.index = static_cast<std::size_t>(wanted - 1);
    return guess;
  }
  const HeaderJudge judge(records, dialect, header_score);
  const std::size_t count = std::min(records.size(), kCandidates);
  bool has_best = false;
  std::size_t first = 0;
  double best = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (records[i].is_blank()) continue;
    const double value = judge.score(i);
    if (!has_best) first = i;
    if (!has_best || value > best + 1e-9) {
      guess.index = i;
      best = value;
      has_best = true;
    }
  }
  if (judge.looks_like_data(guess.index)) {
    guess.index = first;
    guess.has_header = !judge.looks_like_data(first);
  }
  guess.is_assumed = guess.index != first;
  return guess;
}

}  // namespace kpi
