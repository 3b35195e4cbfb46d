;; Writes "hello\n" and returns.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
  (func $say_hello (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64))))
  (func (export "_start") (call $say_hello))
  (func (export "other") (call $say_hello) (call $say_hello))
  (func (export "with_parameter") (param i32)))
