<?php
/*
 * Plugin Name: Servlet container
 * Description: Tells WordPress what it cannot find out by itself in a servlet container.
 */

// WasmFallback gives it what does not exist: pretty permalinks need no .htaccess.
add_filter('got_url_rewrite', '__return_true');
add_filter('flush_rewrite_rules_hard', '__return_false');

// The server's own requests when it starts (WasmWarmUp in web.xml) do not know the site's address.
if (getenv('WASM_WARM_UP')) {
    add_filter('redirect_canonical', '__return_false');
}

// The installer would try them by calling itself, which a program cannot.
add_action('wp_install', function () {
    global $wp_rewrite;
    $wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/');
    // The rules are made by the next request: categories and tags have theirs only where there is a
    // structure when they are registered.
    delete_option('rewrite_rules');
});

// There is no network, and a host's name that is looked up would end the program: nothing is tried.
add_filter('pre_http_request', function () {
    return new WP_Error('http_request_not_executed', 'A program in a servlet container has no network.');
});

// These look at the request with which PHP was started, which is another one where it was frozen:
// php.ini takes them away, and these do the same in their place.
if (is_file('/wasm-servlet/php/functions.php')) {
    require_once '/wasm-servlet/php/functions.php';
}

// For what does it by itself there are these in place of PHP's own, which php.ini takes away.
if (!function_exists('gethostbyname')) {
    function gethostbyname(string $hostname): string
    {
        return $hostname;
    }
    function gethostbynamel(string $hostname): array|false
    {
        return false;
    }
    function gethostbyaddr(string $ip): string|false
    {
        return $ip;
    }
    function dns_get_record(string $hostname): array|false
    {
        return false;
    }
    function dns_check_record(string $hostname): bool
    {
        return false;
    }
    function checkdnsrr(string $hostname): bool
    {
        return false;
    }
    function fsockopen(string $hostname, int $port = -1, &$code = null, &$message = null): bool
    {
        $message = 'A program in a servlet container has no network.';
        return false;
    }
}

// A program is not told how full a disk is. PHP would say that there is no room, and Site Health that this is
// critical: php.ini takes these away, and these say that it is not known.
if (!function_exists('disk_free_space')) {
    function disk_free_space(string $directory): float|false
    {
        return false;
    }
    function diskfreespace(string $directory): float|false
    {
        return false;
    }
    function disk_total_space(string $directory): float|false
    {
        return false;
    }
}

// Site Health would find each thing broken that it tries by the network: others' sites, and its own. One entry
// says what is so.
add_filter('site_status_tests', function (array $tests) {
    foreach (['ssl_support', 'http_requests', 'rest_availability'] as $test) {
        unset($tests['direct'][$test]);
    }
    foreach (['dotorg_communication', 'background_updates', 'loopback_requests', 'page_cache'] as $test) {
        unset($tests['async'][$test]);
    }
    $tests['direct']['servlet_container_network'] = [
        'label' => 'Network',
        'test' => fn () => [
            'label' => 'WordPress has no network',
            'status' => 'recommended',
            'badge' => ['label' => 'Security', 'color' => 'blue'],
            'description' => '<p>It runs as a program in a servlet container, which gives it none: it cannot look for '
                . 'updates, fetch plugins, send mail or call itself. New versions are put into its directory by hand.</p>',
            'actions' => '',
            'test' => 'servlet_container_network',
        ],
    ];
    return $tests;
});

// Nor does it want what is for the network, for another database, and for archives of updates.
add_filter('site_status_test_php_modules', function (array $modules) {
    return array_diff_key($modules, array_flip(['curl', 'openssl', 'mysqli', 'zip', 'zlib']));
});

// This build of PHP damages its own memory when it reads or writes a GIF: they are kept and shown as
// they are, and nothing is made of them.
add_filter('wp_image_editors', function () {
    if (!class_exists('Servlet_Container_Image_Editor')) {
        class Servlet_Container_Image_Editor extends WP_Image_Editor_GD
        {
            public static function supports_mime_type($mime_type)
            {
                return $mime_type !== 'image/gif' && parent::supports_mime_type($mime_type);
            }
        }
    }
    return ['Servlet_Container_Image_Editor'];
});

// Nor is there mail. Notices of comments would look up the author's host for nothing.
add_filter('notify_moderator', '__return_false');
add_filter('notify_post_author', '__return_false');
add_filter('pre_wp_mail', '__return_false');
