<?php
// Objects: properties, methods, interfaces, static calls, magic methods, clones.
interface Shape { public function area(): float; }
abstract class Base implements Shape {
    protected static int $made = 0;
    public function __construct(protected string $name) { self::$made++; }
    public static function made(): int { return static::$made; }
    public function __get($key) { return $this->name . $key; }
}
final class Circle extends Base {
    public function __construct(private float $radius) { parent::__construct('circle'); }
    public function area(): float { return 3.25 * $this->radius * $this->radius; }
}
final class Square extends Base {
    public function __construct(private float $side) { parent::__construct('square'); }
    public function area(): float { return $this->side ** 2; }
    public function grown(float $by): static { $new = clone $this; $new->side += $by; return $new; }
}
class Node { public $next = null; public function __construct(public int $value) {} }
$total = 0.0;
for ($i = 0; $i < 50000; $i++) {
    $shape = $i % 2 ? new Circle($i % 10) : (new Square($i % 7))->grown(0.5);
    $total += $shape->area();
    if ($shape instanceof Square) { $total += strlen($shape->anything); }
}
$head = null;
for ($i = 0; $i < 40000; $i++) { $node = new Node($i); $node->next = $head; $head = $node; }
$sum = 0;
for ($node = $head; $node !== null; $node = $node->next) { $sum += $node->value; }
while ($head !== null) { $head = $head->next; }
echo $total, ' ', Base::made(), ' ', $sum, "\n";
