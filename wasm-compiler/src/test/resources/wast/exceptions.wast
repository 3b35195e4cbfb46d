;; What is thrown, and what catches it (core specification, 4.4.8).

(module
  (tag $none)
  (tag $number (param i32))
  (tag $all (param i32 i64 f32 f64))
  (memory 1)
  (global $count (mut i32) (i32.const 0))
  (table funcref (elem $throwing))
  (type $thrower (func (param i32) (result i32)))

  (func $throwing (type $thrower)
    (if (i32.eqz (local.get 0)) (then (throw $none)))
    (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $number (i32.const 41))))
    (if (i32.eq (local.get 0) (i32.const 2))
      (then (throw $all (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4))))
    (if (i32.eq (local.get 0) (i32.const 3)) (then (unreachable)))
    (if (i32.eq (local.get 0) (i32.const 4))
      (then (drop (i32.load (i32.const 65536)))))
    (if (i32.eq (local.get 0) (i32.const 5))
      (then (drop (i32.div_s (i32.const 1) (i32.const 0)))))
    (local.get 0))

  ;; Locals are what they were when the call was made, not what they are before or after.
  (func (export "locals") (param i32) (result i32)
    (local $x i32)
    (local.set $x (i32.const 1))
    (block $caught
      (try_table (catch_all $caught)
        (local.set $x (i32.const 10))
        (local.set $x (i32.add (local.get $x) (call $throwing (local.get 0))))
        (local.set $x (i32.const 100))))
    (local.get $x))

  ;; The clauses are asked in order, and only for what is thrown.
  (func (export "which") (param i32) (result i32)
    (block $other
      (block $number (result i32)
        (block $none
          (try_table (result i32)
              (catch $none $none) (catch $number $number) (catch_all $other)
            (call $throwing (local.get 0)))
          (return (i32.add (i32.const 1000))))
        (return (i32.const -1)))
      (return (i32.add (i32.const 1))))
    (i32.const -2))

  (func (export "all values") (result f64)
    (local $a i32) (local $b i64) (local $c f32) (local $d f64)
    (block $caught (result i32 i64 f32 f64)
      (try_table (result i32 i64 f32 f64) (catch $all $caught)
        (drop (call $throwing (i32.const 2)))
        (unreachable)))
    (local.set $d) (local.set $c) (local.set $b) (local.set $a)
    (f64.add
      (f64.add (f64.convert_i32_s (local.get $a)) (f64.convert_i64_s (local.get $b)))
      (f64.add (f64.promote_f32 (local.get $c)) (local.get $d))))

  ;; What lies on the stack below the instruction is there afterwards.
  (func (export "operands below") (param i32) (result i32)
    (i32.const 5)
    (i32.load (i32.const 0))
    (block $caught
      (try_table (catch_all $caught)
        (i32.store (i32.const 0) (i32.const 77))
        (drop (call $throwing (local.get 0)))))
    (i32.store (i32.const 0) (i32.const 0))
    (i32.add))

  (func $through (param i32) (result i32)
    (local $x exnref)
    (block $again (result exnref)
      (try_table (result i32) (catch_all_ref $again)
        (call $throwing (local.get 0)))
      (return))
    (local.set $x)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (throw_ref (local.get $x)))

  ;; Caught on the way, thrown on, and caught again.
  (func (export "thrown on") (param i32) (result i32)
    (global.set $count (i32.const 0))
    (block $number (result i32)
      (block $none
        (try_table (result i32) (catch $none $none) (catch $number $number)
          (call_indirect (type $thrower) (local.get 0) (i32.const 0))
          (drop)
          (call $through (local.get 0)))
        (return))
      (return (i32.sub (i32.const 0) (global.get $count))))
    (i32.add (i32.mul (global.get $count) (i32.const 100))))

  (func (export "reference") (param i32) (result i32)
    (local $x exnref)
    (block $again (result i32 exnref)
      (try_table (catch_ref $number $again)
        (drop (call $throwing (local.get 0))))
      (return (ref.is_null (local.get $x))))
    (local.set $x)
    (i32.add (ref.is_null (local.get $x))))

  (func (export "throws null") (throw_ref (ref.null exn)))

  ;; In a loop that jumps back from where it caught.
  (func (export "loop") (param $n i32) (result i32)
    (local $sum i32)
    (block $end
      (loop $next
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (block $number (result i32)
          (try_table (catch $number $number)
            (throw $number (local.get $n)))
          (unreachable))
        (local.set $sum (i32.add (local.get $sum)))
        (br $next)))
    (local.get $sum))

  ;; An inner one that does not want it leaves it to the outer one.
  (func (export "nested") (param i32) (result i32)
    (block $outer (result i32)
      (try_table (catch $number $outer)
        (block $inner
          (try_table (catch $none $inner)
            (drop (call $throwing (local.get 0))))
          (return (i32.const 7)))
        (return (i32.const 8)))
      (unreachable)))

  ;; A tail call leaves the function, and what it catches with it.
  (func (export "tail call") (param i32) (result i32)
    (block $caught
      (try_table (catch_all $caught)
        (return_call $throwing (local.get 0))))
    (i32.const -3))

  (func (export "not caught") (param i32) (result i32)
    (block $none
      (try_table (result i32) (catch $none $none)
        (call $throwing (local.get 0)))
      (return))
    (i32.const -4))

  (func $deep (result i32)
    (block $caught
      (try_table (result i32) (catch_all $caught)
        (i32.add (i32.const 1) (call $deep)))
      (return))
    (i32.const -5))
  (func (export "exhausted") (result i32) (call $deep))
)

