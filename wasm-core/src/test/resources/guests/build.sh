#!/usr/bin/env bash
# Rebuilds the .wasm files from the sources beside them. Needs wabt's wat2wasm, python3, and clang
# with wasi-libc (Debian: clang lld wasi-libc libclang-rt-dev-wasm32).
set -euo pipefail
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm --debug-names --enable-exceptions --enable-threads --enable-multi-memory \
    --enable-memory64 "$source" -o "${source%.wat}.wasm"
done
text=$(mktemp)
bash interpreted.sh > "$text"
wat2wasm --enable-multi-memory "$text" -o interpreted.wasm
rm "$text"
python3 newer.py
for source in *.c; do
  clang --target=wasm32-wasi -O1 -Wall -Wextra -Wno-unused-result -Werror -Wl,--strip-all "$source" \
    -o "${source%.c}.wasm"
done
