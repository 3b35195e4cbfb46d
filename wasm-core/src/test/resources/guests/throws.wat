;; Throws what nothing catches; after a thousand exceptions that something catches, if it has an
;; argument.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param i32 i32) (result i32)))
  (tag $boom (export "boom") (param i32))
  (tag $inner (param i32))
  (memory (export "memory") 1)
  (func $inner (param i32)
    (throw $boom (local.get 0)))
  (func $caught (param i32)
    (try
      (do (throw $inner (local.get 0)))
      (catch $inner (drop))))
  (func (export "_start")
    (local $left i32)
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (if (i32.gt_u (i32.load (i32.const 0)) (i32.const 1))
      (then
        (local.set $left (i32.const 1000))
        (loop $next
          (call $caught (local.get $left))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br_if $next (local.get $left)))))
    (call $inner (i32.const 7))))
