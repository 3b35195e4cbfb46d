;; Reads a depth from standard input, recurses to that depth, which may be more than the stack
;; takes, and calls host functions there.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_get"
    (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir"
    (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_create_directory"
    (func $path_create_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_remove_directory"
    (func $path_remove_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink"
    (func $path_symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file"
    (func $path_unlink_file (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock_time_get (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  ;; a buffer of one byte, and the names "n", "dir", "link" and "none/x"
  (data (i32.const 0) "\40\00\00\00\01\00\00\00")
  (data (i32.const 64) "n")
  (data (i32.const 72) "dir")
  (data (i32.const 80) "link")
  (data (i32.const 96) "none/x")
  (func $open (param $name i32) (param $length i32) (param $flags i32)
    (if (i32.eqz
          (call $path_open (i32.const 3) (i32.const 1) (local.get $name) (local.get $length)
            (local.get $flags) (i64.const 66) (i64.const 0) (i32.const 1) (i32.const 128)))
      (then
        (drop (call $fd_write (i32.load (i32.const 128)) (i32.const 0) (i32.const 1) (i32.const 136)))
        (drop (call $fd_close (i32.load (i32.const 128)))))))
  (type $calls (func))
  (table funcref (elem $files $directories $others $nothing))
  (func $files
    (call $open (i32.const 64) (i32.const 1) (i32.const 1))
    (call $open (i32.const 96) (i32.const 6) (i32.const 0))
    (drop (call $path_filestat_get (i32.const 3) (i32.const 1) (i32.const 96) (i32.const 6) (i32.const 256))))
  (func $directories
    (drop (call $path_create_directory (i32.const 3) (i32.const 72) (i32.const 3)))
    (drop (call $fd_readdir (i32.const 3) (i32.const 1024) (i32.const 1000) (i64.const 0) (i32.const 128)))
    (drop (call $path_remove_directory (i32.const 3) (i32.const 72) (i32.const 3)))
    (drop (call $path_symlink (i32.const 64) (i32.const 1) (i32.const 3) (i32.const 80) (i32.const 4)))
    (drop (call $path_filestat_get (i32.const 3) (i32.const 1) (i32.const 80) (i32.const 4) (i32.const 256)))
    (drop (call $path_unlink_file (i32.const 3) (i32.const 80) (i32.const 4))))
  (func $others
    (drop (call $random_get (i32.const 512) (i32.const 16)))
    (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 512)))
    (drop (call $clock_time_get (i32.const 2) (i64.const 0) (i32.const 512)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 136))))
  (func $nothing)
  (func $down (param $depth i32) (param $calls i32)
    (if (local.get $depth)
      (then (call $down (i32.sub (local.get $depth) (i32.const 1)) (local.get $calls)))
      (else (call_indirect (type $calls) (local.get $calls)))))
  (func $dive (param $calls i32)
    (i32.store (i32.const 8) (i32.const 16))
    (i32.store (i32.const 12) (i32.const 4))
    (drop (call $fd_read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 20)))
    (call $down (i32.load (i32.const 16)) (local.get $calls)))
  (func (export "files") (call $dive (i32.const 0)))
  (func (export "directories") (call $dive (i32.const 1)))
  (func (export "others") (call $dive (i32.const 2)))
  (func (export "nothing") (call $dive (i32.const 3)))
  (func (export "_start")))
