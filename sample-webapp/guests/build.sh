#!/usr/bin/env bash
# Rebuilds the sample's own programs in the web application from the sources beside this script.
# Needs clang with wasi-libc (Debian: clang lld wasi-libc libclang-rt-dev-wasm32), rustc with the
# target wasm32-wasip1, Go 1.21 or later, and binaryen's wasm-opt.
set -euo pipefail
cd "$(dirname "$0")"
out=../src/main/webapp/WEB-INF/wasm
features="--enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue"

clang --target=wasm32-wasi -Oz -flto -Wall -Wextra -Werror -Wl,--strip-all -Wl,--lto-O2 hello.c -o "$out/hello-c.wasm"
rustc --target wasm32-wasip1 --edition 2021 -D warnings -C opt-level=z -C lto=fat -C panic=abort \
  -C codegen-units=1 -C strip=symbols hello.rs -o "$out/hello-rust.wasm"

clang --target=wasm32-wasi -O2 -Wall -Wextra -Werror -Wl,--strip-all primes.c -o "$out/primes-c.wasm"
rustc --target wasm32-wasip1 --edition 2021 -D warnings -C opt-level=2 -C lto=fat -C panic=abort \
  -C codegen-units=1 -C strip=symbols primes.rs -o "$out/primes-rust.wasm"
# Two megabytes, most of them Go's own runtime: not for the repository.
mkdir -p ../target
GOOS=wasip1 GOARCH=wasm go build -trimpath -ldflags="-s -w -buildid=" -o ../target/primes-go.wasm primes.go

for program in hello-c hello-rust primes-c primes-rust; do
  wasm-opt -Oz $features --strip-producers "$out/$program.wasm" -o "$out/$program.wasm"
done
ls -l "$out"/*.wasm ../target/primes-go.wasm
