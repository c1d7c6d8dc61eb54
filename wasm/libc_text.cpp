// Three functions of libc that only the JSON library and embind call, replaced at link time (-Wl,--wrap, see README.md): libc's bring formatted
// output and 128-bit arithmetic in software with them, a twentieth of the module.
#include <cmath>
#include <cstdarg>
#include <cstddef>
#include <cstring>

#include "core/base/number.h"

namespace {

/// Hexadecimal numbers of a fixed width and nothing else. Gives the length; what does not fit is cut.
int write_text(char* out, std::size_t size, const char* format, std::va_list arguments) {
  std::size_t length = 0;
  const auto put = [&](char c) {
    if (length + 1 < size) out[length] = c;
    ++length;
  };
  for (const char* f = format; *f != 0; ++f) {
    if (*f != '%') {
      put(*f);
      continue;
    }
    int width = 8;
    for (++f; *f != 'x' && *f != 'X' && *f != 'p' && *f != 0; ++f) {
      if (*f >= '0' && *f <= '9') width = *f - '0';
    }
    if (*f == 0) break;
    const unsigned value = va_arg(arguments, unsigned);
    for (int digit = width - 1; digit >= 0; --digit) put((*f == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[value >> (4 * digit) & 15U]);
  }
  if (size != 0) out[length < size ? length : size - 1] = 0;
  return static_cast<int>(length);
}

}  // namespace

extern "C" {

/// The JSON library has checked the number's form: digits, perhaps a fraction and an exponent, nothing else.
double __wrap_strtod(const char* text, char** end) {
  *end = const_cast<char*>(text) + std::strlen(text);
  return kpi::parse_number(text).value_or(HUGE_VAL);  // too large for a double: the library refuses what is not finite
}

/// As the JSON library asks: "\\u%04x" for control characters in texts, "<U+%.4X>" and "%.2hhX" in messages.
int __wrap_snprintf(char* out, std::size_t size, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  const int length = write_text(out, size, format, arguments);
  va_end(arguments);
  return length;
}

/// As embind asks: "%p" for a type without a name, into 80 bytes. siprintf is what clang makes of a sprintf without fractions.
int __wrap_siprintf(char* out, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  const int length = write_text(out, 80, format, arguments);
  va_end(arguments);
  return length;
}
}
