;; Ends by proc_exit, once for each export.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $proc_exit (i32.const 0)) unreachable)
  (func (export "exit_3") (call $proc_exit (i32.const 3)) unreachable)
  (func (export "exit_max") (call $proc_exit (i32.const -1)) unreachable))
