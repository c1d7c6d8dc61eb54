#include "core/table/dictionary.h"

#include "core/table/fingerprint.h"

namespace kpi {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::uint32_t hash_of(std::string_view text) { return static_cast<std::uint32_t>(fingerprint(text)); }

}  // namespace

Dictionary::Dictionary() : slots_(kFirstSlots), offsets_{0, 0} {}

std::size_t Dictionary::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].code != 0 && (slots_[i].hash != hash || this->text(static_cast<std::uint16_t>(slots_[i].code)) != text)) i = (i + 1) & mask;
  return i;
}

std::uint16_t Dictionary::intern(std::string_view text) {
  if (text.empty()) return kMissing;
  const std::uint32_t hash = hash_of(text);
  const std::size_t slot = slot_of(text, hash);
  if (slots_[slot].code != 0) return static_cast<std::uint16_t>(slots_[slot].code);
  if (size() >= kRest || bytes_.size() + text.size() > 0xFFFFFFFFU) {
    full_ = true;
    return kRest;
  }
  const auto code = static_cast<std::uint16_t>(size());
  slots_[slot] = {hash, code};
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  if (size() * 2 > slots_.size()) rehash();
  return code;
}

std::uint16_t Dictionary::find(std::string_view text) const {
  if (text.empty()) return kMissing;
  return static_cast<std::uint16_t>(slots_[slot_of(text, hash_of(text))].code);
}

std::string_view Dictionary::text(std::uint16_t code) const {
  if (code >= size()) return {};
  return {bytes_.data() + offsets_[code], offsets_[code + std::size_t{1}] - offsets_[code]};
}

std::size_t Dictionary::bytes() const {
  return slots_.capacity() * sizeof(Slot) + bytes_.capacity() + offsets_.capacity() * sizeof(std::uint32_t);
}

void Dictionary::rehash() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.code == 0) continue;
    std::size_t i = slot.hash & mask;
    while (slots_[i].code != 0) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

}  // namespace kpi
