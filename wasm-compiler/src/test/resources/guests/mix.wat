;; A number that depends on all that an instance has for itself: memory, globals, tables.
(module
  (memory 1 40)
  (data (i32.const 16) "some bytes that every instance begins with")
  (type $step (func (param i32) (result i32)))
  (table $steps 4 funcref)
  (elem (table $steps) (i32.const 0) func $add $xor $rotate $add)
  (elem declare func $add $xor $rotate)
  (global $state (mut i32) (i32.const 1))
  (global $wide (mut i64) (i64.const 1))
  (func $add (param i32) (result i32) (i32.add (local.get 0) (global.get $state)))
  (func $xor (param i32) (result i32) (i32.xor (local.get 0) (i32.mul (global.get $state) (i32.const 31))))
  (func $rotate (param i32) (result i32) (i32.rotl (local.get 0) (global.get $state)))
  (func (export "mix") (param $seed i32) (param $turns i32) (result i32)
    (local $i i32) (local $at i32)
    (loop $turn
      (global.set $state (i32.add (i32.mul (global.get $state) (i32.const 69069)) (local.get $seed)))
      (global.set $wide (i64.add (i64.rotl (global.get $wide) (i64.const 7)) (i64.extend_i32_s (local.get $seed))))
      (local.set $at (i32.and (global.get $state) (i32.const 0xfffc)))
      (i32.store (local.get $at)
        (call_indirect (type $step)
          (i32.load (local.get $at))
          (i32.and (i32.shr_u (global.get $state) (i32.const 20)) (i32.const 3))))
      (if (i32.eqz (i32.rem_u (local.get $i) (i32.const 1000)))
        (then
          (drop (memory.grow (i32.const 1)))
          (table.set $steps (i32.and (local.get $seed) (i32.const 3)) (ref.func $rotate))
          (memory.copy (i32.const 100) (local.get $at) (i32.const 500))))
      (br_if $turn
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $turns))))
    (local.set $at (i32.const 0))
    (loop $sum
      (global.set $state
        (i32.add (i32.mul (global.get $state) (i32.const 31)) (i32.load (local.get $at))))
      (br_if $sum
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 65536))))
    (i32.xor
      (i32.add (global.get $state) (memory.size))
      (i32.wrap_i64 (global.get $wide)))))
