;; Traps unless its memory, global and passive segment are as the module says; then spoils them.
(module
  (memory (export "memory") 1)
  (global $g (mut i32) (i32.const 5))
  (data $passive "P")
  (func (export "_start")
    (if (i32.ne (i32.load (i32.const 100)) (i32.const 0)) (then unreachable))
    (if (i32.ne (memory.size) (i32.const 1)) (then unreachable))
    (if (i32.ne (global.get $g) (i32.const 5)) (then unreachable))
    (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 1))
    (data.drop $passive)
    (global.set $g (i32.const 6))
    (drop (memory.grow (i32.const 1)))
    (i32.store (i32.const 100) (i32.const -1))))
