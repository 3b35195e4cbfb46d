<?php
declare(strict_types=1);
// Numbers, arrays, objects, generators, errors: what the virtual machine does.
foreach ([0.1 + 0.2, 1e100, -0.0, 1 / 3, 2 ** 63, PHP_INT_MAX + 1, NAN, INF, 5e-324, 123456789012345678] as $number) {
    var_dump($number, round((float) $number, 3));
}
var_dump(7 <=> 7.0, "abc" <=> "abd", [1, 2] <=> [1, 3], 10 % -3, -7 % 3, intdiv(-7, 2), fmod(-7.5, 2), 2 ** -1, 7 & 3 | 8 ^ 5, 1 << 62, -1 >> 3);
var_dump(base_convert("zz", 36, 2), hexdec("ff"), bindec("1111"), octdec("777"), sqrt(2), exp(1), log(10), sin(1), atan2(1, 2), hypot(3, 4));
mt_srand(42);
echo mt_rand(), " ", mt_rand(1, 100), " ", implode(",", (function () { $a = range(1, 10); shuffle($a); return $a; })()), "\n";
$people = [["Ann", 30], ["Bob", 25], ["Cid", 30], ["Dee", 25]];
usort($people, fn ($a, $b) => [$b[1], $a[0]] <=> [$a[1], $b[0]]);
echo json_encode($people), json_encode(array_count_values(array_column($people, 1))), "\n";
$mixed = ["10", 9, 2.5, "abc", true, null, "1e1"];
sort($mixed);
var_dump($mixed);
$words = ["img12", "img10", "IMG2", "img1"];
natcasesort($words);
print_r($words);
print_r(array_merge_recursive(["a" => [1], "b" => 2], ["a" => [3], "b" => 4]));
print_r(array_map(null, [1, 2], ["a", "b"], [true]));
echo implode(" ", array_filter(range(1, 50), fn (int $n): bool => $n > 1 && !array_filter(range(2, max(2, (int) sqrt($n))), fn ($d) => $d < $n && $n % $d == 0))), "\n";

interface Shape { public function area(): float; }
abstract class Base implements Shape, Stringable {
    public function __construct(protected readonly string $name) {}
    public function __toString(): string { return sprintf("%s(%.2f)", $this->name, $this->area()); }
    public function __get(string $what): mixed { return "no $what"; }
    public static function __callStatic(string $name, array $arguments): string { return $name . count($arguments); }
}
trait Counts { private static int $made = 0; public static function made(): int { return self::$made++; } }
final class Circle extends Base { use Counts; public function __construct(private float $radius) { parent::__construct("circle"); self::made(); } public function area(): float { return M_PI * $this->radius ** 2; } }
enum Suit: string {
    case Hearts = "H"; case Spades = "S";
    public function colour(): string { return match ($this) { self::Hearts => "red", self::Spades => "black" }; }
}
echo new Circle(2), " ", (new Circle(1))->nothing, " ", Circle::anything(1, 2), " ", Circle::made(), " ", Suit::from("H")->colour(), " ", Suit::tryFrom("X")?->colour() ?? "none", "\n";
function walk(array $tree): Generator {
    foreach ($tree as $key => $value) {
        if (is_array($value)) { $count = yield from walk($value); yield "$key#" => $count; } else { yield $key => $value; }
    }
    return count($tree);
}
foreach (walk(["a" => 1, "b" => ["c" => 2, "d" => ["e" => 3]]]) as $key => $value) { echo "$key=$value "; }
$echo = (function () { $got = []; while (count($got) < 3) { $got[] = yield count($got); } return $got; })();
$echo->current(); $echo->send("x"); $echo->send("y"); $echo->send("z");
echo implode($echo->getReturn()), "\n";
foreach ([fn () => intdiv(1, 0), fn () => strlen(5), fn () => (new Circle(1))->name, fn () => [] > 5 ? 1 : throw new LogicException("thrown", 3, new Exception("cause")), fn () => unserialize("x")] as $case) {
    try {
        var_dump(@$case());
    } catch (Throwable $e) {
        echo get_class($e), ": ", $e->getMessage(), " ", $e->getPrevious()?->getMessage(), "\n";
    } finally {
        echo "finally\n";
    }
}
$heap = new SplPriorityQueue();
foreach (["low" => 1, "high" => 9, "mid" => 5] as $name => $priority) { $heap->insert($name, $priority); }
while (!$heap->isEmpty()) { echo $heap->extract(), " "; }
$a = [1, 2, 3];
foreach ($a as &$item) { $item *= 2; }
unset($item);
[$first, , $third] = $a;
["x" => $x, "y" => [, $y]] = ["x" => 1, "y" => [2, 3]];
echo "$first $third $x $y ", memory_get_usage() > 0 ? "memory" : "", "\n";
static fn (int ...$numbers): int => array_sum($numbers);
echo str_pad(decbin(array_sum(array_map("ord", str_split("wasm")))), 12, "0", STR_PAD_LEFT), "\n";
