// A value or the reason why there is none. The core has no exceptions.
#pragma once

#include <utility>
#include <variant>

#include "core/base/diagnostics.h"

namespace kpi {

/// Why a request or a step failed.
struct Error {
  Code code;
  Arguments arguments = {};
};

struct Ok {};

/// Check ok() before value() or error(): the other one is undefined.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  bool ok() const { return state_.index() == 0; }
  const T& value() const& { return *std::get_if<0>(&state_); }
  T& value() & { return *std::get_if<0>(&state_); }
  T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<Ok>;

}  // namespace kpi
