;; Imports what no guest is given.
(module
  (import "env" "invent" (func))
  (import "wasi_snapshot_preview1" "no_such_call" (func))
  (import "wasi_snapshot_preview1" "proc_exit" (func (param i64)))
  (import "env" "memory" (memory 1))
  (func (export "_start")))
