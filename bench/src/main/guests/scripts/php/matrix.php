<?php
// Products of matrices of integers.
function matrix($n) {
    $m = []; $count = 1;
    for ($i = 0; $i < $n; $i++) { for ($j = 0; $j < $n; $j++) { $m[$i][$j] = $count++ % 1000; } }
    return $m;
}
function product($a, $b, $n) {
    $c = [];
    for ($i = 0; $i < $n; $i++) {
        $row = [];
        for ($j = 0; $j < $n; $j++) {
            $x = 0;
            for ($k = 0; $k < $n; $k++) { $x += $a[$i][$k] * $b[$k][$j]; }
            $row[$j] = $x % 100003;
        }
        $c[$i] = $row;
    }
    return $c;
}
$n = 50;
$a = matrix($n);
$c = matrix($n);
for ($i = 0; $i < 6; $i++) { $c = product($a, $c, $n); }
echo $c[0][0], ' ', $c[2][3], ' ', $c[49][49], "\n";
