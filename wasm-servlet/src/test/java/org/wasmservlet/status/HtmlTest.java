package org.wasmservlet.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void escapesText() {
    assertThat(new Html().markup("<b>").text("a<b>&\"'ü").markup("</b>"))
        .hasToString("<b>a&lt;b&gt;&amp;&quot;&#39;ü</b>");
  }

  @Test
  void showsWhatCannotBeSeen() {
    assertThat(new Html().text("a\u0000\n\u001b[1m\u202eb\u2028\u200b\u00ad"))
        .hasToString("a\\u0000\\u000a\\u001b[1m\\u202eb\\u2028\\u200b\\u00ad");
  }

  @Test
  void writesNumbersForAnSvg() {
    assertThat(new Html().number(1e7 / 3).markup(" ").number(0)).hasToString("3333333.33 0.0");
  }
}
