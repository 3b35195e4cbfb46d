package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The examples of a page of docs, as they are written there. */
final class DocumentedCode {
  private final String name;
  private final String page;

  private DocumentedCode(String name, String page) {
    this.name = name;
    this.page = page;
  }

  static DocumentedCode of(String name) throws IOException {
    return new DocumentedCode(name, Files.readString(Path.of("../../docs").resolve(name)));
  }

  /** A block of those in a language. */
  String block(String language, int index) {
    List<String> blocks =
        Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).as("%s in %s", language, name).hasSizeGreaterThan(index);
    return blocks.get(index);
  }
}
