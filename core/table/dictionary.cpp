#include "core/table/dictionary.h"

#include <cstring>

#include "core/table/dictionary_kernel.h"

namespace kpi {
namespace {

constexpr std::size_t kFirstSlots = 64;

}  // namespace

Dictionary::Dictionary() : slots_(kFirstSlots), offsets_{0, 0} {}

std::uint16_t Dictionary::intern(std::string_view text) {
  if (text.empty()) return kMissing;
  const DictionaryKernel::Words words = DictionaryKernel::words(text);
  return DictionaryKernel::intern(*this, words, text);
}

std::uint16_t Dictionary::find(std::string_view text) const {
  if (text.empty()) return kMissing;
  const DictionaryKernel::Words words = DictionaryKernel::words(text);
  return DictionaryKernel::find(*this, words, text);
}

std::string_view Dictionary::text(std::uint16_t code) const {
  if (code >= size()) return {};
  return {bytes_.data() + offsets_[code], offsets_[code + std::size_t{1}] - offsets_[code]};
}

std::size_t Dictionary::bytes() const {
  return slots_.capacity() * sizeof(Slot) + bytes_.capacity() + offsets_.capacity() * sizeof(std::uint32_t);
}

std::uint16_t Dictionary::intern_slow(std::string_view text, const Slot& wanted, std::uint32_t index) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = index;
  for (; slots_[i].code != 0; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.head == wanted.head && slot.middle == wanted.middle && slot.tail == wanted.tail && slot.length == wanted.length &&
        (text.size() <= 24 || this->text(static_cast<std::uint16_t>(slot.code)) == text)) {
      return static_cast<std::uint16_t>(slot.code);
    }
  }
  if (size() >= kRest || bytes_.size() + text.size() > 0xFFFFFFFFU) {
    full_ = true;
    return kRest;
  }
  const auto code = static_cast<std::uint16_t>(size());
  slots_[i] = wanted;
  slots_[i].code = code;
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  if (size() * 2 > slots_.size()) rehash();
  return code;
}

void Dictionary::rehash() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.code == 0) continue;
    std::size_t i = DictionaryKernel::hash({slot.head, slot.middle, slot.tail, slot.length}) & mask;
    while (slots_[i].code != 0) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

}  // namespace kpi
