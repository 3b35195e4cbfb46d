#!/usr/bin/env bash
# Rebuilds the .wasm files from the sources beside them. Needs clang with wasi-libc (Debian: clang lld
# wasi-libc libclang-rt-dev-wasm32) and wabt's wat2wasm.
set -euo pipefail
cd "$(dirname "$0")"
for guest in response upload; do
  clang --target=wasm32-wasi -O2 -Wall -Wextra -Werror -Wl,--strip-all "$guest.c" -o "$guest.wasm"
done
wat2wasm nothing.wat -o nothing.wasm
ls -l -- *.wasm
