package org.wasmservlet.test.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a jar of resources. */
public final class Jar {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);
  private final Set<String> directories = new LinkedHashSet<>();
  private final boolean withDirectories;

  /**
   * A jar with nothing but a manifest.
   *
   * @param withDirectories whether directories have entries of their own, as most tools make them
   */
  public Jar(boolean withDirectories) {
    this.withDirectories = withDirectories;
    file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
  }

  public Jar file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  public Jar file(String name, byte[] content) {
    for (int i = name.indexOf('/'); withDirectories && i >= 0; i = name.indexOf('/', i + 1)) {
      String directory = name.substring(0, i + 1);
      if (directories.add(directory)) {
        entry(directory, new byte[0]);
      }
    }
    entry(name, content);
    return this;
  }

  private void entry(String name, byte[] content) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar; nothing can be added afterwards. */
  public byte[] bytes() {
    try {
      zip.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
