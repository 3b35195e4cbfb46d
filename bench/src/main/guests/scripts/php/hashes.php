<?php
// Arrays with string keys, hexadecimal and decimal.
$x = [];
for ($i = 1; $i <= 80000; $i++) { $x[dechex($i)] = $i; }
$c = 0;
for ($i = 80000; $i > 0; $i--) { if (isset($x[$i])) { $c++; } }
$one = $two = [];
for ($i = 0; $i < 3000; $i++) { $one["key_$i"] = $i; $two["key_$i"] = 0; }
for ($i = 0; $i < 25; $i++) { foreach ($one as $key => $value) { $two[$key] += $value; } }
ksort($two);
unset($two['key_17']);
echo $c, ' ', $two['key_1'], ' ', $two['key_2999'], ' ', count($two), ' ', key($two), "\n";
