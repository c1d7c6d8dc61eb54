// Two functions of libc that only the JSON library calls, replaced at link time (-Wl,--wrap, see README.md): libc's bring formatted
// output and 128-bit arithmetic in software with them, a twentieth of the module.
#include <cmath>
#include <cstddef>
#include <cstring>

#include "core/base/number.h"

extern "C" {

/// The JSON library has checked the number's form: digits, perhaps a fraction and an exponent, nothing else.
double __wrap_strtod(const char* text, char** end) {
  *end = const_cast<char*>(text) + std::strlen(text);
  return kpi::parse_number(text).value_or(HUGE_VAL);  // too large for a double: the library refuses what is not finite
}

/// Formats control characters for the text of an exception that is never thrown: the parser's answer is yes or no.
int __wrap_snprintf(char* out, std::size_t size, const char*, ...) {
  if (size != 0) out[0] = 0;
  return 0;
}
}
