package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;

/** The examples of docs/applications.md, as they are written there. */
class ApplicationsPageTest {
  @OnEveryContainer
  void itsExamplesWork(Container container) throws Exception {
    DocumentedCode page = DocumentedCode.of("applications.md");
    String modules = Sample.loadedModule("python-3.11.3.wasm").getParent().toString();
    Sample.loadedModule("ruby-3.2.0.wasm");
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/shop/hello.py", page.block("python", 0))
            .file("WEB-INF/blog/config.ru", page.block("ruby", 0))
            .file("WEB-INF/wasm.conf", page.block("apache", 0).replace("WEB-INF/wasm", modules))
            .descriptor(page.block("xml", 0).replace("WEB-INF/wasm", modules));
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(new ApplicationClient(app, "/shop").text("/world")).isEqualTo("Hello, /world");
      assertThat(new ApplicationClient(app, "/blog").text("/world")).isEqualTo("Hello, /world");
    }
  }
}
