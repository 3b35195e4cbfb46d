<?php
// Five bodies that attract each other.
class Body { public function __construct(public $x, public $y, public $z, public $vx, public $vy, public $vz, public $mass) {} }
$bodies = [
    new Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.5), new Body(4.84, -1.16, -0.10, 0.61, 2.81, -0.02, 0.038),
    new Body(8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011), new Body(12.9, -15.1, -0.22, 1.08, 0.87, -0.011, 0.0017),
    new Body(15.4, -25.9, 0.18, 0.98, 0.59, -0.035, 0.002)];
function advance(array $bodies, float $dt) {
    foreach ($bodies as $i => $a) {
        for ($j = $i + 1; $j < 5; $j++) {
            $b = $bodies[$j];
            $dx = $a->x - $b->x; $dy = $a->y - $b->y; $dz = $a->z - $b->z;
            $d = $dx * $dx + $dy * $dy + $dz * $dz;
            $pull = $dt / ($d * sqrt($d));
            $a->vx -= $dx * $b->mass * $pull; $a->vy -= $dy * $b->mass * $pull; $a->vz -= $dz * $b->mass * $pull;
            $b->vx += $dx * $a->mass * $pull; $b->vy += $dy * $a->mass * $pull; $b->vz += $dz * $a->mass * $pull;
        }
    }
    foreach ($bodies as $a) { $a->x += $dt * $a->vx; $a->y += $dt * $a->vy; $a->z += $dt * $a->vz; }
}
for ($i = 0; $i < 5000; $i++) { advance($bodies, 0.01); }
foreach ($bodies as $b) { printf("%.8f %.8f %.8f\n", $b->x, $b->y, $b->vz); }
