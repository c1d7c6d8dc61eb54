// A growing array in fixed segments: no copy on growth, no slack beyond one segment, failure reported instead of thrown.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace kpi {

constexpr std::size_t kSegmentRows = 65536;

template <class T>
class Segmented {
 public:
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return segments_[i / kSegmentRows][i % kSegmentRows]; }
  T& operator[](std::size_t i) { return segments_[i / kSegmentRows][i % kSegmentRows]; }
  std::size_t segment_count() const { return segments_.size(); }
  const T* segment(std::size_t s) const { return segments_[s].get(); }
  std::size_t segment_size(std::size_t s) const {
    return s + 1 < segments_.size() ? kSegmentRows : size_ - s * kSegmentRows;
  }
  /// Room for `count` (at most what is left in the current segment) values at the end, or null when memory is out.
  /// The caller writes them, then calls grow(count).
  T* tail() {
    if (size_ == segments_.size() * kSegmentRows) {
      T* memory = new (std::nothrow) T[kSegmentRows];
      if (memory == nullptr) return nullptr;
      segments_.emplace_back(memory);
    }
    return segments_.back().get() + size_ % kSegmentRows;
  }
  std::size_t tail_room() const { return kSegmentRows - size_ % kSegmentRows; }
  void grow(std::size_t count) { size_ += count; }
  [[nodiscard]] bool push_back(T value) {
    T* slot = tail();
    if (slot == nullptr) return false;
    *slot = value;
    grow(1);
    return true;
  }
  std::size_t bytes() const { return segments_.size() * kSegmentRows * sizeof(T); }

 private:
  std::vector<std::unique_ptr<T[]>> segments_;
  std::size_t size_ = 0;
};

}  // namespace kpi
