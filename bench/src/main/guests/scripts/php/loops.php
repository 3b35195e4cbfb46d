<?php
// Loops, nested loops, assignments, conditions.
function simple($n) {
    $a = 0;
    for ($i = 0; $i < $n; $i++) { $a++; }
    $b = 0;
    for ($i = 0; $i < $n; $i++) { if ($i % 3 == 0) { $b += $i; } else { $b ^= $i; } }
    return $a + $b;
}
function nested($n) {
    $x = 0;
    for ($a = 0; $a < $n; $a++)
        for ($b = 0; $b < $n; $b++)
            for ($c = 0; $c < $n; $c++)
                for ($d = 0; $d < $n; $d++)
                    $x++;
    return $x;
}
function whiles($n) {
    $i = $n; $s = 0;
    while ($i-- > 0) { do { $s += $i & 3; } while ($s % 5 == 1); }
    return $s;
}
echo simple(700000), ' ', nested(24), ' ', whiles(500000), "\n";
