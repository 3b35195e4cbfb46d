<?php
// Exceptions and generators.
class Odd extends DomainException {}
function deep(int $n, int $level) {
    if ($level > 0) { return deep($n, $level - 1); }
    if ($n % 2) { throw new Odd("odd", $n); }
    return $n;
}
function numbers($n) { for ($i = 0; $i < $n; $i++) { $sent = yield $i => $i * 2; } return $n; }
function both($n) { $a = yield from numbers($n); yield 'end' => $a; }
$odd = $last = 0;
for ($i = 0; $i < 25000; $i++) {
    try { $last += deep($i, 3); } catch (Odd $e) { $odd += $e->getCode() % 3; } finally { $last++; }
}
$sum = 0;
foreach (both(70000) as $key => $value) { $sum += $value; }
echo $odd, ' ', $last, ' ', $sum, "\n";
