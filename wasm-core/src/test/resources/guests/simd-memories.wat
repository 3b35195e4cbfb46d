;; Has vector instructions, and two memories: no engine here runs both.
(module
  (memory (export "memory") 1)
  (memory $second 1)
  (func (export "_start")
    (i32.store8 $second (i32.const 0) (i32.const 1))
    (v128.store (i32.const 0) (i8x16.splat (i32.const 1)))))
