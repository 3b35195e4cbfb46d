<?php
// Starts WordPress up to where it has loaded its library and looks up its first option. By then it has
// looked at nothing of the site's tables, nor at plugins, themes or a request. There PHP is frozen.

namespace WasmServlet;

require __DIR__ . '/request.php';

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
    request();
    connect($wpdb);
    wp_cache_flush();
    timer_start();
    wp_fix_server_vars();
    wp_maintenance();
    wp_debug_mode();
    // What these would have been told before.
    if (isset($_GET['replytocom'])) {
        add_filter('wp_robots', 'wp_robots_no_robots');
    }
    if (defined('WP_BLOG_ADMIN') && isset($_GET['import']) && !defined('WP_LOAD_IMPORTERS')) {
        define('WP_LOAD_IMPORTERS', true);
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

if (!is_starting()) {
    http_response_code(404);
    exit;
}
$GLOBALS['wp_filter'] = hooks();
$GLOBALS['@pdo'] = new \PDO('sqlite::memory:');
chdir(dirname($_SERVER[START]));
require $_SERVER[START];
// All pages of wp-admin begin with the same script, and it is that one which was started.
if (is_file($_SERVER['SCRIPT_FILENAME']) && !in_array(realpath($_SERVER['SCRIPT_FILENAME']), get_included_files(), true)) {
    require $_SERVER['SCRIPT_FILENAME'];
}
