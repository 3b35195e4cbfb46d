<?php
// A heap sort of floats from a generator of its own.
function random() {
    static $seed = 42;
    $seed = ($seed * 3877 + 29573) % 139968;
    return $seed / 139968;
}
function heapsort(array &$a) {
    $n = count($a) - 1;
    $l = ($n >> 1) + 1;
    $r = $n;
    while (true) {
        if ($l > 1) {
            $item = $a[--$l];
        } else {
            $item = $a[$r];
            $a[$r] = $a[1];
            if (--$r == 1) { $a[1] = $item; return; }
        }
        $i = $l;
        $j = $l << 1;
        while ($j <= $r) {
            if ($j < $r && $a[$j] < $a[$j + 1]) { $j++; }
            if ($item < $a[$j]) { $a[$i] = $a[$j]; $i = $j; $j += $i; } else { $j = $r + 1; }
        }
        $a[$i] = $item;
    }
}
$a = [0];
for ($i = 1; $i <= 25000; $i++) { $a[$i] = random(); }
heapsort($a);
printf("%.10f %.10f %.10f\n", $a[1], $a[12500], $a[25000]);
