package org.wasmservlet.test;

/** The answer of a program behind SCGI that was started once becomes what that of CGI does. */
class FrozenScgiResponseTest extends ScgiResponseTest {
  @Override
  String freeze() {
    return "stdin";
  }
}
