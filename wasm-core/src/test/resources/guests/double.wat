;; Doubles its memory until it cannot, then exits with the number of its pages: the attempt that
;; fails is one large allocation, which leaves the rest of the heap to others.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 2)
  (func (export "_start")
    (loop $more (br_if $more (i32.ne (memory.grow (memory.size)) (i32.const -1))))
    (call $proc_exit (memory.size))))
