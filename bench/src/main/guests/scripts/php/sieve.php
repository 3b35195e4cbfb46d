<?php
// Primes by a sieve, several times; sums over arrays.
$count = 0;
for ($turn = 0; $turn < 20; $turn++) {
    $flags = range(0, 20000);
    for ($i = 2; $i * $i <= 20000; $i++) {
        if ($flags[$i] > 0) {
            for ($k = $i * $i; $k <= 20000; $k += $i) { $flags[$k] = 0; }
        }
    }
    $count += count(array_filter($flags)) - 1;
    foreach ($flags as $flag) { $count ^= $flag; }
}
echo $count, "\n";
