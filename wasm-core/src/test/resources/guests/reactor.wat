;; A reactor: _initialize must have run before another export is called. The entry point traps
;; where it has not, and has a result that nobody asks for.
(module
  (memory (export "memory") 1)
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 1)))
  (func (export "serve") (result i32)
    (if (i32.eqz (global.get $ready)) (then unreachable))
    (i32.const 7)))
