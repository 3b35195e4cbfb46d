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
    $wp_rewrite->flush_rules();
});

// There is no network, and a host's name that is looked up would end the program: nothing is tried.
add_filter('pre_http_request', function () {
    return new WP_Error('http_request_not_executed', 'A program in a servlet container has no network.');
});

// Nor is there mail. Notices of comments would look up the author's host for nothing.
add_filter('notify_moderator', '__return_false');
add_filter('notify_post_author', '__return_false');
add_filter('pre_wp_mail', '__return_false');
