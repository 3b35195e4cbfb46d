<?php
$sum = 0;
$table = [];
for ($i = 0; $i < 300000; $i++) {
    $sum = ($sum + $i * 7) % 1000003;
    $table[$i % 1000] = $sum;
}
$text = str_repeat("0123456789abcdef", 512);
$digest = "";
for ($i = 0; $i < 20000; $i++) {
    $digest = md5($digest . $text);
}
echo $sum, " ", array_sum($table), " ", $digest, "\n";
