;; Writes to a memory that is so large that code marks what it writes to, in all the ways there are.
(module
  (memory (export "memory") 256 260)
  (data (i32.const 1000) "a block that is no zeros")
  (data (i32.const 16777212) "end!")
  (data $passive "initialized")

  ;; One mark does for all of these.
  (func (export "near") (param $at i32) (param $value i64)
    (i32.store8 (local.get $at) (i32.wrap_i64 (local.get $value)))
    (i32.store16 offset=7 (local.get $at) (i32.wrap_i64 (local.get $value)))
    (i32.store offset=500 (local.get $at) (i32.wrap_i64 (local.get $value)))
    (f32.store offset=900 (local.get $at) (f32.const 1.5))
    (f64.store offset=1000 (local.get $at) (f64.const 1.5))
    (i64.store offset=1016 (local.get $at) (local.get $value)))

  (func (export "far") (param $at i32) (param $value i64)
    (i64.store offset=1017 (local.get $at) (local.get $value))
    (i64.store8 offset=5000 (local.get $at) (local.get $value))
    (i64.store16 offset=100000 (local.get $at) (local.get $value)))

  (func (export "computed") (param $at i32) (param $value i64)
    (i64.store32 offset=3
      (i32.add (local.get $at) (i32.shl (i32.and (local.get $at) (i32.const 7)) (i32.const 9)))
      (i64.add (local.get $value) (i64.const 1))))

  (func (export "fixed") (param $at i32) (param $value i64)
    (i64.store (i32.const 70000) (local.get $value))
    (i64.store offset=2000 (i32.const 1020) (local.get $value))
    (i32.store8 (i32.const 16777215) (local.get $at)))

  (func (export "many") (param $at i32) (param $value i64)
    (local $last i32)
    (local.set $last (i32.add (local.get $at) (i32.const 5000)))
    (loop $next
      (i64.store (local.get $at) (local.get $value))
      (local.set $at (i32.add (local.get $at) (i32.const 333)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $last)))))

  ;; Where the ways meet again, only one of them has marked.
  (func (export "either") (param $at i32) (param $value i64)
    (if (i64.eqz (i64.and (local.get $value) (i64.const 1)))
      (then (i32.store8 (local.get $at) (i32.const 1))))
    (i64.store offset=64 (local.get $at) (local.get $value)))

  ;; Marked, then another address.
  (func (export "moved") (param $at i32) (param $value i64)
    (i64.store (local.get $at) (local.get $value))
    (local.set $at (i32.xor (local.get $at) (i32.const 0x123456)))
    (i64.store (local.get $at) (local.get $value)))

  (func (export "bulk") (param $at i32) (param $value i64)
    (memory.fill (local.get $at) (i32.wrap_i64 (local.get $value)) (i32.const 3000))
    (memory.copy (i32.xor (local.get $at) (i32.const 0x700000)) (local.get $at) (i32.const 4000))
    (memory.init $passive (i32.xor (local.get $at) (i32.const 0x300000)) (i32.const 0) (i32.const 11)))

  (func (export "grow") (param $at i32) (param $value i64)
    (i32.store8 (i32.shl (memory.grow (i32.const 1)) (i32.const 16)) (i32.const 9))))
