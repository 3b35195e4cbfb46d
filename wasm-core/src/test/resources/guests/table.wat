;; Traps unless its table begins with one entry, grows by 100 and refuses to grow past 2^31.
(module
  (memory (export "memory") 1)
  (table $t 1 funcref)
  (func (export "_start")
    (if (i32.ne (table.size $t) (i32.const 1)) (then unreachable))
    (if (i32.ne (table.grow $t (ref.null func) (i32.const 100)) (i32.const 1)) (then unreachable))
    (if (i32.ne (table.grow $t (ref.null func) (i32.const 0x7fffffff)) (i32.const -1))
      (then unreachable))))
