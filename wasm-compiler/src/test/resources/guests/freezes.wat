;; Calls the host from every kind of place: loops, recursion, branch tables, through a table, with
;; operands of every type left on the stack, and with memory, globals, tables and segments changed.
(module
  (import "h" "f" (func $host (param i32) (result i32)))
  (import "h" "many" (func $many (param i32) (result i32 f64)))
  (import "h" "quiet" (func $quiet))
  (memory (export "m") 1 4)
  (table $t (export "t") 4 8 funcref)
  (table $u (export "u") 2 funcref)
  (global $sum (mut i64) (i64.const 5))
  (global $shown (export "g") (mut f64) (f64.const 0.5))
  (elem (table $t) (i32.const 0) func $add $twice $deep $add)
  (elem $later func $twice $add)
  (data (i32.const 16) "frozen")
  (data $passive "later")

  (func $add (param $x i32) (result i32)
    (i32.add (call $host (local.get $x)) (local.get $x)))

  (func $twice (param $x i32) (result i32)
    (i32.sub (call $host (local.get $x)) (call $host (i32.add (local.get $x) (i32.const 1)))))

  (func $deep (param $n i32) (result i32)
    (if (result i32) (i32.eqz (local.get $n))
      (then (call $host (i32.const 1000)))
      (else
        (i32.add
          (i32.mul (local.get $n) (call $deep (i32.sub (local.get $n) (i32.const 1))))
          (call $host (local.get $n))))))

  ;; Operands of four types wait on the stack.
  (func $operands (param $i i32) (param $j i64) (param $f f32) (param $d f64) (result f64)
    (f64.add
      (f64.convert_i64_s (i64.mul (local.get $j) (i64.extend_i32_s (call $host (local.get $i)))))
      (f64.mul
        (f64.promote_f32 (f32.sub (local.get $f) (f32.convert_i32_s (call $host (i32.const 7)))))
        (f64.div (local.get $d) (f64.convert_i32_s (call $host (i32.const 8)))))))

  (func $results (param $x i32) (result i32 f64)
    (call $many (local.get $x)))

  (func $branches (param $n i32) (result i32)
    (local $i i32) (local $acc i32) (local $never i64)
    (loop $turn
      (block $d (block $c (block $b (block $a
        (br_table $a $b $c $d (i32.rem_u (local.get $i) (i32.const 5))))
        (local.set $acc (i32.add (local.get $acc) (call $host (local.get $i))))
        (br $d))
        (call $quiet)
        (local.set $acc (i32.xor (local.get $acc) (i32.const 77)))
        (br $d))
        (local.set $acc
          (i32.add (local.get $acc) (call_indirect $t (param i32) (result i32)
            (local.get $i) (i32.and (local.get $i) (i32.const 1))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $turn (i32.lt_u (local.get $i) (local.get $n))))
    (i32.add (local.get $acc) (i32.wrap_i64 (local.get $never))))

  (func $state
    (i32.store (i32.const 40) (call $host (i32.const 1)))
    (drop (memory.grow (i32.const 1)))
    (i32.store (i32.const 70000) (call $host (memory.size)))
    (memory.init $passive (i32.const 100) (i32.const 0) (i32.const 5))
    (data.drop $passive)
    (global.set $sum (i64.add (global.get $sum) (i64.extend_i32_s (call $host (i32.const 3)))))
    (global.set $shown (f64.convert_i32_s (call $host (i32.const 4))))
    (drop (table.grow $t (ref.func $twice) (i32.const 2)))
    (table.init $t $later (i32.const 2) (i32.const 0) (i32.const 2))
    (table.set $u (i32.const 1) (ref.func $add))
    (call $quiet)
    (elem.drop $later)
    (i32.store (i32.const 44)
      (call_indirect $u (param i32) (result i32) (i32.const 9) (i32.const 1)))
    (i32.store (i32.const 48)
      (call_indirect $t (param i32) (result i32) (i32.const 9) (i32.const 5))))

  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $d f64)
    (local.set $i (call $branches (local.get $n)))
    (call $state)
    (local.set $i (i32.add (local.get $i) (call $deep (local.get $n))))
    (call $results (local.get $i))
    (local.set $d)
    (local.set $i (i32.add (local.get $i)))
    (local.set $d (f64.add (local.get $d)
      (call $operands (local.get $i) (i64.const -9) (f32.const 2.5) (f64.const 1e3))))
    (i64.add
      (i64.add (global.get $sum) (i64.extend_i32_s (local.get $i)))
      (i64.trunc_sat_f64_s (local.get $d))))

  (func $fail (param $n i32)
    (if (i32.eqz (local.get $n))
      (then (i32.store (i32.const -4) (call $host (i32.const 1))))
      (else (call $fail (i32.sub (local.get $n) (i32.const 1))))))

  ;; Traps after the host has been called.
  (func (export "trap") (param $n i32)
    (call $fail (local.get $n))
    (call $quiet))

  (func $tail (param $x i32) (result i32)
    (drop (call $host (local.get $x)))
    (return_call $add (local.get $x)))

  (func (export "tail") (result i32)
    (call $tail (i32.const 3)))

  (func (export "dropped")
    (memory.init $passive (i32.const 100) (i32.const 0) (i32.const 1))))
