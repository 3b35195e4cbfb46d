;; Makes a command of a Ruby that is built to be called from JavaScript (npm's @ruby/3.4-wasm-wasi,
;; @ruby/4.0-wasm-wasi): merged with it by wasm-merge, it gives it `_start`, which runs the script
;; that the first argument names, or standard input.
(module
  (import "ruby" "memory" (memory 0))
  (import "ruby" "_initialize" (func $initialize))
  (import "ruby" "cabi_realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
  (import "ruby" "ruby-init: func(args: list<string>) -> ()" (func $init (param i32 i32)))
  (import "ruby" "ruby-init-loadpath: func() -> ()" (func $init_load_path))
  (import "ruby" "rb-eval-string-protect: func(str: string) -> tuple<handle<rb-abi-value>, s32>"
    (func $eval (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))

  ;; A handle of a Ruby object is the object: nobody outside keeps one.
  (func (export "resource_new_rb-abi-value") (param i32) (result i32) local.get 0)
  (func (export "resource_get_rb-abi-value") (param i32) (result i32) local.get 0)
  (func (export "resource_drop_js-abi-value") (param i32))

  ;; `-e_=0` is a script that does nothing: without one, Ruby reads standard input when it starts.
  (data $options "ruby" "-EUTF-8" "-e_=0" "--")

  ;; Nobody calls ruby_cleanup: what at_exit has is called here, and what is buffered is written.
  (data $main
    "module Kernel\n"
    "  def at_exit(&block) = ($__at_exit ||= []).unshift(block) && block\n"
    "end\n"
    "status = 0\n"
    "begin\n"
    "  if ARGV.empty?\n"
    "    eval(STDIN.read, TOPLEVEL_BINDING, '-')\n"
    "  else\n"
    "    load($0 = ARGV.shift)\n"
    "  end\n"
    "rescue SystemExit => e\n"
    "  status = e.status\n"
    "rescue Exception => e\n"
    "  STDERR.write(e.full_message(highlight: false))\n"
    "  status = 1\n"
    "end\n"
    "$__at_exit&.each(&:call)\n"
    "STDOUT.flush\n"
    "exit!(status)\n")

  ;; A list's entry, whose string Ruby frees. It reads it to the first zero.
  (func $set (param $entry i32) (param $from i32) (param $length i32)
    (local $string i32)
    (local.set $string (call $allocate (i32.add (local.get $length) (i32.const 1))))
    (memory.copy (local.get $string) (local.get $from) (local.get $length))
    (i32.store8 (i32.add (local.get $string) (local.get $length)) (i32.const 0))
    (i32.store (local.get $entry) (local.get $string))
    (i32.store offset=4 (local.get $entry) (i32.add (local.get $length) (i32.const 1))))

  (func $allocate (param $size i32) (result i32)
    (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (local.get $size)))

  (func $length (param $string i32) (result i32)
    (local $end i32)
    (local.set $end (local.get $string))
    (block $zero
      (loop $next
        (br_if $zero (i32.eqz (i32.load8_u (local.get $end))))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $end) (local.get $string)))

  (func $arguments (param $list i32) (param $number i32) (param $pointers i32)
    (local $string i32)
    (local $i i32)
    (local.set $string (call $allocate (i32.const 18)))
    (memory.init $options (local.get $string) (i32.const 0) (i32.const 18))
    (call $set (local.get $list) (local.get $string) (i32.const 4))
    (call $set (i32.add (local.get $list) (i32.const 8))
      (i32.add (local.get $string) (i32.const 4)) (i32.const 7))
    (call $set (i32.add (local.get $list) (i32.const 16))
      (i32.add (local.get $string) (i32.const 11)) (i32.const 5))
    (call $set (i32.add (local.get $list) (i32.const 24))
      (i32.add (local.get $string) (i32.const 16)) (i32.const 2))
    ;; The first one is the program's name.
    (local.set $i (i32.const 1))
    (block $all
      (loop $next
        (br_if $all (i32.ge_u (local.get $i) (local.get $number)))
        (local.set $string
          (i32.load (i32.add (local.get $pointers) (i32.shl (local.get $i) (i32.const 2)))))
        (call $set
          (i32.add (local.get $list)
            (i32.shl (i32.add (local.get $i) (i32.const 3)) (i32.const 3)))
          (local.get $string)
          (call $length (local.get $string)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))

  (func (export "_start")
    (local $sizes i32)
    (local $number i32)
    (local $pointers i32)
    (local $list i32)
    (local $script i32)
    (call $initialize)
    (local.set $sizes (call $allocate (i32.const 8)))
    (if (call $args_sizes_get (local.get $sizes) (i32.add (local.get $sizes) (i32.const 4)))
      (then unreachable))
    (local.set $number (i32.load (local.get $sizes)))
    (local.set $pointers (call $allocate (i32.shl (local.get $number) (i32.const 2))))
    (if
      (call $args_get (local.get $pointers)
        (call $allocate (i32.load offset=4 (local.get $sizes))))
      (then unreachable))
    (local.set $list
      (call $allocate (i32.shl (i32.add (local.get $number) (i32.const 3)) (i32.const 3))))
    (call $arguments (local.get $list) (local.get $number) (local.get $pointers))
    (call $init (local.get $list) (i32.add (local.get $number) (i32.const 3)))
    (call $init_load_path)
    (local.set $script (call $allocate (i32.const 386)))
    (memory.init $main (local.get $script) (i32.const 0) (i32.const 386))
    ;; It ends by exit!, but for a fault of its own.
    (drop (call $eval (local.get $script) (i32.const 386)))
    (call $proc_exit (i32.const 1))))
