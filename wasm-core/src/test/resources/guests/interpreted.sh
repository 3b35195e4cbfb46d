#!/usr/bin/env bash
# Writes the text of a module with a function that the engine interprets: there is a second memory,
# which only the engine has, and the function is too large for a JVM method. It loops for ever, by
# another instruction for each entry point.
set -euo pipefail

cat <<'TEXT'
(module
  (memory (export "memory") 1)
  (memory 1)
  (func (export "br_if") (call $loop (i32.const 0)))
  (func (export "br_table") (call $loop (i32.const 1)))
  (func (export "br") (call $loop (i32.const 2)))
  (func $loop (param $how i32)
TEXT
for _ in $(seq 10000); do
  echo "    (i32.store (i32.const 0) (local.get 0))"
done
cat <<'TEXT'
    (if (i32.eq (local.get $how) (i32.const 0)) (then (loop $l (br_if $l (i32.const 1)))))
    (if (i32.eq (local.get $how) (i32.const 1)) (then (loop $l (br_table $l $l (i32.const 0)))))
    (loop $l (br $l))))
TEXT
