package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.container.ContainersOwn;

/**
 * A form that something before the guest has read: it is written again from what has become of it,
 * its parameters or its parts.
 */
final class ReadBody {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  /** Tomcat's attribute where it has left parameters out. */
  private static final String PARSE_FAILED = "org.apache.catalina.parameter_parse_failed";

  /** Jetty's attributes where it has read a form; its input does not know of that. */
  private static final List<String> JETTYS_FORMS =
      List.of(
          "org.eclipse.jetty.server.FormFields",
          "org.eclipse.jetty.ee10.servlet.ServletMultiPartFormData");

  private ReadBody() {}

  /** Whether a container says that it has read a request's form. */
  static boolean hasBeenRead(HttpServletRequest request) {
    return JETTYS_FORMS.stream().anyMatch(name -> request.getAttribute(name) != null);
  }

  /** Whether a request says that its body is a form. */
  static boolean isForm(HttpServletRequest request) {
    String type = mediaType(request);
    return type.equals(FORM) || type.equals(MULTIPART);
  }

  /**
   * Writes a form again.
   *
   * @return null if nothing of it is left to be written
   */
  static InputStream again(HttpServletRequest request) throws IOException {
    return switch (mediaType(request)) {
      case FORM -> parameters(request);
      case MULTIPART -> parts(request);
      default -> null;
    };
  }

  private static String mediaType(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null) {
      return "";
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private static InputStream parameters(HttpServletRequest request) {
    Map<String, String[]> all = request.getParameterMap();
    if (request.getAttribute(PARSE_FAILED) != null) {
      return null;
    }
    List<String> texts = new ArrayList<>(all.keySet());
    all.values().forEach(values -> texts.addAll(List.of(values)));
    Charset charset = charset(request, texts);
    Map<String, Integer> inQuery = namesInQuery(request.getQueryString());
    StringBuilder form = new StringBuilder();
    all.forEach(
        (name, values) -> {
          // A name's values in the query come before those in the body (Servlet 6.0, section 3.1).
          for (int i = inQuery.getOrDefault(name, 0); i < values.length; i++) {
            form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, charset))
                .append('=')
                .append(URLEncoder.encode(values[i], charset));
          }
        });
    return form.isEmpty() ? null : new ByteArrayInputStream(form.toString().getBytes(ISO_8859_1));
  }

  /** The one that the form was read in, so that the guest gets what the client has sent. */
  private static Charset charset(HttpServletRequest request, List<String> texts) {
    String named = request.getCharacterEncoding();
    Charset charset =
        named == null
            ? Wire.formsCharset(request.getServletContext().getServerInfo())
            : Charset.forName(named);
    return texts.stream().allMatch(charset.newEncoder()::canEncode) ? charset : UTF_8;
  }

  private static Map<String, Integer> namesInQuery(String query) {
    Map<String, Integer> names = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        names.merge(decoded(equals < 0 ? pair : pair.substring(0, equals)), 1, Integer::sum);
      }
    }
    return names;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, UTF_8);
    } catch (IllegalArgumentException e) {
      // No encoding: containers leave such a parameter out.
      return name;
    }
  }

  private static InputStream parts(HttpServletRequest request) throws IOException {
    String boundary = boundary(request.getContentType());
    Collection<Part> parts;
    try {
      parts = boundary == null ? List.of() : request.getParts();
    } catch (ServletException | IllegalStateException e) {
      // Who has read it did so by other means.
      return null;
    }
    List<InputStream> all = new ArrayList<>();
    Charset charset = partsCharset(request);
    for (Part part : parts) {
      all.add(bytes("--" + boundary + "\r\n" + head(part) + "\r\n", charset));
      all.add(part.getInputStream());
      all.add(bytes("\r\n", charset));
    }
    all.add(bytes("--" + boundary + "--\r\n", charset));
    return parts.isEmpty() ? null : new SequenceInputStream(Collections.enumeration(all));
  }

  /** Where nothing is said, names are in UTF-8 whatever parameters are in, but not on Undertow. */
  private static Charset partsCharset(HttpServletRequest request) {
    String named = request.getCharacterEncoding();
    if (named != null) {
      return Charset.forName(named);
    }
    return ContainersOwn.isOfUndertow(request) ? ISO_8859_1 : UTF_8;
  }

  private static String head(Part part) {
    StringBuilder head = new StringBuilder();
    for (String name : part.getHeaderNames()) {
      for (String value : part.getHeaders(name)) {
        head.append(name).append(": ").append(value).append("\r\n");
      }
    }
    return head.toString();
  }

  private static InputStream bytes(String text, Charset charset) {
    return new ByteArrayInputStream(text.getBytes(charset));
  }

  private static String boundary(String contentType) {
    for (String parameter : contentType.split(";")) {
      String text = parameter.strip();
      if (text.toLowerCase(Locale.ROOT).startsWith("boundary=")) {
        String value = text.substring("boundary=".length()).strip();
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value;
      }
    }
    return null;
  }
}
