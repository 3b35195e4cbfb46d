package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Does with a request's body what filters do, before the program gets it: X-Filter says what. */
public final class ReadingBefore extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Made by a container. */
  public ReadingBefore() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(prepared(request), response);
  }

  private static HttpServletRequest prepared(HttpServletRequest request)
      throws IOException, ServletException {
    String what = String.valueOf(request.getHeader("X-Filter"));
    switch (what) {
      case "parameters" -> request.getParameterMap();
      case "utf-8 parameters" -> {
        request.setCharacterEncoding("UTF-8");
        request.getParameterMap();
      }
      case "parts" -> request.getParts();
      case "reader" -> request.getReader();
      case "swallow" -> request.getInputStream().readAllBytes();
      case "three bytes" -> request.getInputStream().readNBytes(3);
      case "form content" -> {
        return new FormContent(request, request.getInputStream().readAllBytes());
      }
      case "gunzip" -> {
        return new OtherBody(request, new GZIPInputStream(request.getInputStream()));
      }
      case "keep" -> {
        byte[] kept = request.getInputStream().readAllBytes();
        return new OtherBody(request, new ByteArrayInputStream(kept));
      }
      default -> {}
    }
    return request;
  }

  /** As Spring's FormContentFilter: the form becomes parameters, its bytes are gone. */
  private static final class FormContent extends HttpServletRequestWrapper {
    private final Map<String, String[]> parameters = new LinkedHashMap<>();

    FormContent(HttpServletRequest request, byte[] form) {
      super(request);
      parameters.putAll(request.getParameterMap());
      for (String pair : new String(form, UTF_8).split("&")) {
        String[] halves = pair.split("=", 2);
        String value = URLDecoder.decode(halves[1], UTF_8);
        parameters.merge(
            URLDecoder.decode(halves[0], UTF_8),
            new String[] {value},
            (before, more) -> {
              String[] all = java.util.Arrays.copyOf(before, before.length + 1);
              all[before.length] = more[0];
              return all;
            });
      }
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return parameters;
    }

    @Override
    public String getCharacterEncoding() {
      return "UTF-8";
    }
  }

  private static final class OtherBody extends HttpServletRequestWrapper {
    private final InputStream body;

    OtherBody(HttpServletRequest request, InputStream body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new ServletInputStream() {
        @Override
        public int read() throws IOException {
          return body.read();
        }

        @Override
        public boolean isFinished() {
          return false;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new IllegalStateException();
        }
      };
    }
  }
}
