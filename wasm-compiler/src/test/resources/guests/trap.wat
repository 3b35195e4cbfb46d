;; Traps three calls deep.
(module
  (memory 1)
  (type $deed (func (param i32) (result i32)))
  (table funcref (elem $unreachable $outside $by_zero $mismatch $overflow))
  (func $unreachable (param i32) (result i32) unreachable)
  (func $outside (param i32) (result i32) (i32.load (i32.sub (i32.const -1) (local.get 0))))
  (func $by_zero (param $n i32) (result i32)
    (i32.div_s (local.get $n) (i32.sub (local.get $n) (local.get $n))))
  (func $overflow (param i32) (result i32) (i32.trunc_f64_s (f64.const 1e10)))
  (func $mismatch (param i32) (result i32)
    (call_indirect (result i64) (i32.const 0))
    (i32.wrap_i64))
  (func $middle (param $deed i32) (result i32)
    (i32.add
      (call_indirect (type $deed) (local.get $deed) (local.get $deed))
      (i32.const 1)))
  (func $outer (export "trap") (param i32) (result i32)
    (i32.mul (call $middle (local.get 0)) (i32.const 2))))
