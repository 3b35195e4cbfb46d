;; Copies standard input to standard output, 5 bytes at a time at most, and "!" to standard error
;; for each piece, until the input ends.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 128) "!")
  (func $iovec (param $base i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $base))
    (i32.store (i32.const 4) (local.get $length)))
  (func (export "_start")
    (loop $again
      (call $iovec (i32.const 64) (i32.const 5))
      (if (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
      (if (i32.load (i32.const 8))
        (then
          (call $iovec (i32.const 64) (i32.load (i32.const 8)))
          (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
          (call $iovec (i32.const 128) (i32.const 1))
          (drop (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))
          (br $again))))))
