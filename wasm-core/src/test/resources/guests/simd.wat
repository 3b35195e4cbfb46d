;; Adds four numbers at once, and exits with the third sum.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (call $proc_exit
      (i32x4.extract_lane 2
        (i32x4.add (v128.const i32x4 1 2 3 4) (v128.const i32x4 10 20 4 40))))))
