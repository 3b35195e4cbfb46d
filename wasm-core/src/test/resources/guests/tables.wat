;; Grows its table by 1000 elements until it cannot, then exits with the number of thousands.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (table $t 0 funcref)
  (func (export "_start")
    (loop $more
      (br_if $more
        (i32.ne (table.grow $t (ref.null func) (i32.const 1000)) (i32.const -1))))
    (call $proc_exit (i32.div_u (table.size $t) (i32.const 1000)))))
