// Whose row it is: the same person, or the same account, over all tables that tell of touches, leads and deals.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

enum class TouchUnit : std::uint8_t {
  kAccount,  // everybody of an account is one: a deal is won with people, not with one person
  kPerson,
};

/// Rows of leads, deals, touchpoints and accounts that name the same lead or e-mail belong together, and so do their further rows; of an account, those that
/// name the same account by id or name as well. Names differ neither by case nor by blanks, '-' and '_'. What is blank joins nothing.
class TouchPersons {
 public:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;

  /// Cost    O(rows).
  TouchPersons(const Dataset& dataset, TouchUnit unit);

  /// The number of the row's person or account; kNobody where the row names none.
  std::uint32_t of(const FileTable& table, std::size_t row) const;

 private:
  std::uint32_t root(std::uint32_t node);
  std::uint32_t node_of(std::uint64_t id, std::uint64_t space);
  void add(const FileTable& table, TouchUnit unit);

  NumberMap nodes_;
  std::vector<std::uint32_t> parents_;
  std::map<const FileTable*, std::vector<std::uint32_t>> by_row_;
};

}  // namespace kpi
