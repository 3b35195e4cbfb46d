<?php
// Fibonacci, Ackermann, towers of Hanoi.
function fib($n) { return $n < 2 ? 1 : fib($n - 2) + fib($n - 1); }
function ackermann($m, $n) {
    if ($m == 0) return $n + 1;
    if ($n == 0) return ackermann($m - 1, 1);
    return ackermann($m - 1, ackermann($m, $n - 1));
}
function hanoi($n, $from, $over, $to) {
    if ($n == 0) return 0;
    return hanoi($n - 1, $from, $to, $over) + 1 + hanoi($n - 1, $over, $from, $to);
}
echo fib(26), ' ', ackermann(3, 5), ' ', hanoi(16, 1, 2, 3), "\n";
