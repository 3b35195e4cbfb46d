;; Grows its table until it cannot, by 1000 elements or by 100,000, then exits with the number of
;; thousands.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (table $t 0 funcref)
  (func (export "_start") (call $grow (i32.const 1000)))
  (func (export "fast") (call $grow (i32.const 100000)))
  (func $grow (param $step i32)
    (loop $more
      (br_if $more
        (i32.ne (table.grow $t (ref.null func) (local.get $step)) (i32.const -1))))
    (call $proc_exit (i32.div_u (table.size $t) (i32.const 1000)))))
