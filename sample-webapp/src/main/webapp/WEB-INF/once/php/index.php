<?php
// PHP itself was started once, before it knew of this script, which is read for each request.
static $requests = 0;
$requests++;
$root = htmlspecialchars(rtrim(dirname($_SERVER['CONTEXT_PREFIX'], 2), '/'), ENT_QUOTES, 'UTF-8');
$query = htmlspecialchars($_SERVER['QUERY_STRING'], ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
$micros = (int) ((microtime(true) - $_SERVER['REQUEST_TIME_FLOAT']) * 1e6);
?>
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>PHP, started once</title>
<link rel="icon" href="<?= $root ?>/favicon.svg">
<link rel="stylesheet" href="<?= $root ?>/style.css">
<main>
<h1>PHP, started once</h1>
<p class="lead">php-cgi was started once and frozen where it accepts its connection. Each request goes on from there with a copy of its own, and reads this script.</p>
<table>
<tr><th scope="row">Requests that this copy has seen</th><td id="requests"><?= $requests ?></td></tr>
<tr><th scope="row">Query</th><td><?= $query ?></td></tr>
</table>
<p>PHP answered in <strong id="micros"><?= $micros ?></strong> microseconds.</p>
<p><a href="<?= $root ?>/">All demos</a></p>
</main>
</html>
