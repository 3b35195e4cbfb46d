#!/usr/bin/env bash
# Rebuilds built/ from the .wast files with wabt's wast2json.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf built
mkdir built
for source in *.wast; do
  wast2json --enable-tail-call --enable-relaxed-simd "$source" -o "built/${source%.wast}.json"
done
ls built
