package org.wasmservlet.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.directory.OpenedFile;
import org.wasmservlet.preopen.GivenDirectories;

@Timeout(60)
class FileTreeTest {
  private static final String SECRET = "secret";

  @TempDir private Path temporary;
  private Path root;
  private FileTree tree;

  @BeforeEach
  void makeATree() throws IOException {
    Path above = Files.createDirectory(temporary.toRealPath().resolve("above"));
    root = Files.createDirectories(above.resolve("root"));
    Path outside = Files.createDirectory(above.resolveSibling("outside"));
    Files.writeString(outside.resolve("f"), SECRET);
    Files.createDirectories(outside.resolve("d"));
    Files.writeString(outside.resolve("d/f"), SECRET);
    Files.createDirectories(root.resolve("d/e"));
    Files.writeString(root.resolve("f"), "top");
    Files.writeString(root.resolve("d/f"), "in d");
    Files.writeString(root.resolve("d/e/f"), "in e");
    tree = FileTree.of(root);
  }

  @AfterEach
  void leavesNothingOpen() throws IOException {
    tree.close();
    assertThat(openBelow(temporary.toRealPath())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "other, f, top",
    "d/up, ../f, top",
    "d/e/far, ../../d/../f, top",
    "d/deep, e/f, in e",
    "dir, d/e, in e",
    "self, ., top",
    "empty, d/.., top"
  })
  void followsLinksWithin(String link, String target, String content) throws IOException {
    Files.createSymbolicLink(root.resolve(link), Path.of(target));
    List<String> names = new ArrayList<>(List.of(link.split("/")));
    if (Files.isDirectory(root.resolve(link))) {
      names.add("f");
    }
    assertThat(read(names)).isEqualTo(content);
  }

  @Test
  void followsAbsoluteLinksThatLeadWithin() throws IOException {
    Path alias = Files.createSymbolicLink(temporary.resolve("alias"), root);
    Files.createSymbolicLink(root.resolve("d/real"), root.resolve("d/e"));
    Files.createSymbolicLink(root.resolve("d/named"), alias.resolve("d/e/f"));
    Files.createSymbolicLink(root.resolve("d/root"), root);
    assertThat(read(List.of("d", "real", "f"))).isEqualTo("in e");
    assertThat(read(List.of("d", "root", "f"))).isEqualTo("top");
    assertThat(last("d", "named")).isEqualTo(TreeWalk.Entry.OUTSIDE);
    try (FileTree named = FileTree.of(alias);
        TreeWalk walk = named.walk()) {
      assertThat(walk.find("d")).isEqualTo(TreeWalk.Entry.DIRECTORY);
      assertThat(walk.find("named")).isEqualTo(TreeWalk.Entry.FILE);
      assertThat(walk.hasFollowedLinks()).isTrue();
      assertThat(walk.relative()).isEqualTo(Path.of("d/e/f"));
    }
  }

