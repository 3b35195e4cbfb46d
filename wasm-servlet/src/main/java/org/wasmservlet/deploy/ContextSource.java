package org.wasmservlet.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.wasmservlet.apache.ConfigSource;

/** Configuration files inside a web application, unpacked or not, and on its class path. */
final class ContextSource implements ConfigSource {
  private static final int BYTES_AT_MOST = 1 << 20;
  private static final String CLASS_PATH = "classpath:";
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final ServletContext context;

  ContextSource(ServletContext context) {
    this.context = context;
  }

  boolean has(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in != null;
    }
  }

  @Override
  public String read(String name) throws IOException {
    try (InputStream in = open(name)) {
      if (in == null) {
        throw new IOException(
            name.startsWith(CLASS_PATH)
                ? "no such file on the class path"
                : "no such file in the web application");
      }
      String text = decode(in.readNBytes(BYTES_AT_MOST + 1));
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
  }

  /** Null if there is none. */
  private InputStream open(String name) throws IOException {
    boolean onClassPath = name.startsWith(CLASS_PATH);
    String path = onClassPath ? name.substring(CLASS_PATH.length()) : name;
    if (path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf(':') >= 0
        || leadsUp(path)) {
      throw new IOException(
          "must be a path inside the web application, relative to its root, or classpath: and one"
              + " on the class path");
    }
    return onClassPath
        ? context.getClassLoader().getResourceAsStream(path)
        : context.getResourceAsStream("/" + path);
  }

  private static boolean leadsUp(String name) {
    return Arrays.asList(name.split("/")).contains("..");
  }

  private static String decode(byte[] bytes) throws IOException {
    if (bytes.length > BYTES_AT_MOST) {
      throw new IOException("has more than " + BYTES_AT_MOST + " bytes");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("is not a text in UTF-8", e);
    }
  }
}
