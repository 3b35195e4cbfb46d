package org.wasmservlet.test;

/** A program behind FastCGI is told what one behind CGI is. */
class FastCgiRequestTest extends CgiRequestTest {
  @Override
  String gateway() {
    return "fastcgi";
  }
}
