package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;

/** The examples of docs/applications.md, as they are written there. */
class ApplicationsPageTest {
  @OnEveryContainer
  void itsExamplesWork(Container container) throws Exception {
    String page = Files.readString(Path.of("../../docs/applications.md"));
    String modules = Sample.loadedModule("python-3.11.3.wasm").getParent().toString();
    Sample.loadedModule("ruby-3.2.0.wasm");
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/shop/hello.py", code(page, "python"))
            .file("WEB-INF/blog/config.ru", code(page, "ruby"))
            .file("WEB-INF/wasm.conf", code(page, "apache").replace("WEB-INF/wasm", modules))
            .descriptor(code(page, "xml").replace("WEB-INF/wasm", modules));
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(new ApplicationClient(app, "/shop").text("/world")).isEqualTo("Hello, /world");
      assertThat(new ApplicationClient(app, "/blog").text("/world")).isEqualTo("Hello, /world");
    }
  }

  /** The first block in a language. */
  private static String code(String page, String language) {
    Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(page);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }
}
