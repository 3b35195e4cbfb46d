;; Sends back what it receives on the connection that it accepts, then asks for the next one. "_start"
;; would exit with 9 if it got one; "listens" exits with what the first sock_accept says.
(module
  (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv"
    (func $recv (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  ;; A buffer of 1000 bytes at 1024, and a text for standard output.
  (data (i32.const 0) "\00\04\00\00\e8\03\00\00")
  (data (i32.const 8) "\10\00\00\00\04\00\00\00log\0a")
  (func (export "listens") (call $proc_exit (call $accept (i32.const 0) (i32.const 0) (i32.const 64))))
  (func (export "_start")
    (local $connection i32)
    (drop (call $accept (i32.const -1) (i32.const 0) (i32.const 64)))
    (local.set $connection (i32.load (i32.const 64)))
    (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 72)))
    (block $end
      (loop $more
        (i32.store (i32.const 4) (i32.const 1000))
        (drop (call $recv (local.get $connection) (i32.const 0) (i32.const 1) (i32.const 0)
          (i32.const 68) (i32.const 76)))
        (br_if $end (i32.eqz (i32.load (i32.const 68))))
        (i32.store (i32.const 4) (i32.load (i32.const 68)))
        (drop (call $send (local.get $connection) (i32.const 0) (i32.const 1) (i32.const 0)
          (i32.const 68)))
        (br $more)))
    (drop (call $close (local.get $connection)))
    (drop (call $accept (i32.const -1) (i32.const 0) (i32.const 64)))
    (call $proc_exit (i32.const 9))))
