;; Every way in which a function may be declared, for itself and for others that refer to it.

(module
  (type $f (func (result i32)))
  (table $t 1 funcref)
  (func $exported (export "exported") (result i32)
    (table.set $t (i32.const 0) (ref.func $exported))
    (call_indirect $t (type $f) (i32.const 0)) (drop)
    (i32.const 1))
  (func (export "other") (result i32) (ref.is_null (ref.func $exported)))
  (func $answer (export "answer") (result i32) (i32.const 42))
  (func (export "via") (result i32)
    (table.set $t (i32.const 0) (ref.func $answer))
    (call_indirect $t (type $f) (i32.const 0))))
(assert_return (invoke "other") (i32.const 0))
(assert_return (invoke "via") (i32.const 42))
(assert_exhaustion (invoke "exported") "call stack exhausted")

(module
  (func $self (result i32) (ref.is_null (ref.func $self)))
  (elem func $self)
  (func (export "passive") (result i32) (call $self)))
(assert_return (invoke "passive") (i32.const 0))

(module
  (func $self (export "both") (result i32) (ref.is_null (ref.func $self)))
  (elem func $self))
(assert_return (invoke "both") (i32.const 0))

(module
  (func $self (result i32) (ref.is_null (ref.func $self)))
  (elem funcref (ref.null func) (ref.func $self))
  (func (export "passive expressions") (result i32) (call $self)))
(assert_return (invoke "passive expressions") (i32.const 0))

(module
  (table 2 funcref)
  (func $self (result i32) (ref.is_null (ref.func $self)))
  (elem (i32.const 1) func $self)
  (func (export "active") (result i32) (call $self)))
(assert_return (invoke "active") (i32.const 0))

(module
  (table 2 funcref)
  (table $second 2 funcref)
  (func $self (result i32) (ref.is_null (ref.func $self)))
  (elem (table $second) (i32.const 1) funcref (ref.func $self))
  (func (export "active expressions") (result i32)
    (i32.add (call $self) (ref.is_null (table.get $second (i32.const 1))))))
(assert_return (invoke "active expressions") (i32.const 0))

(module
  (func $self (result i32) (ref.is_null (ref.func $self)))
  (elem declare func $self)
  (func (export "declarative") (result i32) (call $self)))
(assert_return (invoke "declarative") (i32.const 0))

(module
  (func $self (result i32) (ref.is_null (ref.func $self)))
  (elem declare funcref (ref.func $self))
  (func (export "declarative expressions") (result i32) (call $self)))
(assert_return (invoke "declarative expressions") (i32.const 0))

(module
  (global $g funcref (ref.func $self))
  (func $self (result i32)
    (i32.add (ref.is_null (ref.func $self)) (ref.is_null (global.get $g))))
  (func (export "global") (result i32) (call $self)))
(assert_return (invoke "global") (i32.const 0))

(module
  (import "spectest" "print" (func $print))
  (export "p" (func $print))
  (func (export "imported") (result i32) (ref.is_null (ref.func $print))))
(assert_return (invoke "imported") (i32.const 0))

;; The segments are those that the module has, whatever the validator was shown.
(module
  (table $t 1 funcref)
  (func $self (export "drop") (result i32)
    (table.init $t $passive (i32.const 0) (i32.const 0) (i32.const 1))
    (elem.drop $passive)
    (i32.add (ref.is_null (ref.func $self)) (ref.is_null (table.get $t (i32.const 0)))))
  (elem $passive func $self)
  (func (export "dropped") (table.init $t $passive (i32.const 0) (i32.const 0) (i32.const 1))))
(assert_return (invoke "drop") (i32.const 0))
(assert_trap (invoke "dropped") "out of bounds table access")
