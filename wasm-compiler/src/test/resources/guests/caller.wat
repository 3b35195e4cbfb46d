;; Calls the host.
(module
  (import "host" "look" (func $look))
  (memory 1)
  (func (export "call") (call $look)))
