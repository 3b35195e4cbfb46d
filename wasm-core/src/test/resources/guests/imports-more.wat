;; Imports a function that nobody provides, and one with another type; calls the first if it has an
;; argument, and the second if it has two.
(module
  (import "env" "invent" (func $invent (param i32) (result i64)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (if (i32.eq (i32.load (i32.const 0)) (i32.const 2))
      (then (drop (call $invent (i32.const 1)))))
    (if (i32.eq (i32.load (i32.const 0)) (i32.const 3))
      (then (drop (call $yield (i32.const 1)))))
    (call $proc_exit (i32.const 7))))
