package org.wasmservlet.test;

/** The answer of a program behind FastCGI that was started once becomes what that of CGI does. */
class FrozenFastCgiResponseTest extends FastCgiResponseTest {
  @Override
  String freeze() {
    return "accept";
  }
}
