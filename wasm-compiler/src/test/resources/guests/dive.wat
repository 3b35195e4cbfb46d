;; Descends to a depth, which may be more than the stack takes, and does something there. What it
;; does is found by its index; each gives 42 at any depth.
(module
  (import "host" "again" (func $again (param i32 i32) (result i32)))
  (memory 1 20000)
  (data (i32.const 1024) "\2a\00\00\00\00\00\00\00")
  (data (i32.const 1032) "\00\00\28\42\00\00\00\00")
  (data (i32.const 1040) "\00\00\00\00\00\00\45\40")
  (data $passive "\2a")
  (type $deed (func (result i32)))
  (type $other (func (param i64) (result i32)))
  (table $deeds funcref
    (elem $nothing $loads $floats $stores $numbers $rounds $grows $bulk $tables $calls $tail
      $chooses $host))
  (table $spare 4 funcref)
  (global $depth (mut i32) (i32.const 0))

  (func $nothing (result i32) (i32.const 42))
  (func $loads (result i32)
    (i32.wrap_i64
      (i64.div_u
        (i64.add
          (i64.add (i64.load (i32.const 1024)) (i64.load32_u (i32.const 1024)))
          (i64.extend_i32_u
            (i32.add
              (i32.add (i32.load (i32.const 1024)) (i32.load16_u (i32.const 1024)))
              (i32.load16_s (i32.const 1024)))))
        (i64.const 5))))
  (func $floats (result i32)
    (i32.trunc_f64_s
      (f64.div
        (f64.add (f64.load (i32.const 1040)) (f64.promote_f32 (f32.load (i32.const 1032))))
        (f64.const 2))))
  (func $stores (result i32)
    (i32.store (i32.const 2048) (i32.const 7))
    (i64.store (i32.const 2056) (i64.const 7))
    (i32.store16 (i32.const 2064) (i32.const 7))
    (i32.store8 (i32.const 2066) (i32.const 7))
    (f32.store (i32.const 2068) (f32.const 7))
    (f64.store (i32.const 2072) (f64.const 7))
    (i32.mul (i32.load8_u (i32.const 2066)) (i32.const 6)))
  (func $numbers (result i32) (local $x i64)
    (local.set $x (i64.load (i32.const 1024)))
    (drop (i64.trunc_sat_f64_u (f64.convert_i64_u (local.get $x))))
    (drop (i32.trunc_sat_f32_s (f32.convert_i64_s (local.get $x))))
    (i32.wrap_i64
      (i64.rem_u
        (i64.div_u (i64.mul (local.get $x) (i64.const -1)) (i64.const -1))
        (i64.sub (i64.add (i64.popcnt (local.get $x)) (i64.clz (local.get $x))) (i64.const 60))))
    (drop)
    (i32.const 42))
  (func $rounds (result i32) (local $x f64)
    (local.set $x (f64.load (i32.const 1040)))
    (i32.trunc_sat_f64_s
      (f64.nearest
        (f64.ceil
          (f64.floor
            (f64.trunc
              (f64.max (f64.copysign (f64.sqrt (f64.mul (local.get $x) (local.get $x))) (f64.const 1))
                (f64.min (local.get $x) (f64.const 1)))))))))
  (func $grows (result i32)
    (drop (memory.grow (i32.const 1)))
    (if (result i32) (i32.ge_u (memory.size) (i32.const 1))
      (then (i32.const 42)) (else (i32.const 0))))
  (func $bulk (result i32)
    (memory.fill (i32.const 4096) (i32.const 42) (i32.const 1000))
    (memory.copy (i32.const 4097) (i32.const 4096) (i32.const 1000))
    (memory.init $passive (i32.const 4096) (i32.const 0) (i32.const 1))
    (i32.load8_u (i32.const 5000)))
  (func $tables (result i32)
    (table.set $spare (i32.const 1) (table.get $deeds (i32.const 0)))
    (table.fill $spare (i32.const 2) (ref.func $loads) (i32.const 2))
    (table.copy $spare $deeds (i32.const 0) (i32.const 0) (i32.const 2))
    (drop (table.grow $spare (ref.null func) (i32.const 1)))
    (call_indirect $spare (type $deed) (i32.const 0)))
  (func $calls (result i32)
    (i32.div_u
      (i32.add (call $first (i64.const 1)) (call_indirect $deeds (type $deed) (i32.const 0)))
      (i32.const 2)))
  (func $first (param i64) (result i32) (call $second (i32.const 1) (f64.const 1)))
  (func $second (param i32 f64) (result i32) (i32.const 42))
  (func $tail (result i32) (return_call_indirect $deeds (type $deed) (i32.const 0)))
  (func $chooses (result i32)
    (block (block (block (br_table 0 1 2 (i32.load (i32.const 1024)))))
      (return (i32.const 1)))
    (i32.const 42))
  ;; The host calls this instance again.
  (func $host (result i32) (call $again (i32.const 10) (i32.const 0)))

  (func $down (export "down") (param $depth i32) (param $deed i32) (result i32)
    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
    (if (result i32) (local.get $depth)
      (then
        (i32.or
          (call $down (i32.sub (local.get $depth) (i32.const 1)) (local.get $deed))
          (i32.const 0)))
      (else (call_indirect $deeds (type $deed) (local.get $deed)))))
  ;; As down, through the table.
  (table $ways funcref (elem $sideways))
  (type $way (func (param i32 i32) (result i32)))
  (func $sideways (export "sideways") (param $depth i32) (param $deed i32) (result i32)
    (if (result i32) (local.get $depth)
      (then
        (i32.or
          (call_indirect $ways (type $way)
            (i32.sub (local.get $depth) (i32.const 1)) (local.get $deed) (i32.const 0))
          (i32.const 0)))
      (else (call_indirect $deeds (type $deed) (local.get $deed)))))
  ;; As down, through the host.
  (func (export "outside") (param $depth i32) (param $deed i32) (result i32)
    (if (result i32) (local.get $depth)
      (then
        (i32.or
          (call $again (i32.sub (local.get $depth) (i32.const 1)) (local.get $deed))
          (i32.const 0)))
      (else (call_indirect $deeds (type $deed) (local.get $deed)))))
  ;; The greatest depth so far.
  (func (export "depth") (result i32) (global.get $depth) (global.set $depth (i32.const 0))))
