package org.wasmservlet.warmup;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** A response that nobody reads: its status is all that is kept. */
final class WarmUpResponse {
  private final Nowhere nowhere = new Nowhere();
  private int status = HttpServletResponse.SC_OK;

  int status() {
    return status;
  }

  HttpServletResponse asResponse() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            WarmUpResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            this::answer);
  }

  private Object answer(Object proxy, Method method, Object[] arguments) {
    switch (method.getName()) {
      case "setStatus", "sendError" -> status = (int) arguments[0];
      case "sendRedirect" -> status = HttpServletResponse.SC_FOUND;
      case "reset" -> status = HttpServletResponse.SC_OK;
      default -> {
        // What else it is told does not matter.
      }
    }
    return switch (method.getName()) {
      case "getStatus" -> status;
      case "getOutputStream" -> nowhere;
      case "getWriter" -> new PrintWriter(Writer.nullWriter());
      case "getHeaderNames", "getHeaders" -> List.of();
      case "getCharacterEncoding" -> "UTF-8";
      case "toString" -> "warm-up " + status;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      default -> WarmUpRequest.nothing(method.getReturnType());
    };
  }

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("nobody reads this response");
    }
  }
}
