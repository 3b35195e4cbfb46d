package org.wasmservlet.test;

/** A program behind SCGI that was started once is told what one behind CGI is. */
class FrozenScgiRequestTest extends ScgiRequestTest {
  @Override
  String freeze() {
    return "stdin";
  }
}
