package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** A configuration that cannot be used fails its servlet at deployment, and no other. */
class ConfigurationErrorTest {
  static Stream<Arguments> mistakes() {
    String[][] mistakes = {
      {
        "WasmFreeze 'often': ",
        "must be Off, stdin or accept",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmFreeze",
        "often"
      },
      {
        "WasmFreeze 'stdin': ",
        "needs WasmEnableCGI On and WasmGateway scgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmFreeze",
        "stdin"
      },
      {
        "WasmFreeze 'stdin': ",
        "needs WasmEnableCGI On and WasmGateway scgi, whose programs read their request",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmFreeze",
        "stdin"
      },
      {
        "WasmFreeze 'stdin': ",
        "WasmGateway scgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "fastcgi",
        "WasmFreeze",
        "stdin"
      },
      {
        "WasmFreeze 'accept': ",
        "needs WasmEnableCGI On and WasmGateway fastcgi, whose programs accept",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmFreeze",
        "accept"
      },
      {
        "WasmUnknownImports 'ignore': ",
        "must be Refuse or Trap",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmUnknownImports",
        "ignore"
      },
      {
        "WasmUnfrozen 'Refuse': ",
        "says nothing without WasmFreeze",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmUnfrozen",
        "Refuse"
      },
      {
        "WasmUnfrozen '503': ",
        "must be Run or Refuse",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmFreeze",
        "stdin",
        "WasmUnfrozen",
        "503"
      },
      {
        "WasmFreezeKeep 'On': ",
        "says nothing without WasmFreeze",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmFreezeKeep",
        "On"
      },
      {
        "WasmFreezeKeep 'On': ",
        "needs a folder: WasmCacheDir is Off",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmFreeze",
        "stdin",
        "WasmFreezeKeep",
        "On",
        "WasmCacheDir",
        "Off"
      },
      {
        "WasmModule 'https://localhost/a.wasm': ",
        "needs the module's SHA-256 at its end, as #sha256=",
        "WasmModule",
        "https://localhost/a.wasm"
      },
      {
        "WasmModule 'https://...@localhost/a.wasm?...': ",
        "must not have a user or a password in it",
        "WasmModule",
        "https://user:secret@localhost/a.wasm?secret"
      },
      {
        "WasmModule 'oci://localhost/a:1': ",
        "registries need the library org.wasmservlet:wasm-servlet-oci beside this one",
        "WasmModule",
        "oci://localhost/a:1"
      },
      {
        "WasmFetchTimeout '0s': ",
        "must be more than nothing",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmFetchTimeout",
        "0s"
      },
      {"WasmModule 'none.wasm': ", "none.wasm: no such file", "WasmModule", "none.wasm"},
      {"WasmModule 'WEB-INF': ", "not a regular file", "WasmModule", "WEB-INF"},
      {"WasmModule 'WEB-INF/text.wasm': ", "WebAssembly text", "WasmModule", "WEB-INF/text.wasm"},
      {
        "WasmModule 'WEB-INF/php.wasm': ",
        "not a WebAssembly module",
        "WasmModule",
        "WEB-INF/php.wasm"
      },
      {
        "WasmModule 'WEB-INF/component.wasm': ",
        "a WebAssembly component",
        "WasmModule",
        "WEB-INF/component.wasm"
      },
      {
        "WasmModule 'WEB-INF/broken.wasm': ",
        "not a valid WebAssembly module",
        "WasmModule",
        "WEB-INF/broken.wasm"
      },
      {
        "WasmModule 'WEB-INF/imports.wasm': ",
        "imports what is not provided: env.invent",
        "WasmModule",
        "WEB-INF/imports.wasm"
      },
      {"WasmModule: missing", "", "WasmEnableCGI", "On"},
      {
        "WasmEntryPoint '_start': ",
        "exports no function named '_start'",
        "WasmModule",
        "WEB-INF/reactor.wasm"
      },
      {
        "WasmEntryPoint 'nope': ",
        "exports no function named 'nope'",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEntryPoint",
        "nope"
      },
      {
        "WasmGateway 'http': ",
        "must be cgi, scgi or fastcgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "http"
      },
      {
        "WasmGateway 'scgi': ",
        "needs WasmEnableCGI On",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmGateway",
        "scgi"
      },
      {
        "WasmGateway 'fastcgi': ",
        "accepts no connections: it does not import sock_accept",
        "WasmModule",
        "WEB-INF/hello.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "fastcgi"
      },
      {
        "WasmApplication 'shop:app': ",
        "needs WasmEnableCGI On and WasmGateway scgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmApplication",
        "shop:app"
      },
      {
        "WasmApplication 'shop:app': ",
        "needs WasmEnableCGI On and WasmGateway scgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmApplication",
        "shop:app"
      },
      {
        "WasmApplication 'config.ru': ",
        "needs WasmEnableCGI On and WasmGateway scgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "fastcgi",
        "WasmApplication",
        "config.ru"
      },
      {
        "WasmApplication 'front.php': ",
        "needs WasmEnableCGI On and WasmGateway fastcgi",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmApplication",
        "front.php"
      },
      {
        "WasmApplication 'front.php': ",
        "says nothing without WasmFreeze accept",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "fastcgi",
        "WasmApplication",
        "front.php"
      },
      {
        "WasmApplication 'wordpress /site': ",
        "/site/wp-load.php is not there",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "fastcgi",
        "WasmFreeze",
        "accept",
        "WasmMapDir",
        "/site WEB-INF ro",
        "WasmApplication",
        "wordpress /site"
      },
      {
        "WasmApplication 'shop.py': ",
        "must be module:callable (WSGI, Python)",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmMapDir",
        "/app WEB-INF ro",
        "WasmApplication",
        "shop.py"
      },
      {
        "WasmApplication 'shop:app': ",
        "/app is in no directory of WasmMapDir or WasmDir",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmApplication",
        "shop:app"
      },
      {
        "WasmApplication 'shop:app /app/none': ",
        "/app/none is not there",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmMapDir",
        "/app WEB-INF ro",
        "WasmApplication",
        "shop:app /app/none"
      },
      {
        "WasmApplication 'config.ru': ",
        "/app/config.ru is not there",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmMapDir",
        "/app WEB-INF ro",
        "WasmApplication",
        "config.ru"
      },
      {
        "WasmApplication 'cgi:none.py': ",
        "/app/none.py is not there",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmMapDir",
        "/app WEB-INF ro",
        "WasmApplication",
        "cgi:none.py"
      },
      {
        "WasmArg '/app/shop.py': ",
        "not an option of the interpreter",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmMapDir",
        "/app WEB-INF ro",
        "WasmArg",
        "-B\n/app/shop.py",
        "WasmApplication",
        "shop:app"
      },
      {
        "WasmApplication 'shop:app': ",
        "guest path /wasm-servlet is given twice",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmGateway",
        "scgi",
        "WasmMapDir",
        "/app WEB-INF ro\n/wasm-servlet WEB-INF ro",
        "WasmApplication",
        "shop:app"
      },
      {
        "WasmDir 'none': ",
        "none does not exist",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmDir",
        "none"
      },
      {
        "WasmMapDir '/a WEB-INF/probe.wasm': ",
        "is not a directory",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMapDir",
        "/a WEB-INF/probe.wasm"
      },
      {
        "WasmMapDir '/a WEB-INF': ",
        "given twice",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMapDir",
        "/a WEB-INF\n/a WEB-INF"
      },
      {"WasmEnv 'A=B 1': ", "not a name", "WasmModule", "WEB-INF/probe.wasm", "WasmEnv", "A=B 1"},
      {"WasmModul 'x': ", "did you mean WasmModule?", "WasmModul", "x"},
      {
        "WasmEnableCGI 'maybe': ",
        "must be On or Off",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "maybe"
      },
      {
        "WasmModule '${no.such.name}': ",
        "neither a system property nor",
        "WasmModule",
        "${no.such.name}"
      },
      {
        "WasmDocumentRoot 'WEB-INF': ",
        "needs WasmEnableCGI On",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmDocumentRoot",
        "WEB-INF"
      },
      {
        "WasmDocumentRoot 'WEB-INF': ",
        "which files are programs?",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmDocumentRoot",
        "WEB-INF"
      },
      {
        "WasmDirectoryIndex 'index.php': ",
        "no effect without WasmDocumentRoot",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmDirectoryIndex",
        "index.php"
      },
      {"WasmTimeout '30': ", "not a time", "WasmModule", "WEB-INF/probe.wasm", "WasmTimeout", "30"},
      {
        "WasmTimeout '0s': ",
        "longer than nothing",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmTimeout",
        "0s"
      },
      {
        "WasmMemoryLimit '64KB': ",
        "bytes of memory, and the limit is 65536",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMemoryLimit",
        "64KB"
      },
      {
        "WasmMaxConcurrent '0': ",
        "must be 1 or more",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxConcurrent",
        "0"
      },
      {
        "WasmMaxStack '1KB': ",
        "from 256KB to 1GB",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxStack",
        "1KB"
      },
      {
        "WasmLockFile 'WEB-INF/x.lock': ",
        "the program could open it, in /app",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMapDir",
        "/app WEB-INF",
        "WasmLockFile",
        "WEB-INF/x.lock"
      },
      {
        "WasmLockFile 'none/x.lock': ",
        "none does not exist",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmLockFile",
        "none/x.lock"
      },
      {
        "WasmLockFile 'WEB-INF/x.lock': ",
        "lets one program at a time run; leave WasmMaxConcurrent out",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmLockFile",
        "WEB-INF/x.lock",
        "WasmMaxConcurrent",
        "2"
      },
      {
        "WasmMaxOpenFiles '2': ",
        "from 3, which are the standard streams",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxOpenFiles",
        "2"
      },
      {
        "WasmMaxWritten '-1MB': ",
        "not a size",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxWritten",
        "-1MB"
      },
      {
        "WasmMaxRequestBody 'lots': ",
        "not a size",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxRequestBody",
        "lots"
      },
      {
        "WasmMaxOutput '1.5.2MB': ",
        "not a size; write for example 512KB, 16MB or 1.5GB",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxOutput",
        "1.5.2MB"
      },
      {
        "WasmQueueTimeout 'soon': ",
        "not a time; write for example 500ms, 30s or 2m",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmQueueTimeout",
        "soon"
      },
      {
        "WasmMaxQueue '-1': ",
        "must be 0 or more",
        "WasmModule",
        "WEB-INF/probe.wasm",
        "WasmMaxQueue",
        "-1"
      }
    };
    return Arrays.stream(mistakes)
        .flatMap(
            mistake ->
                Container.askedFor().stream()
                    .map(
                        container ->
                            Arguments.of(
                                container,
                                mistake[0],
                                mistake[1],
                                Arrays.copyOfRange(mistake, 2, mistake.length))));
  }

