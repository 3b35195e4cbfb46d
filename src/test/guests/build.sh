#!/usr/bin/env bash
# Rebuilds cgi-probe.wasm. Needs clang with wasi-libc (Debian: clang lld wasi-libc
# libclang-rt-dev-wasm32) and binaryen's wasm-opt.
set -euo pipefail
cd "$(dirname "$0")"
# Linked without -O, for which clang would have wasm-opt drop the names: backtraces show them.
clang --target=wasm32-wasi -O1 -Wall -Wextra -Werror -Wno-unused-result -c cgi-probe.c -o cgi-probe.o
clang --target=wasm32-wasi cgi-probe.o -o cgi-probe.wasm
rm cgi-probe.o
wasm-opt --strip-dwarf --debuginfo cgi-probe.wasm -o cgi-probe.wasm
ls -l cgi-probe.wasm
