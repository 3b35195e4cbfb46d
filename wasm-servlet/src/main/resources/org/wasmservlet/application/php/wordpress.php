<?php
// Starts WordPress up to where it has loaded its library and looks up its first option. By then it has
// looked at nothing of the site's tables, nor at plugins, themes or a request. There PHP is frozen. The
// script that a request is for begins once the rest of WordPress is loaded: it finds it there.

namespace WasmServlet;

require __DIR__ . '/request.php';
require __DIR__ . '/wordpress-script.php';

/** Hooks that WordPress finds when it loads its own, for the two look-ups that its start makes. */
function hooks(): array
{
    // Whether it is installed it finds out when there is a request.
    $installed = fn() => ['siteurl' => '-'];
    $first = function ($value) use (&$first, $installed) {
        remove_filter('pre_wp_load_alloptions', $installed);
        remove_filter('pre_option_siteurl', $first);
        go_on();
        return $value;
    };
    return [
        'pre_wp_load_alloptions' => [10 => [['function' => $installed, 'accepted_args' => 1]]],
        'pre_option_siteurl' => [10 => [['function' => $first, 'accepted_args' => 1]]],
    ];
}

/** Makes anew what WordPress had made of the request with which it was started. */
function go_on(): void
{
    global $wpdb;
    if (!$wpdb instanceof \WP_SQLite_DB) {
        not_frozen('the tables of WordPress are not in SQLite, by the plugin sqlite-database-integration');
    }
    if (wp_using_ext_object_cache() || WP_CACHE || is_multisite()) {
        not_frozen('object-cache.php, advanced-cache.php and multisite look at the request, or elsewhere, when they'
            . ' are loaded');
    }
    if (isset($GLOBALS['wp_plugin_paths'])) {
        not_frozen('wp-config.php defines WP_CONTENT_URL, so that must-use plugins are loaded before an option is looked up');
    }
    request();
    before_wordpress(script());
    connect($wpdb);
    wp_cache_flush_runtime();
    timer_start();
    wp_fix_server_vars();
    wp_maintenance();
    wp_debug_mode();
    // What this would have been told before.
    if (isset($_GET['replytocom'])) {
        add_filter('wp_robots', 'wp_robots_no_robots');
    }
    wp_not_installed();
}

/** Nobody has the site's database open before there is a request. */
function connect(\WP_SQLite_DB $wpdb): void
{
    unset($GLOBALS['@pdo']);
    (function () {
        $this->dbh = null;
        $this->db_connect();
    })->call($wpdb);
}

/** What wp-config.php makes of a request, it would make once and of none. */
function require_no_request(string $directory): void
{
    $config = is_file("$directory/wp-config.php") ? "$directory/wp-config.php" : dirname($directory) . '/wp-config.php';
    foreach (token_get_all(file_get_contents($config)) as $token) {
        $isRequest = $token[0] === T_VARIABLE
            && in_array($token[1], ['$_SERVER', '$_GET', '$_POST', '$_COOKIE', '$_REQUEST', '$_FILES'], true);
        $isScript = in_array($token[0], [T_STRING, T_CONSTANT_ENCAPSED_STRING], true)
            && in_array(trim($token[1], '\'"'), CONSTANTS, true);
        if ($isRequest || $isScript) {
            not_frozen("$config looks at the request in line $token[2], by $token[1]: that belongs into a must-use plugin");
        }
    }
}

/** What is loaded: a script of WordPress's that loads its library before it does anything else. */
function beginning(): string
{
    $root = root();
    require_no_request($root);
    chdir(dirname($_SERVER[START]));
    // The time that a request may take does not begin now, and what is defined once is so for good: no
    // request is told that its time is over.
    define('WP_START_TIMESTAMP', INF);
    $GLOBALS['wp_filter'] = hooks();
    $GLOBALS['@pdo'] = new \PDO('sqlite::memory:');
    if ($_SERVER[START] === "$root/xmlrpc.php") {
        // It would read its request otherwise.
        $GLOBALS['HTTP_RAW_POST_DATA'] = '';
    }
    if ($_SERVER[START] !== "$root/wp-admin/admin.php") {
        return $_SERVER[START];
    }
    // Some of the library's hooks are others there.
    define('WP_ADMIN', true);
    return "$root/wp-load.php";
}

if (!is_starting()) {
    http_response_code(404);
    exit;
}
require beginning();
if (!in_array(realpath(root() . '/' . script()), get_included_files(), true)) {
    after_wordpress(script());
    require root() . '/' . script();
}
