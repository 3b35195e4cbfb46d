package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Frameworks;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;

/** The sites of docs/python.md and docs/ruby.md, as they are written there. */
class SitePagesTest {
  @OnEveryContainer
  void flaskAnswers(Container container) throws Exception {
    Path packages = Frameworks.python("flask");
    DocumentedCode page = DocumentedCode.of("python.md");
    Path modules = Sample.loadedToFreeze("python-3.11.3.wasm").getParent();
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/app/shop.py", page.block("python", 0))
            .file(
                "WEB-INF/wasm.conf",
                page.block("apache", 0)
                    .replace("WEB-INF/python", modules + "/python")
                    .replace("WEB-INF/lib-python", packages.toString())
                    .replace("${shop.data}", Scratch.directory("data").toString()));
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(new ApplicationClient(app, "/shop").text("/")).isEqualTo("Hello from Flask");
    }
  }

  @OnEveryContainer
  void rackAnswers(Container container) throws Exception {
    try (WebApp.Deployed app = ruby(container, 0, Scratch.directory("libraries"))) {
      assertThat(new ApplicationClient(app, "/blog").text("/world")).isEqualTo("Hello, /world");
    }
  }

  @OnEveryContainer
  void sinatraAnswers(Container container) throws Exception {
    try (WebApp.Deployed app = ruby(container, 1, Frameworks.ruby("sinatra/base.rb"))) {
      assertThat(new ApplicationClient(app, "/blog").text("/")).isEqualTo("Hello from Sinatra, 1");
    }
  }

  private static WebApp.Deployed ruby(Container container, int block, Path libraries)
      throws Exception {
    DocumentedCode page = DocumentedCode.of("ruby.md");
    Path modules = Sample.loadedToFreeze("ruby-3.2.0.wasm").getParent();
    return new WebApp()
        .file("WEB-INF/app/config.ru", page.block("ruby", block))
        .file(
            "WEB-INF/wasm.conf",
            page.block("apache", 0)
                .replace("WEB-INF/ruby", modules + "/ruby")
                .replace("WEB-INF/lib-ruby", libraries.toString())
                .replace("${blog.data}", Scratch.directory("data").toString())
                .replace(
                    "  WasmGateway",
                    "  WasmEnv SESSION_SECRET " + "x".repeat(64) + "\n  WasmGateway"))
        .deploy(container.server());
  }
}
