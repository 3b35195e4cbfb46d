;; Calls itself 100,000 deep.
(module
  (func $deep (param $left i32) (result i32)
    (if (result i32) (local.get $left)
      (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get $left) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "_start") (drop (call $deep (i32.const 100000)))))
