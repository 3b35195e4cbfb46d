;; Calls the host, and would catch what comes out of that.
(module
  (import "h" "f" (func $host (param i32) (result i32)))
  (func $catching (export "catching") (result i32)
    (try (result i32)
      (do (call $host (i32.const 3)))
      (catch_all (i32.const 0)))))
