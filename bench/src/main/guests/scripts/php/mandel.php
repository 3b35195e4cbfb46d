<?php
// The Mandelbrot set in letters.
$points = 0;
for ($y = -30; $y <= 30; $y++) {
    $line = '';
    for ($x = -58; $x <= 20; $x++) {
        $cr = $x / 30.0; $ci = $y / 25.0; $zr = $zi = 0.0; $i = 0;
        while ($i < 300 && $zr * $zr + $zi * $zi < 4) {
            $t = $zr * $zr - $zi * $zi + $cr;
            $zi = 2 * $zr * $zi + $ci;
            $zr = $t;
            $i++;
        }
        $points += $i;
        $line .= $i == 300 ? ' ' : chr(97 + $i % 26);
    }
    echo $line, "\n";
}
echo $points, "\n";
