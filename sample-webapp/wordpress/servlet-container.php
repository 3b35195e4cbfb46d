<?php
/*
 * Plugin Name: Servlet container
 * Description: Tells WordPress what it cannot find out by itself in a servlet container.
 */

// WasmFallback gives it what does not exist: pretty permalinks need no .htaccess.
add_filter('got_url_rewrite', '__return_true');
add_filter('flush_rewrite_rules_hard', '__return_false');

// The installer would try them by calling itself, which a program cannot.
add_action('wp_install', function () {
    global $wp_rewrite;
    $wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/');
    $wp_rewrite->flush_rules();
});
