// The hot path into a dictionary: texts as three words, exact up to 24 bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/table/dictionary.h"

namespace kpi {

class DictionaryKernel {
 public:
  struct Words {
    std::uint64_t head, middle, tail;
    std::uint32_t length;
  };

  /// The words of a text of which 16 bytes from its start may be read, whatever its length.
  [[gnu::always_inline]] static Words words_padded(const char* text, std::uint32_t length) {
    Words words{load(text), 0, 0, length};
    if (length <= 8) {
      words.head = length == 0 ? 0 : words.head << (64 - 8 * length) >> (64 - 8 * length);
    } else if (length <= 16) {
      words.middle = load(text + 8) << (128 - 8 * length) >> (128 - 8 * length);
    } else {
      words.middle = load(text + 8);
      words.tail = load(text + length - 8);
    }
    return words;
  }
  /// The same words without reading past the end.
  static Words words(std::string_view text) {
    if (text.size() > 16) return words_padded(text.data(), static_cast<std::uint32_t>(text.size()));
    char padded[16] = {};
    if (!text.empty()) std::memcpy(padded, text.data(), text.size());
    return words_padded(padded, static_cast<std::uint32_t>(text.size()));
  }
  static std::uint32_t hash(const Words& w) {
    std::uint64_t h = (w.head ^ (w.middle << 23 | w.middle >> 41) ^ (w.tail << 47 | w.tail >> 17) ^ w.length) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::uint32_t>((h ^ h >> 29) >> 20);
  }
  static bool is_equal(const Dictionary& dictionary, const Dictionary::Slot& slot, const Words& w, std::string_view text) {
    return ((slot.head ^ w.head) | (slot.middle ^ w.middle) | (slot.tail ^ w.tail) | (slot.length ^ w.length)) == 0 &&
           (w.length <= 24 || dictionary.text(static_cast<std::uint16_t>(slot.code)) == text);
  }
  /// The code in a text's first slot if that slot holds it, else kMissing. `slots` and `mask` are those of slots_of(), which any
  /// intern outdates. Texts of more than 24 bytes go the long way.
  using Slot = Dictionary::Slot;
  static const Slot* slots_of(const Dictionary& dictionary, std::size_t& mask) {
    mask = dictionary.slots_.size() - 1;
    return dictionary.slots_.data();
  }
  [[gnu::always_inline]] static std::uint16_t find_first(const Slot* slots, std::size_t mask, const Words& w) {
    const Slot& slot = slots[hash(w) & mask];
    const bool is_same = ((slot.head ^ w.head) | (slot.middle ^ w.middle) | (slot.tail ^ w.tail) | (slot.length ^ w.length)) == 0;
    return is_same && w.length <= 24 ? static_cast<std::uint16_t>(slot.code) : Dictionary::kMissing;
  }
  /// The code of a text, or kMissing when it is not there: the caller then goes through intern. `text` is not empty.
  static std::uint16_t find(const Dictionary& dictionary, const Words& w, std::string_view text) {
    const Dictionary::Slot* slots = dictionary.slots_.data();
    const std::size_t mask = dictionary.slots_.size() - 1;
    for (std::size_t i = hash(w) & mask; slots[i].code != 0; i = (i + 1) & mask) {
      if (is_equal(dictionary, slots[i], w, text)) return static_cast<std::uint16_t>(slots[i].code);
    }
    return Dictionary::kMissing;
  }
  static std::uint16_t intern(Dictionary& dictionary, const Words& w, std::string_view text) {
    const std::uint32_t index = hash(w) & static_cast<std::uint32_t>(dictionary.slots_.size() - 1);
    return dictionary.intern_slow(text, {w.head, w.middle, w.tail, w.length, 0}, index);
  }

 private:
  static std::uint64_t load(const char* p) {
    std::uint64_t word;
    std::memcpy(&word, p, sizeof word);
    return word;
  }
};

}  // namespace kpi
