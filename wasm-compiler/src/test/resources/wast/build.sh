#!/usr/bin/env bash
# Rebuilds built/ from the .wast files with wabt's wast2json and, for what that does not know, with
# wasm-tools.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf built
mkdir built
for source in *.wast; do
  name=${source%.wast}
  if [[ $name == exceptions ]]; then
    wasm-tools json-from-wast "$source" --wasm-dir built --output "built/$name.json"
  else
    wast2json --enable-tail-call --enable-exceptions --enable-relaxed-simd \
      --enable-threads "$source" -o "built/$name.json"
  fi
done
ls built
