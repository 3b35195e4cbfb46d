// Loops over 64 KiB, by numbers and by vectors. Built by:
// clang --target=wasm32-wasi -O2 -msimd128 -fno-vectorize -fno-slp-vectorize -c vectors.c
// wasm-ld --no-entry --strip-all vectors.o -o vectors.wasm
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define SIZE 65536

static unsigned char bytes[SIZE];
static float xs[SIZE / 4], ys[SIZE / 4];
static unsigned words[SIZE / 4];

EXPORT("fill") void fill(void) {
  for (int i = 0; i < SIZE; i++) bytes[i] = i % 7 + 1;
  for (int i = 0; i < SIZE / 4; i++) {
    xs[i] = i % 97;
    ys[i] = i % 89;
    words[i] = i * 2654435761u;
  }
}

EXPORT("memchr-scalar") int memchr_scalar(int c) {
  for (int i = 0; i < SIZE; i++)
    if (bytes[i] == c) return i;
  return -1;
}

EXPORT("memchr-vector") int memchr_vector(int c) {
  v128_t wanted = wasm_i8x16_splat(c);
  for (int i = 0; i < SIZE; i += 16) {
    int found = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(bytes + i), wanted));
    if (found) return i + __builtin_ctz(found);
  }
  return -1;
}

EXPORT("saxpy-scalar") float saxpy_scalar(float a) {
  for (int i = 0; i < SIZE / 4; i++) ys[i] += a * xs[i];
  return ys[5];
}

EXPORT("saxpy-vector") float saxpy_vector(float a) {
  v128_t factor = wasm_f32x4_splat(a);
  for (int i = 0; i < SIZE / 4; i += 4) {
    v128_t sum =
        wasm_f32x4_add(wasm_v128_load(ys + i), wasm_f32x4_mul(factor, wasm_v128_load(xs + i)));
    wasm_v128_store(ys + i, sum);
  }
  return ys[5];
}

// Eight rounds of addition, exclusive or and rotation, as ciphers have them.
EXPORT("rounds-scalar") unsigned rounds_scalar(void) {
  for (int i = 0; i < SIZE / 4; i += 8)
    for (int lane = 0; lane < 4; lane++) {
      unsigned a = words[i + lane], b = words[i + 4 + lane];
      for (int round = 0; round < 8; round++) {
        a += b;
        b = (b ^ a) << 7 | (b ^ a) >> 25;
      }
      words[i + lane] = a;
      words[i + 4 + lane] = b;
    }
  return words[9];
}

EXPORT("rounds-vector") unsigned rounds_vector(void) {
  for (int i = 0; i < SIZE / 4; i += 8) {
    v128_t a = wasm_v128_load(words + i), b = wasm_v128_load(words + i + 4);
    for (int round = 0; round < 8; round++) {
      a = wasm_i32x4_add(a, b);
      b = wasm_v128_xor(b, a);
      b = wasm_v128_or(wasm_i32x4_shl(b, 7), wasm_u32x4_shr(b, 25));
    }
    wasm_v128_store(words + i, a);
    wasm_v128_store(words + i + 4, b);
  }
  return words[9];
}
