#!/usr/bin/env bash
# Rebuilds the .wasm files from the .wat and .c files beside them. Needs wabt's wat2wasm, and clang
# with wasi-libc (Debian: clang lld wasi-libc libclang-rt-dev-wasm32).
set -euo pipefail
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm --debug-names --enable-threads --enable-multi-memory "$source" -o "${source%.wat}.wasm"
done
for source in *.c; do
  clang --target=wasm32-wasi -O1 -Wall -Wextra -Wno-unused-result -Werror -Wl,--strip-all "$source" \
    -o "${source%.c}.wasm"
done
