package org.wasmservlet.preopen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.Preopen;

class GivenDirectoriesTest {
  @TempDir private Path temporary;
  private Path site;

  @BeforeEach
  void makeADirectory() throws IOException {
    site = Files.createDirectory(temporary.toRealPath().resolve("a site, of \"Zoë\"\n%20"));
  }

  @Test
  void listsWhatRoutesHaveUntilTheyAreClosed() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), site);
    Preopen readOnly = new Preopen("/", site, Preopen.Access.READ_ONLY);
    try (GivenDirectories other = GivenDirectories.register("filter", List.of(readOnly))) {
      String route;
      try (GivenDirectories one =
          GivenDirectories.register("servlet 'one two'", List.of(written("", link), readOnly))) {
        route = one.route();
        assertThat(GivenDirectories.all())
            .contains(
                new GivenDirectory(route, "servlet 'one two'", written("", site)),
                new GivenDirectory(route, "servlet 'one two'", readOnly),
                new GivenDirectory(other.route(), "filter", readOnly));
      }
      assertThat(GivenDirectories.all()).noneMatch(given -> given.route().equals(route));
      assertThat(GivenDirectories.all()).anyMatch(given -> given.route().equals(other.route()));
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    String before = System.getProperty(GivenDirectories.PROPERTY);
    GivenDirectories.register("a", List.of(written("/a", site))).close();
    GivenDirectories.register("b", List.of()).close();
    assertThat(System.getProperty(GivenDirectories.PROPERTY)).isEqualTo(before);
  }

  @Test
  void knowsWhatCanBeWritten() throws IOException {
    Path file = site.resolve("a/f");
    assertThat(GivenDirectories.isWritable(file)).isFalse();
    try (GivenDirectories given = GivenDirectories.register("a", List.of(written("/", site)))) {
      assertThat(given.route()).isNotEmpty();
      assertThat(GivenDirectories.isWritable(file)).isTrue();
      assertThat(GivenDirectories.isWritable(site.resolve("f"))).isTrue();
      assertThat(GivenDirectories.isWritable(site)).as("its own name").isFalse();
      assertThat(GivenDirectories.isWritable(site.resolveSibling("f"))).isFalse();
      assertThat(GivenDirectories.isWritable(Path.of(site + "x", "f"))).isFalse();
    }
    assertThat(GivenDirectories.isWritable(file)).isFalse();
  }

  @Test
  void listsTheDirectoriesOfAClosedRouteWhileItsProgramsRun() throws IOException {
    Path file = site.resolve("f");
    GivenDirectories route = GivenDirectories.register("a", List.of(written("/", site)));
    GivenDirectories run = route.use();
    route.close();
    assertThat(GivenDirectories.isWritable(file)).isTrue();
    run.close();
    assertThat(GivenDirectories.isWritable(file)).isFalse();
  }

  @Test
  void countsNothingButWritableDirectories() throws IOException {
    Preopen readOnly = new Preopen("/", site, Preopen.Access.READ_ONLY);
    Preopen ofEachRun = new Preopen("/tmp", site, Preopen.Access.PRIVATE);
    try (GivenDirectories given = GivenDirectories.register("a", List.of(readOnly, ofEachRun))) {
      assertThat(given.route()).isNotEmpty();
      assertThat(GivenDirectories.isWritable(site.resolve("wasm-servlet-123/f"))).isTrue();
      assertThat(GivenDirectories.isWritable(site.resolve("webapp/f"))).isFalse();
    }
  }

  @Test
  void isSharedWithOtherCopiesOfTheLibrary() throws ReflectiveOperationException, IOException {
    Class<?> copy = new Copies().loadClass(GivenDirectories.class.getName());
    assertThat(copy).isNotSameAs(GivenDirectories.class);
    Path file = site.resolve("f");
    Object theirs =
        copy.getMethod("register", String.class, List.class)
            .invoke(null, "theirs", List.of(written("/", site)));
    assertThat(theirs).isNotInstanceOf(GivenDirectories.class);
    assertThat(GivenDirectories.isWritable(file)).isTrue();
    copy.getMethod("close").invoke(theirs);
    assertThat(GivenDirectories.isWritable(file)).isFalse();
  }

  @Test
  void takesEverythingForWritableWhenTheListIsLost() throws IOException {
    try (GivenDirectories given = GivenDirectories.register("a", List.of())) {
      assertThat(GivenDirectories.isWritable(site)).isFalse();
      String list = System.clearProperty(GivenDirectories.PROPERTY);
      try {
        assertThat(GivenDirectories.isWritable(site)).isTrue();
      } finally {
        System.setProperty(GivenDirectories.PROPERTY, list);
      }
      assertThat(list).contains(given.route());
    }
  }

  @Test
  void addsNothingOfARouteWhoseDirectoryIsMissing() {
    String before = System.getProperty(GivenDirectories.PROPERTY);
    Path missing = site.resolve("missing");
    assertThatThrownBy(
            () ->
                GivenDirectories.register("a", List.of(written("/a", site), written("/", missing))))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(System.getProperty(GivenDirectories.PROPERTY)).isEqualTo(before);
  }

  private static Preopen written(String guestPath, Path directory) {
    return new Preopen(guestPath, directory, Preopen.Access.READ_WRITE);
  }

  /** As another web application has them. */
  private static final class Copies extends ClassLoader {
    Copies() {
      super(GivenDirectories.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(GivenDirectories.class.getPackageName() + ".")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream code = GivenDirectories.class.getResourceAsStream(file)) {
        byte[] bytes = code.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
