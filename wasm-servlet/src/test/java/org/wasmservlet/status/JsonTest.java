package org.wasmservlet.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void putsCommasWhereTheyBelong() {
    Json json = new Json().open('{');
    json.name("a").value(1).name("b").open('[').value("x").value(2.0004).close(']');
    json.name("c").open('{').close('}').name("d").open('[').close(']').close('}');
    assertThat(json).hasToString("{\"a\":1,\"b\":[\"x\",2.0],\"c\":{},\"d\":[]}");
  }

  @Test
  void escapesText() {
    assertThat(new Json().value("\"\\</script>\u0000\n\u2028ü😀"))
        .hasToString("\"\\\"\\\\\\u003c/script>\\u0000\\u000a\\u2028ü\\ud83d\\ude00\"");
  }
}
