#!/usr/bin/env bash
# Rebuilds the .wasm files from the .wat files beside them. Needs wabt's wat2wasm.
set -euo pipefail
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm --debug-names --enable-tail-call --enable-exceptions "$source" -o "${source%.wat}.wasm"
done