(assert_return (invoke "locals" (i32.const 0)) (i32.const 10))
(assert_return (invoke "locals" (i32.const 1)) (i32.const 10))
(assert_return (invoke "locals" (i32.const 9)) (i32.const 100))
(assert_return (invoke "which" (i32.const 0)) (i32.const -1))
(assert_return (invoke "which" (i32.const 1)) (i32.const 42))
(assert_return (invoke "which" (i32.const 2)) (i32.const -2))
(assert_return (invoke "which" (i32.const 9)) (i32.const 1009))
(assert_trap (invoke "which" (i32.const 3)) "unreachable")
(assert_trap (invoke "which" (i32.const 4)) "out of bounds memory access")
(assert_trap (invoke "which" (i32.const 5)) "integer divide by zero")
(assert_return (invoke "all values") (f64.const 10))
(assert_return (invoke "operands below" (i32.const 1)) (i32.const 5))
(assert_return (invoke "operands below" (i32.const 9)) (i32.const 5))
(assert_return (invoke "thrown on" (i32.const 0)) (i32.const 0))
(assert_return (invoke "thrown on" (i32.const 1)) (i32.const 41))
(assert_exception (invoke "thrown on" (i32.const 2)))
(assert_return (invoke "thrown on" (i32.const 9)) (i32.const 9))
(assert_return (invoke "reference" (i32.const 1)) (i32.const 41))
(assert_return (invoke "reference" (i32.const 9)) (i32.const 1))
(assert_exception (invoke "reference" (i32.const 0)))
(assert_trap (invoke "throws null") "null exception reference")
(assert_return (invoke "loop" (i32.const 1000)) (i32.const 499500))
(assert_return (invoke "nested" (i32.const 0)) (i32.const 8))
(assert_return (invoke "nested" (i32.const 1)) (i32.const 41))
(assert_return (invoke "nested" (i32.const 9)) (i32.const 7))
(assert_exception (invoke "nested" (i32.const 2)))
(assert_exception (invoke "tail call" (i32.const 1)))
(assert_return (invoke "tail call" (i32.const 9)) (i32.const 9))
(assert_return (invoke "not caught" (i32.const 0)) (i32.const -4))
(assert_exception (invoke "not caught" (i32.const 1)))
(assert_exhaustion (invoke "exhausted") "call stack exhausted")

;; A tag that two instances share is one; one of the same type is another.
(module $owner
  (tag $shared (export "tag") (param i32))
  (tag $other (export "other") (param i32))
  (func (export "throws") (param i32)
    (if (local.get 0) (then (throw $shared (local.get 0))))
    (throw $other (i32.const 5))))
(register "owner" $owner)
(module
  (import "owner" "tag" (tag $theirs (param i32)))
  (import "owner" "throws" (func $throws (param i32)))
  (tag $own (param i32))
  (func (export "catches") (param i32) (result i32)
    (block $all
      (block $theirs (result i32)
        (block $own (result i32)
          (try_table (catch $own $own) (catch $theirs $theirs) (catch_all $all)
            (call $throws (local.get 0)))
          (unreachable))
        (return (i32.const -1)))
      (return))
    (i32.const -2)))
(assert_return (invoke "catches" (i32.const 3)) (i32.const 3))
(assert_return (invoke "catches" (i32.const 0)) (i32.const -2))

(assert_unlinkable
  (module (import "owner" "tag" (tag (param i64))))
  "incompatible import type")
(assert_invalid (module (tag (result i32))) "non-empty tag result type")
(assert_invalid (module (func (throw 0))) "unknown tag 0")
(assert_invalid (module (tag (param i32)) (func (throw 0))) "type mismatch")
(assert_invalid
  (module (tag (param i32)) (func (block (try_table (catch 0 0)))))
  "type mismatch")
(assert_invalid (module (func (throw_ref))) "type mismatch")
