package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Blocks of an httpd.conf, copied into a web application. */
class WasmConfTest {
  /** The form of mod_wasm 0.10's announcement: PHP, and two Python applications on one module. */
  @OnEveryContainer
  void servesPhpAndTwoPythonApplicationsOnOneModule(Container container) throws Exception {
    Path www = Scratch.directory("www");
    Path wordpress = Files.createDirectories(www.resolve("wordpress"));
    Files.writeString(
        wordpress.resolve("index.php"),
        "<?php $file = getenv('TMPDIR') . '/seen';"
            + " file_put_contents($file, 'kept'); echo 'PHP ', file_get_contents($file);");
    String python =
        """
        import os
        print("Content-Type: text/plain\\n")
        print("%s", os.environ["SCRIPT_NAME"], os.environ["PATH_INFO"])
        """;
    Path app = Files.createDirectories(www.resolve("python-app"));
    Files.writeString(app.resolve("app.py"), python.formatted("first"));
    Path app2 = Files.createDirectories(www.resolve("python-app2"));
    Files.writeString(app2.resolve("app2.py"), python.formatted("second"));
    Path tmp = Scratch.directory("tmp");
    Path modules = Sample.loadedModule("php-cgi-8.2.0.wasm").getParent();
    Sample.loadedModule("python-3.11.3.wasm");
    String conf =
        """
        Define MODULES %s
        Define WWW     %s
        Define TMP     %s

        <Location /wordpress>
            SetHandler wasm-handler
            WasmModule ${MODULES}/php-cgi-8.2.0.wasm
            WasmDir    ${TMP}
            WasmDir    ${WWW}/wordpress
            WasmEnv    TMPDIR ${TMP}
            WasmEnableCGI On
            WasmDocumentRoot ${WWW}/wordpress
            WasmDirectoryIndex index.php
        </Location>

        <Location /python-app>
            SetHandler wasm-handler
            WasmModule ${MODULES}/python-3.11.3.wasm
            WasmArg    ${WWW}/python-app/app.py
            WasmDir    ${WWW}/python-app
            Include    WEB-INF/python.conf
        </Location>

        <Location /python-app2>
            SetHandler wasm-handler
            WasmModule ${MODULES}/python-3.11.3.wasm
            WasmArg    ${WWW}/python-app2/app2.py
            WasmDir    ${WWW}/python-app2
            Include    WEB-INF/python.conf
        </Location>
        """
            .formatted(modules, www, tmp);
    String pythonConf =
        """
        WasmEnv       PYTHONHOME /usr/local
        WasmEnv       PYTHONDONTWRITEBYTECODE 1
        WasmMapDir    /usr/local \\
                      ${MODULES}/python-3.11.3/usr/local ro
        WasmEnableCGI On
        """;
    try (WebApp.Deployed deployed =
        new WebApp()
            .file("WEB-INF/wasm.conf", conf)
            .file("WEB-INF/python.conf", pythonConf)
            .deploy(container.server())) {
      assertThat(get(deployed, "/wordpress/").body()).isEqualTo("PHP kept");
      assertThat(tmp.resolve("seen")).hasContent("kept");
      assertThat(get(deployed, "/python-app/x").body())
          .isEqualTo("first " + deployed.contextPath() + "/python-app /x\n");
      assertThat(get(deployed, "/python-app2/y").body())
          .isEqualTo("second " + deployed.contextPath() + "/python-app2 /y\n");
    }
  }

  @OnEveryContainer
  void readsTheFileThatTheContextParamNames(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .descriptor(
                "<context-param><param-name>wasmConfig</param-name>"
                    + "<param-value>WEB-INF/conf/site.conf</param-value></context-param>")
            .file("WEB-INF/wasm.conf", "this file is not the one")
            .file(
                "WEB-INF/conf/site.conf",
                """
                \ufeff<Location />
                  SetHandler wasm-handler
                  WasmModule WEB-INF/probe.wasm
                  WasmEnableCGI On
                  WasmEnv WHO "the root"
                </Location>
                <Location "/deep/er one">
                  SetHandler wasm-handler
                  WasmModule WEB-INF/probe.wasm
                  WasmEnableCGI On
                </Location>
                """)
            .deploy(container.server())) {
      RawResponse root = get(app, "/x?env");
      assertThat(root.variable("WHO")).isEqualTo("the root");
      assertThat(root.variable("SCRIPT_NAME")).isEqualTo(app.contextPath());
      assertThat(root.variable("PATH_INFO")).isEqualTo("/x");
      RawResponse deeper = get(app, "/deep/er%20one/x?env");
      assertThat(deeper.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/deep/er one");
      assertThat(deeper.variable("PATH_INFO")).isEqualTo("/x");
      assertThat(get(app, "/deep/er%20one?env").variable("PATH_INFO")).isNull();
    }
  }

  @OnEveryContainer
  void failsTheDeploymentForWhatItDoesNotKnow(Container container) throws Exception {
    String block = "<Location /a>\nSetHandler wasm-handler\nWasmModule WEB-INF/probe.wasm\n";
    String[][] mistakes = {
      {block + "Options Indexes\n</Location>", "wasm.conf:4: Options: not a directive"},
      {block + "WasmArgs x\n</Location>", "wasm.conf:4: WasmArgs 'x': no such parameter"},
      {block, "wasm.conf:1: <Location>: has no </Location>"},
      {"\nInclude ../x.conf", "wasm.conf:2: Include '../x.conf': must be a path inside"},
      {"Include /etc/hosts", "wasm.conf:1: Include '/etc/hosts': must be a path inside"},
      {"Include WEB-INF/none.conf", "wasm.conf:1: Include 'WEB-INF/none.conf': no such file"},
      {block.replace("/a", "/taken") + "</Location>", "wasm.conf:1: <Location>: web.xml has"}
    };
    for (String[] mistake : mistakes) {
      WebApp webApp =
          new WebApp()
              .probe()
              .servlet("taken", "/taken/*", "WasmModule", "WEB-INF/probe.wasm")
              .file("WEB-INF/wasm.conf", mistake[0]);
      try (ContainerLog log = new ContainerLog()) {
        assertThatThrownBy(() -> webApp.deploy(container.server())).as(mistake[1]).isNotNull();
        assertThat(log.text()).contains("WEB-INF/" + mistake[1]);
      }
      container.server().undeploy(webApp.contextPath());
    }
  }

  @OnEveryContainer
  void failsOneServletForAValueThatCannotBeUsed(Container container) throws Exception {
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app =
            new WebApp()
                .probe()
                .file(
                    "WEB-INF/wasm.conf",
                    """
                    <Location /wrong>
                      SetHandler wasm-handler
                      WasmModule WEB-INF/none.wasm
                    </Location>
                    <Location /right>
                      SetHandler wasm-handler
                      WasmModule WEB-INF/probe.wasm
                      WasmEnableCGI On
                    </Location>
                    """)
                .deploy(container.server())) {
      assertThat(log.text()).contains("servlet '/wrong': WasmModule 'WEB-INF/none.wasm': ");
      assertThat(get(app, "/wrong").status()).isEqualTo(container.statusOfUnavailableServlet());
      assertThat(get(app, "/right?env").status()).isEqualTo(200);
    }
  }

  private static RawResponse get(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path);
  }
}
