<?php
// PHP is started once and frozen here; each request goes on in a copy of it. Everything that PHP had
// made of the request with which it was started is made anew of the one that has come.

namespace WasmServlet;

/** Where the request's variables are when it has come: a file of each copy's own. */
const REQUEST = '/wasm-servlet/request';

/** The variable of the request that PHP is started with; no client can set it. */
const START = 'WASM_SERVLET_START';

/** Functions that would go on looking at the request with which PHP was started. */
const STALE = ['apache_request_headers', 'filter_has_var', 'filter_input', 'filter_input_array', 'getallheaders'];

require_once __DIR__ . '/functions.php';

/** Whether PHP is being started, and not asked for something. */
function is_starting(): bool
{
    return isset($_SERVER[START]);
}

/** A start that cannot be made: the message goes to the log, and each request starts PHP anew. */
function not_frozen(string $why): never
{
    error_log("not frozen: $why");
    exit(1);
}

/**
 * To be called once everything is loaded that does not hang on a request: returns in each copy, with the
 * request's superglobals. Does nothing where PHP is started for one request.
 */
function request(): void
{
    if (!is_starting()) {
        return;
    }
    foreach (STALE as $function) {
        if ((new \ReflectionFunction($function))->isInternal()) {
            not_frozen("php.ini has to disable $function (disable_functions), and all of " . implode(', ', STALE));
        }
    }
    if (ini_get('auto_prepend_file') !== '') {
        not_frozen('auto_prepend_file would be run for the start alone, and not for each request');
    }
    // PHP's own environment is not the request's.
    $environment = array_filter($_SERVER, fn($name) => getenv($name, true) !== false, ARRAY_FILTER_USE_KEY);
    $words = explode("\0", file_get_contents(REQUEST));
    $variables = [];
    for ($i = 0; $i + 1 < count($words); $i += 2) {
        $variables[$words[$i]] = $words[$i + 1];
    }
    superglobals($environment, $variables);
    clearstatcache(true);
    \WasmServletInput::remember();
    // Whatever was drawn before would be drawn by every copy.
    mt_srand();
}

/** As PHP makes them of these variables. */
function superglobals(array $environment, array $variables): void
{
    foreach ($variables as $name => $value) {
        putenv("$name=$value");
    }
    $order = strtoupper(ini_get('variables_order'));
    $has = fn(string $letter): bool => str_contains($order, $letter);
    $variables['FCGI_ROLE'] = 'RESPONDER';
    $_ENV = $has('E') ? $environment + $variables : [];
    $_SERVER = $has('S') ? server($environment + $variables) : [];
    $_GET = $has('G') ? decoded($variables['QUERY_STRING'] ?? '') : [];
    $_POST = $has('P') ? form($variables) : [];
    $_COOKIE = $has('C') ? cookies($variables['HTTP_COOKIE'] ?? '') : [];
    $_FILES = [];
    $_REQUEST = [];
    foreach (str_split(strtoupper(ini_get('request_order')) ?: $order) as $letter) {
        $more = ['G' => $_GET, 'P' => $_POST, 'C' => $_COOKIE][$letter] ?? [];
        $_REQUEST = array_replace_recursive($_REQUEST, $more);
    }
}

function server(array $variables): array
{
    $variables['PHP_SELF'] = ($variables['SCRIPT_NAME'] ?? '') . ($variables['PATH_INFO'] ?? '');
    $authorization = $variables['HTTP_AUTHORIZATION'] ?? '';
    if (strncasecmp($authorization, 'Basic ', 6) === 0) {
        $pair = base64_decode(substr($authorization, 6));
        if ($pair !== false && str_contains($pair, ':')) {
            [$variables['PHP_AUTH_USER'], $variables['PHP_AUTH_PW']] = explode(':', $pair, 2);
        }
    } elseif (strncasecmp($authorization, 'Digest ', 7) === 0) {
        $variables['PHP_AUTH_DIGEST'] = substr($authorization, 7);
    }
    $now = microtime(true);
    $variables['REQUEST_TIME_FLOAT'] = $now;
    $variables['REQUEST_TIME'] = (int) $now;
    if (ini_get('register_argc_argv')) {
        $query = $variables['QUERY_STRING'] ?? '';
        $variables['argv'] = $query === '' ? [] : explode('+', $query);
        $variables['argc'] = count($variables['argv']);
    }
    return $variables;
}

function decoded(string $pairs): array
{
    parse_str($pairs, $values);
    return $values;
}

/** Of a form alone: uploads go to a PHP that is started with them. */
function form(array $variables): array
{
    $type = strtolower(trim(explode(';', $variables['CONTENT_TYPE'] ?? '')[0]));
    if (($variables['REQUEST_METHOD'] ?? '') !== 'POST'
        || $type !== 'application/x-www-form-urlencoded'
        || !ini_get('enable_post_data_reading')) {
        return [];
    }
    $most = bytes(ini_get('post_max_size'));
    $length = (int) ($variables['CONTENT_LENGTH'] ?? 0);
    if ($most > 0 && $length > $most) {
        error_log("PHP Warning:  POST Content-Length of $length bytes exceeds the limit of $most bytes");
        return [];
    }
    return decoded(file_get_contents('php://input'));
}

function bytes(string $size): int
{
    return (int) $size * (1024 ** (int) strpos(' KMG', strtoupper(substr($size, -1)) ?: ' '));
}

/** A name counts where it comes first, and nothing but values is decoded, without '+'. */
function cookies(string $header): array
{
    $pairs = [];
    $seen = [];
    foreach (explode(';', $header) as $cookie) {
        [$name, $value] = explode('=', ltrim($cookie), 2) + [1 => ''];
        $isPlain = !str_contains($name, '[');
        if ($name === '' || $isPlain && isset($seen[strtr($name, ' .', '__')])) {
            continue;
        }
        $seen[strtr($name, ' .', '__')] = true;
        $pairs[] = rawurlencode($name) . '=' . rawurlencode(rawurldecode($value));
    }
    return decoded(implode(ini_get('arg_separator.input')[0], $pairs));
}
