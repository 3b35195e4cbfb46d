;; Exceptions as they were before WebAssembly 3.0.

(module
  (tag $none)
  (tag $number (param i32))
  (global $count (mut i32) (i32.const 0))

  (func $throwing (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (throw $none)))
    (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $number (i32.const 41))))
    (if (i32.eq (local.get 0) (i32.const 2)) (then (unreachable)))
    (local.get 0))

  (func (export "which") (param i32) (result i32)
    (try (result i32)
      (do (call $throwing (local.get 0)))
      (catch $none (i32.const -1))
      (catch $number (i32.add (i32.const 1)))))

  (func (export "all") (param i32) (result i32)
    (local $x i32)
    (local.set $x (i32.const 1))
    (try (result i32)
      (do
        (local.set $x (i32.const 10))
        (call $throwing (local.get 0)))
      (catch $none (local.get $x))
      (catch_all (i32.sub (i32.const 0) (local.get $x)))))

  ;; Of two exceptions the outer one.
  (func $again (param i32) (result i32)
    (try (result i32)
      (do (call $throwing (local.get 0)))
      (catch_all
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (try
          (do (drop (call $throwing (i32.const 0))))
          (catch $none (rethrow 1)))
        (unreachable))))

  (func (export "rethrown") (param i32) (result i32)
    (global.set $count (i32.const 0))
    (try (result i32)
      (do (call $again (local.get 0)))
      (catch $none (i32.sub (i32.const 0) (global.get $count)))
      (catch $number (i32.add (i32.mul (global.get $count) (i32.const 100))))))

  ;; Past the one in between.
  (func (export "delegated") (param i32) (result i32)
    (try $outer (result i32)
      (do
        (try (result i32)
          (do
            (try (result i32)
              (do (call $throwing (local.get 0)))
              (delegate $outer)))
          (catch_all (i32.const -7))))
      (catch $number)))

  (func (export "to the caller") (param i32) (result i32)
    (try (result i32)
      (do
        (try (result i32)
          (do (call $throwing (local.get 0)))
          (delegate 1)))
      (catch_all (i32.const -8))))

  (func (export "nothing thrown") (result i32)
    (try (result i32)
      (do (i32.const 3))
      (catch $number)
      (catch_all (i32.const 4))))

  (func (export "without handlers") (param i32) (result i32)
    (try (result i32) (do (call $throwing (local.get 0)))))

  (func (export "loop") (param $n i32) (result i32)
    (local $sum i32)
    (block $end
      (loop $next
        (br_if $end (i32.eqz (local.get $n)))
        (try
          (do (throw $number (local.get $n)))
          (catch $number
            (local.set $sum (i32.add (local.get $sum)))
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br $next)))))
    (local.get $sum))
)

(assert_return (invoke "which" (i32.const 0)) (i32.const -1))
(assert_return (invoke "which" (i32.const 1)) (i32.const 42))
(assert_return (invoke "which" (i32.const 9)) (i32.const 9))
(assert_trap (invoke "which" (i32.const 2)) "unreachable")
(assert_return (invoke "all" (i32.const 0)) (i32.const 10))
(assert_return (invoke "all" (i32.const 1)) (i32.const -10))
(assert_return (invoke "all" (i32.const 9)) (i32.const 9))
(assert_trap (invoke "all" (i32.const 2)) "unreachable")
(assert_return (invoke "rethrown" (i32.const 0)) (i32.const -1))
(assert_return (invoke "rethrown" (i32.const 1)) (i32.const 141))
(assert_return (invoke "rethrown" (i32.const 9)) (i32.const 9))
(assert_return (invoke "delegated" (i32.const 1)) (i32.const 41))
(assert_exception (invoke "delegated" (i32.const 0)))
(assert_return (invoke "delegated" (i32.const 9)) (i32.const 9))
(assert_exception (invoke "to the caller" (i32.const 1)))
(assert_return (invoke "to the caller" (i32.const 9)) (i32.const 9))
(assert_return (invoke "nothing thrown") (i32.const 3))
(assert_exception (invoke "without handlers" (i32.const 1)))
(assert_return (invoke "without handlers" (i32.const 9)) (i32.const 9))
(assert_return (invoke "loop" (i32.const 1000)) (i32.const 500500))
