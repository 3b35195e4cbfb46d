<?php
// Regular expressions, JSON and serialized values.
$log = '';
for ($i = 0; $i < 1500; $i++) {
    $log .= sprintf("10.%d.%d.7 - user%d [%02d/Nov/2023] \"GET /page/%d?id=%d&name=n%d HTTP/1.1\" %d %d\n",
        $i % 200, $i % 13, $i % 11, $i % 28, $i, $i * 7, $i % 5, 200 + $i % 4, $i * 31);
}
preg_match_all('~^(\d+(?:\.\d+){3}) - (?<user>\w+) \[([^]]+)\] "GET (\S+?)(?:\?(\S*))? HTTP/[\d.]+" (\d{3}) (\d+)$~m', $log, $all);
$changed = preg_replace_callback('/\b([a-z])([a-z]+)\b/i', fn($m) => strtoupper($m[1]) . strrev($m[2]), $log);
$parts = preg_split('/[\s,.&=?]+/', $log);
$data = [];
foreach ($all['user'] as $i => $user) { $data[$user][] = ['path' => $all[4][$i], 'size' => (int) $all[7][$i], 'half' => $all[7][$i] / 2]; }
$text = json_encode($data, JSON_PRETTY_PRINT);
$same = true;
for ($i = 0; $i < 14; $i++) { $same = $same && json_decode($text, true) == $data && unserialize(serialize($data)) == $data; }
echo count($all[0]), ' ', crc32($changed), ' ', count($parts), ' ', strlen($text), ' ', var_export($same, true), "\n";
