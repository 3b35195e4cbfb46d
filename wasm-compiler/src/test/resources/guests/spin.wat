;; Computes for ever, in every way there is. Each tells that it is there by a call of the host; what
;; it did after that is no matter.
(module
  (import "host" "running" (func $running))
  (memory (export "memory") 1025 1025)
  (data (i32.const 0) "\07")
  (data (i32.const 67108864) "\05")
  (type $step (func (param i32)))
  (table $steps funcref (elem $indirectly $tail_indirectly $return))
  (table $spare 3 funcref)
  (table $many 10000 funcref)
  (func $return (param i32))

  (func (export "br") (call $running) (loop $l (br $l)))
  (func (export "br_if") (call $running) (loop $l (br_if $l (i32.const 1))))
  (func (export "br_table") (param $n i32)
    (call $running)
    (loop $l
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (block $a
        (br_table $l $a $l (i32.and (local.get $n) (i32.const 3))))
      (br $l)))
  (func (export "nested") (local $n i32)
    (call $running)
    (loop $outer
      (local.set $n (i32.const 1000))
      (loop $inner
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $inner (local.get $n)))
      (br $outer)))
  ;; A loop that HotSpot would like to take the look at the flag out of.
  (func (export "counted") (local $n i64) (local $sum i64)
    (call $running)
    (loop $l
      (local.set $n (i64.add (local.get $n) (i64.const 1)))
      (local.set $sum (i64.add (local.get $sum) (i64.mul (local.get $n) (local.get $n))))
      (br_if $l (i64.ne (local.get $n) (i64.const -1)))))

  (func $return_call (export "return_call") (param $n i32)
    (if (i32.eqz (local.get $n)) (then (call $running)))
    (return_call $return_call (i32.or (i32.add (local.get $n) (i32.const 1)) (i32.const 1))))
  (func $tail_indirectly (export "return_call_indirect") (param $n i32)
    (if (i32.eqz (local.get $n)) (then (call $running)))
    (return_call_indirect (type $step) (i32.const 1) (i32.const 1)))

  ;; 2 to the power of 62 calls, and no loop.
  (func $recurse (param $n i32)
    (if (local.get $n)
      (then
        (call $recurse (i32.sub (local.get $n) (i32.const 1)))
        (call $recurse (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "recurse") (call $running) (call $recurse (i32.const 62)))
  (func $indirectly (param $n i32)
    (if (local.get $n)
      (then
        (call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (i32.const 0))
        (call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (i32.const 0)))))
  (func (export "recurse_indirectly") (call $running) (call $indirectly (i32.const 62)))

  ;; 64 MiB a turn
  (func (export "fill")
    (call $running)
    (loop $l
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 67108864))
      (br $l)))
  (func (export "copy")
    (call $running)
    (loop $l
      (memory.copy (i32.const 65536) (i32.const 0) (i32.const 67043328))
      (memory.copy (i32.const 0) (i32.const 65536) (i32.const 67043328))
      (br $l)))
  (func (export "tables")
    (call $running)
    (loop $l
      (table.fill $spare (i32.const 0) (ref.null func) (i32.const 3))
      (table.copy $spare $steps (i32.const 0) (i32.const 0) (i32.const 3))
      (br $l)))
  ;; One instruction each.
  (func (export "one_fill")
    (call $running)
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 67108865)))
  (func (export "one_copy")
    (call $running)
    (memory.copy (i32.const 65536) (i32.const 0) (i32.const 67108864)))
  (func (export "one_table_fill")
    (call $running)
    (table.fill $many (i32.const 0) (ref.func $return) (i32.const 10000)))
  (func (export "one_table_copy")
    (table.set $many (i32.const 0) (ref.func $return))
    (call $running)
    (table.copy $many $many (i32.const 5000) (i32.const 0) (i32.const 5000)))
  (func (export "is_null") (param i32) (result i32)
    (ref.is_null (table.get $many (local.get 0))))

  ;; How often the loop goes round, or the function is called, is in the memory.
  (func (export "loop_once")
    (call $running)
    (loop $l
      (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
      (br $l)))
  (func (export "call_once")
    (call $running)
    (call $calls))
  (func $calls
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
    (call $return (i32.const 0))
    (call $calls))
  (func (export "fill_memory") (param i32 i32 i32)
    (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy_memory") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2)))

  (func (export "add") (param i32 i32) (result i32)
    (local $n i32) (local.set $n (i32.const 3))
    (loop $l
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $l (local.get $n)))
    (i32.add (local.get 0) (local.get 1))))
