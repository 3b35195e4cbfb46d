;; Grows two memories by turns until neither can, then exits with the number of all pages.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (memory $second 1)
  (func (export "_start")
    (loop $more
      (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))
      (br_if $more (i32.ne (memory.grow $second (i32.const 1)) (i32.const -1))))
    (call $proc_exit (i32.add (memory.size) (memory.size $second)))))
