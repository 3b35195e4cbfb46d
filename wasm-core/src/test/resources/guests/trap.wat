;; One trap for each export.
(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (func $divide (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
  (func $average (result i32) (call $divide (i32.const 0)))
  (func (export "_start") (drop (call $average)))
  (func $recurse (param i32) (result i32) (i32.add (i32.const 1) (call $recurse (local.get 0))))
  (func (export "exhaust_stack") (drop (call $recurse (i32.const 0))))
  (func (export "out_of_bounds") (drop (i32.load (i32.const 65536))))
  (func (export "unreachable") unreachable)
  (func (export "undefined_element") (call_indirect (i32.const 9)))
  (func $spin (export "spin") (loop (br 0))))
