;; Atomic instructions on a memory that is not shared.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.atomic.store (i32.const 0) (i32.const 7))
    (call $proc_exit (i32.atomic.load (i32.const 0)))))
