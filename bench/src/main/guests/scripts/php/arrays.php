<?php
// Arrays: lists copied backwards, stacks, sorts with callbacks, map and reduce.
$n = 60000;
$x = [];
for ($i = 0; $i < $n; $i++) { $x[$i] = $i; }
$y = [];
for ($i = $n - 1; $i >= 0; $i--) { $y[$i] = $x[$i]; }
$stack = [];
for ($i = 0; $i < $n; $i++) { $stack[] = $i * 7919 % 10007; if ($i % 3 == 0) { array_pop($stack); } }
$some = array_slice($stack, 0, 6000);
usort($some, fn($a, $b) => $a % 100 <=> $b % 100 ?: $a <=> $b);
$sum = array_sum(array_map(fn($v) => $v * 2, array_filter($stack, fn($v) => $v % 2)));
$all = array_reduce($y, fn($c, $v) => ($c * 31 + $v) % 1000003, 7);
[$a, [, $b]] = [$some[10], [1, $some[20]]];
$unique = array_unique($some);
sort($stack);
echo $sum, ' ', $all, ' ', $a, ' ', $b, ' ', count($unique), ' ', $stack[20000], "\n";
