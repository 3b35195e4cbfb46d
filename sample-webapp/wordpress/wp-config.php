<?php
// The configuration of a WordPress in a servlet container.

// Tables are in one SQLite file. "unix-none": SQLite does not lock it, for WASI has no locks. The
// web application lets one program at a time have it (WasmLockFile in web.xml), which is stronger.
define('DB_ENGINE', 'sqlite');
$tables = __DIR__ . '/wp-content/database/';
// What the server asks for when it starts (WasmWarmUp in web.xml) works on a copy of the tables, or on
// none where there are none, which goes with the request's own /tmp. No client can set this variable.
if (getenv('WASM_WARM_UP')) {
    $copy = '/tmp/warm-up/';
    mkdir($copy);
    foreach (['.ht.sqlite', '.ht.sqlite-journal'] as $file) {
        if (is_file($tables . $file)) {
            copy($tables . $file, $copy . $file);
        }
    }
    $tables = $copy;
}
define('FQDBDIR', $tables);
define('FQDB', 'file:' . FQDBDIR . '.ht.sqlite?vfs=unix-none');

// Not used, but WordPress asks for them.
define('DB_NAME', 'wordpress');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

// Sign cookies and forms. Whoever knows them can be anybody; new ones log everybody out.
define('AUTH_KEY', '%salt%');
define('SECURE_AUTH_KEY', '%salt%');
define('LOGGED_IN_KEY', '%salt%');
define('NONCE_KEY', '%salt%');
define('AUTH_SALT', '%salt%');
define('SECURE_AUTH_SALT', '%salt%');
define('LOGGED_IN_SALT', '%salt%');
define('NONCE_SALT', '%salt%');

// A program has no network: WordPress need not try to call itself or others.
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);
define('FS_METHOD', 'direct');

// Scripts one by one: the container sends files faster than PHP joins them.
define('CONCATENATE_SCRIPTS', false);

// PHP's messages go to the container's log and not into pages.
ini_set('display_errors', '0');
ini_set('log_errors', '1');
define('WP_DEBUG', false);

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
