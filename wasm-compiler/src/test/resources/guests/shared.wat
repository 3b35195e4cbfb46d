;; Uses what others have: a memory, and a function that may be another instance's.
(module
  (import "env" "memory" (memory 1))
  (import "env" "twice" (func $twice (param i32) (result i32)))
  (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func (export "store_twice") (param $at i32) (param $x i32)
    (i32.store (local.get $at) (call $twice (local.get $x))))
  (func (export "load") (param $at i32) (result i32) (i32.load (local.get $at)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
