// 16 bytes at once, where the target can.
#pragma once

#include <cstdint>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kpi::simd {

#if defined(__wasm_simd128__)
#define KPI_SIMD 1
using Vector = v128_t;
[[gnu::always_inline]] inline Vector splat(char c) { return wasm_i8x16_splat(static_cast<std::int8_t>(c)); }
[[gnu::always_inline]] inline Vector load(const std::uint8_t* p) { return wasm_v128_load(p); }
[[gnu::always_inline]] inline Vector equal(Vector a, Vector b) { return wasm_i8x16_eq(a, b); }
[[gnu::always_inline]] inline Vector either(Vector a, Vector b) { return wasm_v128_or(a, b); }
/// The top bit of each byte.
[[gnu::always_inline]] inline std::uint64_t bits(Vector v) { return static_cast<std::uint32_t>(wasm_i8x16_bitmask(v)); }
#elif defined(__SSE2__)
#define KPI_SIMD 1
using Vector = __m128i;
[[gnu::always_inline]] inline Vector splat(char c) { return _mm_set1_epi8(c); }
[[gnu::always_inline]] inline Vector load(const std::uint8_t* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
[[gnu::always_inline]] inline Vector equal(Vector a, Vector b) { return _mm_cmpeq_epi8(a, b); }
[[gnu::always_inline]] inline Vector either(Vector a, Vector b) { return _mm_or_si128(a, b); }
/// The top bit of each byte.
[[gnu::always_inline]] inline std::uint64_t bits(Vector v) { return static_cast<std::uint32_t>(_mm_movemask_epi8(v)); }
#endif

/// Whether these 64 bytes are ASCII.
[[gnu::always_inline]] inline bool is_ascii_block(const std::uint8_t* p) {
#ifdef KPI_SIMD
  return bits(either(either(load(p), load(p + 16)), either(load(p + 32), load(p + 48)))) == 0;
#else
  std::uint8_t all = 0;
  for (unsigned i = 0; i < 64; ++i) all |= p[i];
  return all < 0x80;
#endif
}

}  // namespace kpi::simd
