package org.wasmservlet.test;

/** A program behind FastCGI that was started once is told what one behind CGI is. */
class FrozenFastCgiRequestTest extends FastCgiRequestTest {
  @Override
  String freeze() {
    return "accept";
  }
}
