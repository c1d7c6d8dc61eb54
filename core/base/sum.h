// Compensated summation (Neumaier 1974): the same digits on every target as long as the order is the same.
#pragma once

#include <cmath>

namespace kpi {

class Sum {
 public:
  void add(double value) {
    const double t = total_ + value;
    correction_ += std::fabs(total_) >= std::fabs(value) ? (total_ - t) + value : (value - t) + total_;
    total_ = t;
  }
  void add(const Sum& other) {
    add(other.total_);
    correction_ += other.correction_;
  }
  double value() const { return total_ + correction_; }

 private:
  double total_ = 0;
  double correction_ = 0;
};

}  // namespace kpi
