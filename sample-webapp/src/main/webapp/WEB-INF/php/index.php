<?php
// A form, a file upload and a session, on one page.
session_start();
$_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + 1;

function h(?string $text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

$root = rtrim(dirname($_SERVER['CONTEXT_PREFIX']), '/');
$greeting = isset($_POST['name']) ? 'Hello, ' . h($_POST['name']) . '!' : null;
$upload = $_FILES['file'] ?? null;
?>
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>PHP <?= h(PHP_VERSION) ?></title>
<link rel="icon" href="<?= h($root) ?>/favicon.svg">
<link rel="stylesheet" href="<?= h($root) ?>/style.css">
<main>
<h1>PHP <?= h(PHP_VERSION) ?></h1>
<p class="lead">php-cgi, compiled to WebAssembly. You have seen this page <?= $_SESSION['visits'] ?> time<?= $_SESSION['visits'] === 1 ? '' : 's' ?> in this session.</p>

<h2>A form</h2>
<?php if ($greeting !== null): ?>
<p id="greeting"><?= $greeting ?></p>
<?php endif ?>
<form method="post">
<label for="name">Your name</label>
<input type="text" id="name" name="name" maxlength="80" required>
<button>Greet</button>
</form>

<h2>A file upload</h2>
<?php if ($upload !== null && $upload['error'] === UPLOAD_ERR_OK && is_uploaded_file($upload['tmp_name'])): ?>
<table id="upload">
<tr><th scope="row">Name</th><td><?= h($upload['name']) ?></td></tr>
<tr><th scope="row">Size</th><td><?= $upload['size'] ?> bytes</td></tr>
<tr><th scope="row">SHA-256</th><td><?= hash_file('sha256', $upload['tmp_name']) ?></td></tr>
</table>
<?php elseif ($upload !== null): ?>
<p id="upload">The upload failed (PHP's error <?= (int) $upload['error'] ?>).</p>
<?php endif ?>
<form method="post" enctype="multipart/form-data">
<label for="file">A file of up to 2 MB; it is measured and thrown away</label>
<input type="file" id="file" name="file" required>
<button>Upload</button>
</form>

<h2>The request</h2>
<table>
<?php foreach (['SCRIPT_NAME', 'SCRIPT_FILENAME', 'PATH_INFO', 'DOCUMENT_ROOT', 'REQUEST_URI'] as $name): ?>
<tr><th scope="row"><?= $name ?></th><td><?= isset($_SERVER[$name]) ? h($_SERVER[$name]) : '<em>not set</em>' ?></td></tr>
<?php endforeach ?>
</table>
<p><a href="<?= h($root) ?>/php/index.php/a/path?after=the-script">With a path after the script</a> · <a href="<?= h($root) ?>/php/badge.svg">A file beside it</a> · <a href="<?= h($root) ?>/">All demos</a></p>
</main>
</html>
