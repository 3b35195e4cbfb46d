<?php
// What scripts of WordPress's do before they load it. The library is loaded before there is a request, so
// that is done when it has come and before plugins are loaded, which may ask for it. Then the script does
// it once more.

namespace WasmServlet;

/** Scripts define these, and something before they do so might have asked. */
const CONSTANTS = [
    'IFRAME_REQUEST', 'IS_PROFILE_PAGE', 'WP_BLOG_ADMIN', 'WP_LOAD_IMPORTERS', 'WP_NETWORK_ADMIN', 'WP_USER_ADMIN',
    'WP_USE_THEMES',
];

/** The directory of WordPress. */
function root(): string
{
    static $root = null;
    for ($root ??= dirname($_SERVER[START]); !is_file("$root/wp-load.php") && $root !== '/';) {
        $root = dirname($root);
    }
    return $root;
}

/** The request's script, below that; whatever becomes of its superglobals. */
function script(): string
{
    static $script = null;
    return $script ??= substr($_SERVER['SCRIPT_FILENAME'], strlen(root()) + 1);
}

/** What the script would have done by now. */
function before_wordpress(string $script): void
{
    chdir(dirname(root() . "/$script"));
    if ($script === 'wp-comments-post.php' && $_SERVER['REQUEST_METHOD'] !== 'POST') {
        // It ends before it loads WordPress.
        require root() . "/$script";
    }
    if ($script === 'wp-cron.php' && $_POST !== []) {
        exit;
    }
    if ($script === 'xmlrpc.php') {
        $_COOKIE = [];
        $GLOBALS['HTTP_RAW_POST_DATA'] = trim(file_get_contents('php://input'));
    }
    foreach (constants($script) as $name) {
        define($name, !in_array($name, ['WP_NETWORK_ADMIN', 'WP_USER_ADMIN'], true));
    }
}

/** What it defines, and has not defined yet. */
function constants(string $script): array
{
    if ($script === 'index.php') {
        return ['WP_USE_THEMES'];
    }
    if (!str_starts_with($script, 'wp-admin/') || $script === 'wp-admin/admin-ajax.php' || is_moved($script)) {
        return [];
    }
    $names = ['WP_NETWORK_ADMIN', 'WP_USER_ADMIN', 'WP_BLOG_ADMIN', ...constants_of_page($script)];
    return isset($_GET['import']) ? array_unique([...$names, 'WP_LOAD_IMPORTERS']) : $names;
}

/** What a page of wp-admin defines itself, and not admin.php for it. */
function constants_of_page(string $script): array
{
    return match ($script) {
        'wp-admin/customize.php' => ['IFRAME_REQUEST'],
        'wp-admin/import.php' => ['WP_LOAD_IMPORTERS'],
        'wp-admin/media-upload.php' => isset($_GET['inline']) ? [] : ['IFRAME_REQUEST'],
        'wp-admin/plugin-install.php' => ($_GET['tab'] ?? '') === 'plugin-information' ? ['IFRAME_REQUEST'] : [],
        'wp-admin/profile.php' => ['IS_PROFILE_PAGE'],
        'wp-admin/update.php' =>
            in_array($_GET['action'] ?? '', ['update-selected', 'activate-plugin', 'update-selected-themes'], true)
                ? ['IFRAME_REQUEST'] : [],
        default => [],
    };
}

/** Addresses of earlier versions lead elsewhere before there is a page, and before it is told of wp-admin. */
function is_moved(string $script): bool
{
    return $script === 'wp-admin/tools.php'
        && (isset($_GET['wp-privacy-policy-guide'])
            || in_array($_GET['page'] ?? '', ['export_personal_data', 'remove_personal_data'], true));
}

/** When WordPress is loaded, and the script begins. */
function after_wordpress(string $script): void
{
    define_again($script);
    if ($script === 'wp-comments-post.php') {
        // It loads WordPress once more, which sets back what errors are reported. Then it does this.
        $level = error_reporting();
        add_filter('nocache_headers', $back = function ($headers) use (&$back, $level) {
            remove_filter('nocache_headers', $back, PHP_INT_MIN);
            error_reporting($level);
            return $headers;
        }, PHP_INT_MIN);
    }
}

/** That the script defines them once more is no fault of its. */
function define_again(string $script): void
{
    $again = array_diff(constants($script), ['WP_NETWORK_ADMIN', 'WP_USER_ADMIN']);
    $asks = ['wp-admin/plugin-install.php', 'wp-admin/update.php'];
    $again = array_diff($again, in_array($script, $asks, true) ? ['IFRAME_REQUEST'] : []);
    $again = array_diff($again, $script === 'wp-admin/import.php' ? [] : ['WP_LOAD_IMPORTERS']);
    if ($again === []) {
        return;
    }
    $messages = array_map(fn(string $name) => "Constant $name already defined", $again);
    $before = set_error_handler(function (int $level, string $message, ...$where) use (&$messages, &$before) {
        if (!in_array($message, $messages, true)) {
            return $before === null ? false : $before($level, $message, ...$where);
        }
        $messages = array_diff($messages, [$message]);
        if ($messages === []) {
            restore_error_handler();
        }
        return true;
    });
}
