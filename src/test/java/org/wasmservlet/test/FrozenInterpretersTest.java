package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/**
 * Python, Ruby and PHP that are started once: a request that changes everything it can reach leaves
 * nothing of it for the next one, and each draws numbers of its own.
 */
class FrozenInterpretersTest {
  /**
   * On one container; the others are no different in this, but a tenth of it shows that. A thousand
   * take some minutes: {@code -Dfrozen.requests=1000}.
   */
  private static final int REQUESTS = Integer.getInteger("frozen.requests", 200);

  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String PYTHON =
      """
      import builtins, os, random, sys, tempfile

      state = {"seen": []}
      names = list(sys.modules)

      def traces():
          found = []
          if state["seen"]: found.append("module state")
          if hasattr(builtins, "spoilt"): found.append("builtins")
          if "SPOILT" in os.environ: found.append("environment")
          if "/spoilt" in sys.path: found.append("path")
          if "spoilt" in sys.modules: found.append("modules")
          if len(str.__name__) != 3: found.append("types")
          if os.getcwd() != "/app": found.append("directory")
          if os.path.exists("/tmp/spoilt"): found.append("file")
          try:
              os.fstat(20)
              found.append("descriptor")
          except OSError:
              pass
          return found

      def spoil(query):
          state["seen"].append(query)
          state["large"] = bytearray(b"x" * 5_000_000)
          builtins.spoilt = True
          os.environ["SPOILT"] = query
          sys.path.insert(0, "/spoilt")
          sys.modules["spoilt"] = sys
          os.chdir("/tmp")
          open("/tmp/spoilt", "w").close()
          for i in range(30): os.open("/app/app.py", os.O_RDONLY)

      def application(environ, start_response):
          body = environ["wsgi.input"].read()
          found = traces()
          drawn = random.random()
          spoil(environ["QUERY_STRING"])
          start_response("200 OK", [("Content-Type", "text/plain")])
          return [f"found={found}\\ndrawn={drawn}\\nquery={environ['QUERY_STRING']}\\n".encode(),
                  b"body=" + body + b"\\n"]
      """;

  private static final String RUBY =
      """
      $seen = []
      class Shop; @@state = nil; def self.state = @@state; def self.state=(s); @@state = s; end; end

      def traces
        found = []
        found << "global" unless $seen.empty?
        found << "class variable" if Shop.state
        found << "constant" if Object.const_defined?(:Spoilt)
        found << "method" if "".respond_to?(:spoilt)
        found << "environment" if ENV["SPOILT"]
        found << "path" if $LOAD_PATH.include?("/spoilt")
        found << "file" if File.exist?("/tmp/spoilt")
        found
      end

      def spoil(query)
        $seen << query << ("x" * 5_000_000)
        Shop.state = query
        Object.const_set(:Spoilt, query)
        String.class_eval { def spoilt = true }
        ENV["SPOILT"] = query
        $LOAD_PATH.unshift("/spoilt")
        File.write("/tmp/spoilt", query)
        $open = (1..20).map { File.open("/app/config.ru") }
      end

      run lambda { |env|
        body = env["rack.input"].read
        found = traces
        drawn = rand
        spoil(env["QUERY_STRING"])
        [200, { "content-type" => "text/plain" },
          ["found=#{found}\\ndrawn=#{drawn}\\nquery=#{env["QUERY_STRING"]}\\nbody=#{body}\\n"]]
      }
      """;

  private static final String PHP =
      """
      <?php
      header('Content-Type: text/plain');
      function counted() { static $calls = 0; return $calls++; }
      $found = [];
      if (counted() > 0) $found[] = 'static';
      if (defined('SPOILT')) $found[] = 'constant';
      if (getenv('SPOILT') !== false) $found[] = 'environment';
      if (ini_get('precision') !== '14') $found[] = 'ini';
      if (file_exists('/tmp/spoilt')) $found[] = 'file';
      if (isset($GLOBALS['spoilt'])) $found[] = 'global';
      if (class_exists('Spoilt', false)) $found[] = 'class';
      $drawn = mt_rand() . '.' . mt_rand();
      define('SPOILT', 1);
      putenv('SPOILT=1');
      ini_set('precision', '5');
      file_put_contents('/tmp/spoilt', 'x');
      $GLOBALS['spoilt'] = str_repeat('x', 5000000);
      eval('class Spoilt {}');
      for ($i = 0; $i < 20; $i++) $open[] = fopen(__FILE__, 'r');
      echo 'found=[', implode(',', $found), "]\\ndrawn=$drawn\\nquery=$_SERVER[QUERY_STRING]\\nbody=",
          file_get_contents('php://input'), "\\n";
      """;

