#!/usr/bin/env bash
# Rebuilds the .wasm files from the .c files beside them. Needs clang with wasi-libc (Debian: clang
# lld wasi-libc libclang-rt-dev-wasm32) and binaryen's wasm-opt.
set -euo pipefail
cd "$(dirname "$0")"
for source in *.c; do
  guest=${source%.c}
  # Linked without -O, for which clang would have wasm-opt drop the names: backtraces show them.
  clang --target=wasm32-wasi -O1 -Wall -Wextra -Werror -Wno-unused-result -Wno-infinite-recursion \
    -c "$source" -o "$guest.o"
  clang --target=wasm32-wasi "$guest.o" -o "$guest.wasm"
  rm "$guest.o"
  wasm-opt --strip-dwarf --debuginfo "$guest.wasm" -o "$guest.wasm"
done
ls -l -- *.wasm
