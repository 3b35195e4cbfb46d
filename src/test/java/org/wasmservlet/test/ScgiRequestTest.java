package org.wasmservlet.test;

/** A program behind SCGI is told what one behind CGI is. */
class ScgiRequestTest extends CgiRequestTest {
  @Override
  String gateway() {
    return "scgi";
  }

  /** The specification wants it. */
  @Override
  String lengthOfNoBody() {
    return "0";
  }
}
