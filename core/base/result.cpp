#include "core/base/result.h"

namespace kpi::detail {

ErrorHolder::ErrorHolder(const Error& error) : error_(new Error(error)) {}

ErrorHolder::ErrorHolder(const ErrorHolder& other) : error_(other.error_ == nullptr ? nullptr : new Error(*other.error_)) {}

void ErrorHolder::destroy(const Error* error) { delete error; }

}  // namespace kpi::detail
