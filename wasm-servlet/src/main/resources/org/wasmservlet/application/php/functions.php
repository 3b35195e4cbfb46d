<?php
// Functions of PHP that look at the request with which it was started, and not at the one that has come.
// php.ini disables them (disable_functions), and these take their place: with the same answers, also where
// PHP is started anew for a request.

/** What came, whatever has become of the superglobals since. */
final class WasmServletInput
{
    private static array $input = [];

    /** @internal */
    public static array $server = [];

    /** @internal */
    public static function remember(): void
    {
        // PHP's own have nothing of the server's and of the environment, behind CGI and FastCGI.
        self::$input = [
            INPUT_GET => $_GET, INPUT_POST => $_POST, INPUT_COOKIE => $_COOKIE, INPUT_SERVER => [], INPUT_ENV => [],
        ];
        self::$server = $_SERVER;
    }

    /** @internal */
    public static function of(string $function, int $type): array
    {
        return self::$input[$type]
            ?? throw new ValueError("$function(): Argument #1 (\$type) must be an INPUT_* constant");
    }
}

if (!function_exists('filter_input')) {
    function filter_has_var(int $input_type, string $var_name): bool
    {
        return isset(WasmServletInput::of(__FUNCTION__, $input_type)[$var_name]);
    }

    function filter_input(
        int $type, string $var_name, int $filter = FILTER_DEFAULT, array|int $options = 0
    ): mixed {
        $input = WasmServletInput::of(__FUNCTION__, $type);
        if (isset($input[$var_name])) {
            return filter_var($input[$var_name], $filter, $options);
        }
        $flags = is_array($options) ? $options['flags'] ?? 0 : $options;
        if (is_array($options) && is_array($options['options'] ?? null)
            && array_key_exists('default', $options['options'])) {
            return $options['options']['default'];
        }
        return $flags & FILTER_NULL_ON_FAILURE ? false : null;
    }

    function filter_input_array(
        int $type, array|int $options = FILTER_DEFAULT, bool $add_empty = true
    ): array|false|null {
        $input = WasmServletInput::of(__FUNCTION__, $type);
        return $input === [] ? null : filter_var_array($input, $options, $add_empty);
    }
}

if (!function_exists('getallheaders')) {
    function getallheaders(): array
    {
        $headers = [];
        foreach (WasmServletInput::$server as $name => $value) {
            if (str_starts_with($name, 'HTTP_')) {
                $name = substr($name, 5);
            } elseif ($name !== 'CONTENT_TYPE' && $name !== 'CONTENT_LENGTH') {
                continue;
            }
            $headers[ucwords(strtolower(strtr($name, '_', '-')), '-')] = $value;
        }
        return $headers;
    }

    function apache_request_headers(): array
    {
        return getallheaders();
    }
}

WasmServletInput::remember();
