package org.wasmservlet.test;

/** The answer of a program behind SCGI becomes what that of one behind CGI does. */
class ScgiResponseTest extends CgiResponseTest {
  @Override
  String gateway() {
    return "scgi";
  }
}
