// A growing array in fixed segments: no copy on growth, no slack beyond one segment, failure reported instead of thrown.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace kpi {

constexpr std::size_t kSegmentRows = 65536;

/// Small tables stay small: the first segment grows by doubling (the only copying there is), all others are whole.
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
  /// Calls each(position of the first value, values, how many) for every segment, so that loops over rows run over plain memory.
  template <class Each>
  void for_segments(Each each) const {
    for (std::size_t s = 0; s < segments_.size(); ++s) each(s * kSegmentRows, static_cast<const T*>(segments_[s].get()), segment_size(s));
  }
  /// Room for tail_room() values at the end, or null when memory is out. The caller writes at most so many, then calls grow(count).
  T* tail() {
    if (size_ == capacity_ && !extend()) return nullptr;
    return segments_.back().get() + size_ % kSegmentRows;
  }
  std::size_t tail_room() const { return size_ == capacity_ ? extension() : capacity_ - size_; }
  void grow(std::size_t count) { size_ += count; }
  [[nodiscard]] bool push_back(T value) {
    T* slot = tail();
    if (slot == nullptr) return false;
    *slot = value;
    grow(1);
    return true;
  }
  std::size_t bytes() const { return capacity_ * sizeof(T); }

 private:
  static constexpr std::size_t kFirstRows = 256;
  std::size_t extension() const {
    if (capacity_ >= kSegmentRows) return kSegmentRows;
    return capacity_ == 0 ? kFirstRows : capacity_;
  }
  bool extend() {
    const bool is_first = capacity_ < kSegmentRows;
    T* memory = new (std::nothrow) T[is_first ? capacity_ + extension() : kSegmentRows];
    if (memory == nullptr) return false;
    capacity_ += extension();
    if (is_first && !segments_.empty()) {
      for (std::size_t i = 0; i < size_; ++i) memory[i] = segments_[0][i];
      segments_[0].reset(memory);
    } else {
      segments_.emplace_back(memory);
    }
    return true;
  }
  std::vector<std::unique_ptr<T[]>> segments_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace kpi
