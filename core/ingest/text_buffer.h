// A growing byte buffer with a readable margin behind its end, whose consumed front is given back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace kpi {

class TextBuffer {
 public:
  static constexpr std::size_t kMargin = 64;               // bytes behind the end that may be read
  static constexpr std::size_t kLimit = std::size_t{1} << 30;

  const std::uint8_t* data() const { return data_.get(); }
  std::uint8_t* data() { return data_.get(); }
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }
  std::span<const std::uint8_t> content() const { return {data_.get() + begin_, end_ - begin_}; }
  /// Forgets what lies before `position`.
  void consume_to(std::uint32_t position) { begin_ = position; }
  void grow(std::size_t count) { end_ += static_cast<std::uint32_t>(count); }
  /// Keeps the storage.
  void clear() { begin_ = end_ = 0; }

  /// Room for `count` bytes at the end, or null when memory is out. The content moves to the front: every position shrinks by the
  /// former begin(), which `shift` gets.
  std::uint8_t* room(std::size_t count, std::uint32_t& shift);

 private:
  std::unique_ptr<std::uint8_t[]> data_;
  std::size_t capacity_ = 0;
  std::uint32_t begin_ = 0, end_ = 0;
};

}  // namespace kpi
