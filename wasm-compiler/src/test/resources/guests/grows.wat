;; Makes its table longer.
(module
  (table $t 2 10 funcref)
  (func (export "grow") (result i32) (table.grow $t (ref.null func) (i32.const 3)))
  (func (export "size") (result i32) (table.size $t)))
