<?php
// Calls: of functions, with references, defaults and any number of arguments, of built-in ones.
function nothing() {}
function add($a, $b = 1) { return $a + $b; }
function bump(&$a) { $a += 2; }
function all(...$numbers) { return count($numbers); }
$n = 0;
for ($i = 0; $i < 150000; $i++) {
    nothing();
    $n = add($n, $i & 1);
    bump($n);
    $n += strlen("hallo");
}
$twice = fn($x) => $x * 2;
$keep = function ($x) use (&$n) { $n += $x; return $n; };
for ($i = 0; $i < 60000; $i++) {
    $n = ($twice($i) + $keep($i % 5) + all($i, $n, 3) + call_user_func('add', $i)) % 1000003;
}
echo $n, "\n";