  @ParameterizedTest(name = "{0}: {1}{2}")
  @MethodSource("mistakes")
  void failsTheServletWithAnErrorThatNamesEverything(
      Container container, String parameterAndValue, String cause, String[] initParams)
      throws Exception {
    WebApp webApp =
        new WebApp()
            .probe()
            .file("WEB-INF/text.wasm", "(module)")
            .file("WEB-INF/php.wasm", "<?php")
            .file("WEB-INF/component.wasm", new byte[] {0, 'a', 's', 'm', 13, 0, 1, 0})
            .file("WEB-INF/broken.wasm", new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 99})
            .file("WEB-INF/imports.wasm", Guests.core("unknown-imports"))
            .file("WEB-INF/reactor.wasm", Guests.core("reactor"))
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .servlet("good", "/probe", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .servlet("wrong", "/wrong", initParams);
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(log.text()).contains("servlet 'wrong': " + parameterAndValue).contains(cause);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/wrong").status())
          .isEqualTo(container.statusOfUnavailableServlet());
      assertThat(RawHttp.get(app.port(), Probe.target(app, "env")).status()).isEqualTo(200);
    }
  }

  @OnEveryContainer
  void findsModulesByAbsolutePathsAndPlaceholders(Container container) throws Exception {
    Path guest = Guests.probeFile();
    System.setProperty("wasm.test.guests", guest.getParent().toString());
    try (WebApp.Deployed app =
        new WebApp()
            .servlet("a", "/a", "WasmModule", guest.toString(), "WasmEnableCGI", "On")
            .servlet(
                "b", "/b",
                "WasmModule", "# where the tests keep it\n${wasm.test.guests}/cgi-probe.wasm",
                "WasmEnableCGI", "On",
                "WasmMapDir", "/guests ${wasm.test.guests}")
            .deploy(container.server())) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/a?env").variable("argv[0]"))
          .isEqualTo("cgi-probe.wasm");
      assertThat(
              RawHttp.get(
                      app.port(),
                      app.contextPath() + "/b?" + Probe.query("cat", "/guests/build.sh"))
                  .body())
          .startsWith("#!/usr/bin/env bash");
      assertThat(
              RawHttp.get(
                      app.port(),
                      app.contextPath() + "/a?" + Probe.query("cat", "/guests/build.sh"))
                  .body())
          .startsWith("cannot open");
    }
  }
}
