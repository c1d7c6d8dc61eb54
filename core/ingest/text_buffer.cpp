#include "core/ingest/text_buffer.h"

#include <cstring>
#include <new>

namespace kpi {

std::uint8_t* TextBuffer::room(std::size_t count, std::uint32_t& shift) {
  const std::size_t size = end_ - begin_;
  shift = begin_;
  if (count > kLimit || size + count > kLimit) return nullptr;
  const std::size_t wanted = size + count + kMargin;
  if (wanted > capacity_) {
    // A file that comes in equal chunks settles on one size; a record that spans many chunks doubles it.
    const std::size_t capacity = wanted < 2 * capacity_ && size > capacity_ / 2 ? 2 * capacity_ : wanted + 4096;
    std::unique_ptr<std::uint8_t[]> larger(new (std::nothrow) std::uint8_t[capacity]);
    if (larger == nullptr) return nullptr;
    if (size != 0) std::memcpy(larger.get(), data_.get() + begin_, size);
    data_ = std::move(larger);
    capacity_ = capacity;
  } else if (begin_ != 0 && size != 0) {
    std::memmove(data_.get(), data_.get() + begin_, size);
  }
  begin_ = 0;
  end_ = static_cast<std::uint32_t>(size);
  return data_.get() + end_;
}

}  // namespace kpi