  @OnEveryContainer
  void nothingIsLeftForTheNextRequest(Container container) throws Exception {
    int requests = container == Container.TOMCAT_11 ? REQUESTS : REQUESTS / 10;
    try (WebApp.Deployed app = deploy(container)) {
      for (String language : new String[] {"python", "ruby", "php"}) {
        RouteBeans beans = new RouteBeans(app);
        Polling.await(
            PATIENCE,
            language + " is frozen",
            () -> beans.text(language, "Freeze").equals("frozen"));
        Set<String> drawn = new HashSet<>();
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
          List<Callable<String>> tasks = new ArrayList<>();
          for (int i = 0; i < requests; i++) {
            String query = "q" + i;
            tasks.add(() -> ask(app, language, query));
          }
          for (Future<String> each : clients.invokeAll(tasks)) {
            drawn.add(each.get());
          }
        } finally {
          clients.shutdownNow();
        }
        assertThat(drawn).as("numbers that " + language + " has drawn").hasSize(requests);
        beans.awaitRoute(language, "Resumed", requests);
      }
    }
  }

  private static String ask(WebApp.Deployed app, String language, String query) throws Exception {
    RawResponse response =
        RawHttp.post(
            app.port(),
            app.contextPath() + "/" + language + "/app.php?" + query,
            ("body of " + query).getBytes(UTF_8),
            "Content-Type: text/x");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.variable("found")).as(language + " " + query).isEqualTo("[]");
    assertThat(response.variable("query")).isEqualTo(query);
    assertThat(response.variable("body")).isEqualTo("body of " + query);
    return response.variable("drawn");
  }

  private static WebApp.Deployed deploy(Container container) throws Exception {
    String python = Sample.loadedToFreeze("python-3.11.3.wasm").toString();
    String home = Sample.module("python-3.11.3/usr/local").toString();
    return new WebApp()
        .file("WEB-INF/python/app.py", PYTHON)
        .file("WEB-INF/ruby/config.ru", RUBY)
        .file("WEB-INF/php/app.php", PHP)
        .servlet(
            "python",
            "/python/*",
            with(
                "scgi",
                "stdin",
                "WasmModule",
                python,
                "WasmApplication",
                "app:application",
                "WasmEnv",
                "PYTHONHOME /usr/local\nPYTHONDONTWRITEBYTECODE 1",
                "WasmMapDir",
                "/usr/local " + home + " ro\n/app WEB-INF/python ro\n/tmp tmp:"))
        .servlet(
            "ruby",
            "/ruby/*",
            with(
                "scgi",
                "stdin",
                "WasmModule",
                Sample.loadedToFreeze("ruby-3.2.0.wasm").toString(),
                "WasmApplication",
                "config.ru",
                "WasmArg",
                "--disable-gems",
                "WasmMapDir",
                "/app WEB-INF/ruby ro\n/tmp tmp:"))
        .servlet(
            "php",
            "/php/*",
            with(
                "fastcgi",
                "accept",
                "WasmModule",
                Sample.loadedToFreeze("php-cgi-8.2.0.wasm").toString(),
                "WasmArg",
                "-b\n9000",
                "WasmDocumentRoot",
                "WEB-INF/php",
                "WasmHandler",
                ".php",
                "WasmMapCGIFileNames",
                "On",
                "WasmMapDir",
                "/app WEB-INF/php ro\n/tmp tmp:"))
        .deploy(container.server());
  }

  private static String[] with(String gateway, String freeze, String... more) {
    List<String> parameters =
        new ArrayList<>(
            List.of(
                "WasmEnableCGI", "On",
                "WasmGateway", gateway,
                "WasmFreeze", freeze,
                "WasmUnfrozen", "Refuse",
                "WasmPreload", "Background",
                "WasmTimeout", "2m",
                "WasmQueueTimeout", "2m",
                "WasmMaxQueue", "1000"));
    parameters.addAll(List.of(more));
    return parameters.toArray(String[]::new);
  }
}
