package org.wasmservlet.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The configurations of httpd and of php-fpm: as they come, without access logs, with connections
 * that are kept for any number of requests, and with more threads in each process than there are
 * connections: one whose threads are all busy may close some that are kept.
 */
final class HttpdConfiguration {
  /** Twice as many as the connections of the largest load would be no faster on two processors. */
  private static final int FPM_CHILDREN = 8;

  /**
   * A process that serves one request keeps nothing for the next one: setting up OPcache's memory
   * would only cost time, nearly as much as all the rest of a short script.
   */
  static final String WITHOUT_OPCACHE = "opcache.enable = 0\n";

  private static final List<String> MODULES =
      List.of(
          "mpm_event",
          "authz_core",
          "mime",
          "dir",
          "env",
          "alias",
          "actions",
          "cgid",
          "proxy",
          "proxy_fcgi");

  private final Tools tools;
  private final Path folder;
  private final int port;

  HttpdConfiguration(Tools tools, Path folder, int port) {
    this.tools = tools;
    this.folder = folder;
    this.port = port;
  }

  Path fpmSocket() {
    return folder.resolve("php-fpm.sock");
  }

  String of(Kind kind, Site site, Options options) {
    Path root = kind == Kind.MOD_WASM ? site.scripts() : site.nativePrograms();
    return common(root)
        + switch (kind) {
          case CGI ->
              nativePrograms(root) + phpCgi(":" + phpSettings()) + wordPress(site, "native-php");
          case CGI_BARE -> phpCgi("");
          case FPM -> fpm() + wordPress(site, fpmHandler());
          case MOD_WASM -> modWasm(options, site);
          default -> throw new IllegalArgumentException(kind.word);
        };
  }

  private String common(Path root) {
    String modules =
        MODULES.stream()
            .map(
                name ->
                    "LoadModule %s_module %s/mod_%s.so%n"
                        .formatted(name, tools.httpdModules(), name))
            .collect(Collectors.joining());
    return modules
        + runAs("User www-data\nGroup www-data\n")
        + """
        ServerRoot %1$s
        ServerName localhost
        Listen 127.0.0.1:%2$d
        PidFile %1$s/httpd.pid
        DefaultRuntimeDir %1$s
        ScriptSock %1$s/cgid.sock
        ErrorLog %1$s/error.log
        TypesConfig /dev/null
        ThreadLimit 128
        ThreadsPerChild 128
        MaxRequestWorkers 512
        KeepAlive On
        MaxKeepAliveRequests 0
        DocumentRoot %3$s
        <Directory />
          AllowOverride None
          Require all granted
        </Directory>
        """
            .formatted(folder, port, root);
  }

  private static String nativePrograms(Path root) {
    return """
    <Directory %s>
      Options ExecCGI
      SetHandler cgi-script
    </Directory>
    """
        .formatted(root);
  }

  /** Where php-cgi, but not php-fpm, finds {@link #WITHOUT_OPCACHE} after Debian's settings. */
  Path phpSettings() {
    return folder.resolve("php");
  }

  private String phpCgi(String settings) {
    return """
    ScriptAlias /cgi-bin/php-cgi %s
    Action native-php /cgi-bin/php-cgi
    <Location /php>
      SetHandler native-php
    </Location>
    <Location /cgi-bin>
      SetHandler cgi-script
      Options ExecCGI
      SetEnv PHP_INI_SCAN_DIR "%s"
    </Location>
    """
        .formatted(tools.phpCgi(), settings);
  }

  private String fpm() {
    return """
    <Location /php>
      SetHandler %s
    </Location>
    """
        .formatted(fpmHandler());
  }

  private String fpmHandler() {
    return "\"proxy:unix:%s|fcgi://localhost\"".formatted(fpmSocket());
  }

  /** As WordPress's own documentation has it, but for .htaccess. */
  private static String wordPress(Site site, String handler) {
    return """
    Alias /wordpress %1$s
    <Directory %1$s>
      DirectoryIndex index.php
      FallbackResource /wordpress/index.php
      <FilesMatch "\\.php$">
        SetHandler %2$s
      </FilesMatch>
    </Directory>
    """
        .formatted(site.wordPress().nativeSite(), handler);
  }

  private static String modWasm(Options options, Site site) {
    return Guest.all(site).stream()
        .filter(guest -> options.programs().contains(guest.program()))
        .filter(guest -> Kind.MOD_WASM.programs().contains(guest.program()))
        .map(Guest::locationBlock)
        .collect(Collectors.joining("", "LoadModule wasm_module " + options.modWasm() + "\n", ""));
  }

  String ofFpm() {
    return """
    [global]
    error_log = %1$s/php-fpm-error.log
    [bench]
    %2$slisten = %3$s
    listen.mode = 0666
    pm = static
    pm.max_children = %4$d
    """
        .formatted(folder, runAs("user = www-data\ngroup = www-data\n"), fpmSocket(), FPM_CHILDREN);
  }

  /** Neither of them serves as root. */
  private static String runAs(String lines) {
    return System.getProperty("user.name").equals("root") ? lines : "";
  }
}