  @ParameterizedTest
  @CsvSource({"../outside/f", "../../outside/f", "..", "d/../../root/f", "../none", "/etc/passwd"})
  void followsNoLinkOut(String target) throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of(target));
    assertThat(last("link")).isEqualTo(TreeWalk.Entry.OUTSIDE);
    Files.delete(root.resolve("link"));
    Path climbing = Path.of(root + "/../../outside/f");
    Files.createSymbolicLink(root.resolve("link"), climbing);
    assertThat(last("link")).isEqualTo(TreeWalk.Entry.OUTSIDE);
  }

  @Test
  void findsNothingWhereALinkLeadsNowhere() throws IOException {
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("none"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    for (String name : List.of("dangling", "loop", "none", "x".repeat(300), "a\0b")) {
      assertThat(last(name)).as(name).isEqualTo(TreeWalk.Entry.NOTHING);
    }
  }

  @Test
  void opensNoLinkThatHasTakenTheFilesPlace() throws IOException {
    try (FoundFile found = found("f")) {
      Files.delete(root.resolve("f"));
      Files.createSymbolicLink(root.resolve("f"), Path.of("../../outside/f"));
      assertThatThrownBy(found::open).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void opensTheFileThatHasTakenTheFilesPlace() throws IOException {
    try (FoundFile found = found("f")) {
      Files.delete(root.resolve("f"));
      Files.writeString(root.resolve("f"), "another one");
      OpenedFile opened = found.open();
      assertThat(content(opened)).isEqualTo("another one");
      assertThat(opened.attributes().size()).isEqualTo("another one".length());
    }
  }

  @Test
  void findsNothingWhereAPipeIs() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(last("pipe")).isEqualTo(TreeWalk.Entry.NOTHING);
  }

  @Test
  void opensTheFileInTheDirectoryThatItWasFoundIn() throws IOException {
    try (FoundFile found = found("d", "f")) {
      Files.move(root.resolve("d"), root.resolve("away"));
      Files.createSymbolicLink(root.resolve("d"), Path.of("../../outside"));
      assertThat(content(found.open())).isEqualTo("in d");
    }
    assertThat(last("d", "f")).isEqualTo(TreeWalk.Entry.OUTSIDE);
  }

  @Test
  void entersNoLinkThatHasTakenADirectorysPlace() throws IOException {
    // Once with its handle kept, once without.
    assertThat(read(List.of("d", "f"))).isEqualTo("in d");
    for (String name : List.of("d", "fresh")) {
      Files.createDirectories(root.resolve(name));
      try (TreeWalk walk = tree.walk()) {
        assertThat(walk.find(name)).isEqualTo(TreeWalk.Entry.DIRECTORY);
        Files.move(root.resolve(name), root.resolve("away-" + name));
        Files.createSymbolicLink(root.resolve(name), Path.of("../../outside"));
        if (walk.find("f") == TreeWalk.Entry.FILE) {
          try (FoundFile found = walk.file()) {
            assertThat(content(found.open())).isEqualTo("in d");
          }
        }
      }
      assertThat(last(name, "f")).isEqualTo(TreeWalk.Entry.OUTSIDE);
    }
  }

  @Test
  void findsADirectoryThatHasTakenAnothersPlace() throws IOException {
    assertThat(read(List.of("d", "f"))).isEqualTo("in d");
    Files.move(root.resolve("d"), root.resolve("away"));
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/f"), "new");
    assertThat(read(List.of("d", "f"))).isEqualTo("new");
  }

  @Test
  void findsTheRootThatHasTakenTheRootsPlace() throws IOException {
    assertThat(read(List.of("f"))).isEqualTo("top");
    Files.move(root, root.resolveSibling("old"));
    assertThatThrownBy(() -> tree.walk()).isInstanceOf(NoSuchFileException.class);
    Files.createDirectory(root);
    Files.writeString(root.resolve("f"), "released");
    assertThat(read(List.of("f"))).isEqualTo("released");
  }

  @Test
  void followsNoLinkThatAProgramMayHaveMadeOfTheRoot() throws IOException {
    Preopen above = new Preopen("/", root.getParent(), Preopen.Access.READ_WRITE);
    assertThat(read(List.of("f"))).isEqualTo("top");
    try (GivenDirectories given = GivenDirectories.register("a program", List.of(above))) {
      assertThat(given.route()).isNotEmpty();
      assertThat(read(List.of("f"))).isEqualTo("top");
      Files.move(root, root.resolveSibling("moved"));
      Files.createSymbolicLink(root, Path.of("../outside"));
      assertThatThrownBy(() -> tree.walk()).isInstanceOf(NoSuchFileException.class);
      Files.delete(root);
      Files.move(root.resolveSibling("moved"), root);
      assertThat(read(List.of("f"))).isEqualTo("top");
    }
  }

  @Test
  void keepsNothingOnceItIsClosed() throws IOException {
    assertThat(read(List.of("d", "e", "f"))).isEqualTo("in e");
    try (FoundFile found = found("d", "e", "f")) {
      tree.close();
      assertThat(content(found.open())).isEqualTo("in e");
      assertThat(read(List.of("d", "e", "f"))).isEqualTo("in e");
    }
    assertThat(openBelow(temporary.toRealPath())).isEmpty();
  }

  @Test
  void servesAFileSystemWithoutHandles() throws IOException {
    Path archive = temporary.resolve("files.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path directory = Files.createDirectories(zip.getPath("/root/d"));
      Files.writeString(directory.resolve("f"), "in an archive");
      try (FileTree unhandled = FileTree.of(zip.getPath("/root"));
          TreeWalk walk = unhandled.walk()) {
        assertThat(walk.find("d")).isEqualTo(TreeWalk.Entry.DIRECTORY);
        assertThat(walk.find("none")).isEqualTo(TreeWalk.Entry.NOTHING);
      }
      try (FileTree unhandled = FileTree.of(zip.getPath("/root"));
          TreeWalk walk = unhandled.walk()) {
        assertThat(walk.find("d")).isEqualTo(TreeWalk.Entry.DIRECTORY);
        assertThat(walk.find("f")).isEqualTo(TreeWalk.Entry.FILE);
        assertThat(walk.relative()).hasToString("d/f");
        try (FoundFile found = walk.file()) {
          assertThat(content(found.open())).isEqualTo("in an archive");
        }
      }
    }
  }

  private TreeWalk.Entry last(String... names) throws IOException {
    try (TreeWalk walk = tree.walk()) {
      TreeWalk.Entry last = TreeWalk.Entry.DIRECTORY;
      for (int i = 0; last == TreeWalk.Entry.DIRECTORY && i < names.length; i++) {
        last = walk.find(names[i]);
      }
      return last;
    }
  }

  private FoundFile found(String... names) throws IOException {
    try (TreeWalk walk = tree.walk()) {
      for (String name : names) {
        assertThat(walk.find(name)).isIn(TreeWalk.Entry.FILE, TreeWalk.Entry.DIRECTORY);
      }
      return walk.file();
    }
  }

  private String read(List<String> names) throws IOException {
    try (FoundFile found = found(names.toArray(String[]::new))) {
      return content(found.open());
    }
  }

  private static String content(OpenedFile opened) throws IOException {
    try (FileChannel channel = opened.channel()) {
      ByteBuffer bytes = ByteBuffer.allocate(100);
      channel.read(bytes);
      return UTF_8.decode(bytes.flip()).toString();
    }
  }

  /** What this process has open; nothing where the system does not tell. */
  private static List<String> openBelow(Path directory) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return List.of();
    }
    List<String> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path descriptor : all.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith(directory.toString())) {
            open.add(target);
          }
        } catch (NoSuchFileException e) {
          // Closed meanwhile.
        }
      }
    }
    return open;
  }
}
