<?php
// Strings: grown, searched, split, replaced, formatted, taken letter by letter.
$s = '';
for ($i = 0; $i < 250000; $i++) { $s .= "hello\n"; }
$sum = strlen($s);
$words = [];
for ($i = 0; $i < 8000; $i++) { $words[] = ucfirst(strrev("word" . $i * 37 % 1009)); }
$text = implode(' ', $words);
foreach (explode(' ', $text) as $word) {
    $sum += strpos($text, $word) + strlen(str_pad($word, 12, '*', STR_PAD_BOTH)) + ord($word[0]);
}
$page = '';
foreach ($words as $i => $word) {
    $page .= sprintf("%05d %-10s %6.2f %x|", $i, htmlspecialchars("<$word>"), $i / 7, $i);
}
$page = str_replace(['lt', '|'], ['LT', "\n"], strtoupper($page));
for ($i = 0, $n = min(200000, strlen($page)); $i < $n; $i++) { if ($page[$i] === 'O') { $sum++; } }
echo $sum, ' ', strlen($page), ' ', crc32($page), ' ', md5($page), ' ', substr_count($text, '00'), "\n";
