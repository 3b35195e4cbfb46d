<?php
// Strings, patterns, formats, dates: what C code does byte by byte.
$text = "The quick brown fox jumps over the lazy dog";
echo strrev($text), "|", ucwords(strtolower($text)), "|", wordwrap($text, 15, "\n", true), "\n";
echo soundex("Robert"), metaphone("Thompson"), levenshtein("kitten", "sitting"), similar_text("World", "Word"), "\n";
foreach (["md5", "sha1", "sha256", "sha512", "crc32b", "adler32", "xxh64", "murmur3a", "whirlpool"] as $name) {
    echo $name, " ", hash($name, $text), "\n";
}
echo bin2hex(pack("nvNVGed", 1, 2, 3, 4, 1.5, 2.5, -0.1)), "\n";
print_r(unpack("Nlong/nshort/a4text", "\0\0\1\0\0\x10wasm"));
echo base64_encode(str_repeat("\xff\x00", 20)), quoted_printable_encode("Zoë = 5 €"), "\n";
printf("[%5d] [%-8s] [%08.3f] [%x] [%X] [%o] [%b] [%e] [%'*12s] [%+d]\n", 42, "left", 3.14159, 255, 255, 8, 5, 12345.678, "stars", 7);
echo number_format(1234567.891, 2), " ", number_format(0.5), " ", number_format(-1234.567, 2, ",", "."), "\n";
preg_match_all('/(?<word>\b\w(?:(?!o)\w)*\b)(?=\s|$)/u', $text, $found, PREG_SET_ORDER | PREG_OFFSET_CAPTURE);
foreach ($found as $one) {
    echo $one["word"][0], "@", $one["word"][1], " ";
}
echo "\n", preg_replace_callback('/\b(\p{L})(\p{L}*)/u', fn ($m) => mb_strtoupper($m[1]) . $m[2], "élan über alles"), "\n";
var_dump(preg_match('/(a+)+$/', str_repeat("a", 30) . "b"), preg_last_error_msg());
print_r(preg_split('/([-,])/', "a-b,c", -1, PREG_SPLIT_DELIM_CAPTURE));
echo mb_strlen("日本語テキスト"), mb_substr("日本語テキスト", 2, 3), mb_convert_case("ǆ straße", MB_CASE_TITLE), "\n";
echo json_encode(["a" => 1.0, "b" => [true, null, "é\u{1F600}"], "c" => 0.1 + 0.2, "d" => PHP_INT_MAX], JSON_PRETTY_PRINT | JSON_PRESERVE_ZERO_FRACTION), "\n";
var_dump(json_decode('{"x":[1,2,{"y":12345678901234567890}],"z":-1.5e-7}', true));
echo serialize([1, 1.5, "x", [null, false], new ArrayObject([3])]), "\n";
date_default_timezone_set("Europe/Berlin");
$when = new DateTimeImmutable("2024-02-29 23:59:59.25");
foreach (["+1 year", "last day of next month", "first monday of january 2025", "-90 minutes", "noon tomorrow"] as $change) {
    echo $when->modify($change)->format("D, d M Y H:i:s.u P T e, \\w\\e\\e\\k W, z"), "\n";
}
echo $when->diff(new DateTimeImmutable("2000-01-01", new DateTimeZone("Asia/Tokyo")))->format("%R %y %m %d %h %i %s %a"), "\n";
foreach (new DatePeriod(new DateTime("2024-03-30 12:00"), new DateInterval("P1D"), 3) as $day) {
    echo $day->format("c I U"), "\n";
}
