#include "core/ingest/raw_cells.h"

namespace kpi {

void RawCells::add(const Words& w, std::uint16_t code) {
  if (count_ >= kMaxCells) return;
  if (++count_ * 3 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.length != 0) place(slot);
    }
  }
  place({w.head, w.middle, w.tail, w.length, code});
}

void RawCells::place(const Slot& slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash({slot.head, slot.middle, slot.tail, slot.length}) & mask;
  while (slots_[i].length != 0) i = (i + 1) & mask;
  slots_[i] = slot;
}

}  // namespace kpi
