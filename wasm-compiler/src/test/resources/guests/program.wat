;; The program of README.md's example.
(module
  (func (export "f") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 7))))
