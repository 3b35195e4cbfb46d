;; Begins with a table of 9000000 elements.
(module
  (memory (export "memory") 1)
  (table 9000000 funcref)
  (func (export "_start")))
