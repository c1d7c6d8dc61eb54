// What a file is by its first bytes, never by its name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/base/result.h"

namespace kpi {

/// Why these first bytes of a file are not delimited text: file_is_image, file_is_pdf, file_is_xlsx, file_is_xls, file_is_encrypted,
/// file_is_zip. Nothing: it may be text. `head` should hold the first 64 KB: the parts of containers are looked up by name in it.
std::optional<Error> refuse_by_signature(std::span<const std::uint8_t> head);

}  // namespace kpi
