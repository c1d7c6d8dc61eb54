// A value or the reason why there is none. The core has no exceptions.
#pragma once

#include <optional>
#include <utility>

#include "core/base/diagnostics.h"

namespace kpi {

/// Why a request or a step failed.
struct Error {
  Code code;
  Arguments arguments = {};
};

namespace detail {

/// An error, or none. Errors are rare and everything passes results on, so one pointer travels and the code for the rest exists once.
class ErrorHolder {
 public:
  ErrorHolder() = default;
  explicit ErrorHolder(const Error& error);
  ErrorHolder(const ErrorHolder& other);
  ErrorHolder(ErrorHolder&& other) noexcept : error_(std::exchange(other.error_, nullptr)) {}
  ErrorHolder& operator=(ErrorHolder other) noexcept {
    std::swap(error_, other.error_);
    return *this;
  }
  ~ErrorHolder() {
    if (error_ != nullptr) destroy(error_);
  }
  bool is_empty() const { return error_ == nullptr; }
  const Error& get() const { return *error_; }

 private:
  static void destroy(const Error* error);
  const Error* error_ = nullptr;
};

}  // namespace detail

struct Ok {};

/// Check ok() before value() or error(): the other one is undefined.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(const Error& error) : error_(error) {}
  bool ok() const { return error_.is_empty(); }
  const T& value() const& { return *value_; }
  T& value() & { return *value_; }
  T&& value() && { return std::move(*value_); }
  const Error& error() const { return error_.get(); }

 private:
  std::optional<T> value_;
  detail::ErrorHolder error_;
};

using Status = Result<Ok>;

}  // namespace kpi
