;; A memory whose addresses have 64 bits.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") i64 1)
  (func (export "_start")
    (i32.store (i64.const 8) (i32.const 7))
    (call $proc_exit (i32.load (i64.const 8)))))
