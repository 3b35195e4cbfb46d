<?php
function step($a, $b) { return ($a ^ $b) & 0xFFFF; }
$x = 1;
for ($i = 0; $i < 310000; $i++) {
    $x = step($x * 3 + $i, $i >> 2);
    if ($x % 5 == 0) { $x += 2; }
}
echo $x, "\n";
