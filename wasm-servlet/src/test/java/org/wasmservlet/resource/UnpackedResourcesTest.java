package org.wasmservlet.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedResourcesTest {
  @TempDir private Path top;

  @Test
  void unpacksAContentOnceAndForItsOwnerAlone() throws IOException {
    Path first = unpack("a/b.txt", "1", "c.txt", "2");
    assertThat(first.resolve("a/b.txt")).hasContent("1");
    assertThat(first.resolve("c.txt")).hasContent("2");
    for (Path folder = first; !folder.equals(top); folder = folder.getParent()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
    Object made = Files.readAttributes(first, "creationTime,fileKey").get("fileKey");
    assertThat(unpack("a/b.txt", "1", "c.txt", "2")).isEqualTo(first);
    assertThat(Files.readAttributes(first, "fileKey").get("fileKey")).isEqualTo(made);
  }

  @Test
  void putsANewContentInPlaceOfTheOldOne() throws IOException {
    Path old = unpack("a", "1", "b", "2");
    String[][] changed = {
      {"a", "1", "b", "3"}, {"a", "1"}, {"a", "1", "c", "2"}, {"a1", "", "b", ""}
    };
    for (String[] content : changed) {
      Path now = unpack(content);
      assertThat(now).isNotEqualTo(old).isDirectory();
      assertThat(old).doesNotExist();
      try (Stream<Path> versions = Files.list(now.getParent())) {
        assertThat(versions).containsExactly(now);
      }
      old = now;
    }
  }

  @Test
  @SuppressWarnings("try")
  void aSharedPlaceKeepsWhatAnotherProcessWorksWith() throws Exception {
    UnpackedResources folder = UnpackedResources.shared(top.resolve("folder"));
    Path old = folder.unpack("x", tree("a", "1"));
    Path locks = old.getParent().resolveSibling(old.getParent().getFileName() + ".lock");
    Path now;
    try (LockingProcess ignored = LockingProcess.start(locks, old.getFileName().toString())) {
      now = folder.unpack("x", tree("a", "2"));
      assertThat(now).isNotEqualTo(old);
      assertThat(old.resolve("a")).hasContent("1");
    }
    assertThat(folder.unpack("x", tree("a", "2"))).isEqualTo(now);
    assertThat(old).doesNotExist();
  }

  @Test
  void keepsOtherNamesApart() throws IOException {
    UnpackedResources folder = UnpackedResources.of(top.resolve("folder"));
    Path first = folder.unpack("one/x", tree("a", "1"));
    Path second = folder.unpack("one-x", tree("a", "1"));
    assertThat(second).isNotEqualTo(first);
    assertThat(first).isDirectory();
  }

  @Test
  void makesAnewWhatSomebodyHasChanged() throws IOException {
    Path directory = unpack("a", "1", "b/c", "2");
    Files.writeString(directory.resolve("a"), "changed");
    assertThat(unpack("a", "1", "b/c", "2").resolve("a")).hasContent("1");
    Files.delete(directory.resolve("b/c"));
    assertThat(unpack("a", "1", "b/c", "2").resolve("b/c")).hasContent("2");
    Files.writeString(directory.resolve("b/more"), "more");
    assertThat(unpack("a", "1", "b/c", "2").resolve("b/more")).doesNotExist();
    Path outside = Files.writeString(top.resolve("outside"), "2");
    Files.delete(directory.resolve("b/c"));
    Files.createSymbolicLink(directory.resolve("b/c"), outside);
    assertThat(unpack("a", "1", "b/c", "2").resolve("b/c")).isRegularFile();
    assertThat(Files.isSymbolicLink(directory.resolve("b/c"))).isFalse();
    assertThat(outside).hasContent("2");
  }

  @Test
  void doesNotUseAFolderThatIsALinkOrOpenToOthers() throws IOException {
    Path elsewhere = Files.createDirectory(top.resolve("elsewhere"));
    Files.createSymbolicLink(top.resolve("folder"), elsewhere);
    assertThatThrownBy(() -> unpack("a", "1")).hasMessageContaining("is in the way");
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(top.resolve("folder"));
    Files.createDirectory(top.resolve("folder"));
    Files.setPosixFilePermissions(
        top.resolve("folder"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> unpack("a", "1")).hasMessageContaining("is open to others");
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    for (String name :
        new String[] {"../a", "a/../../b", "/a", "a//b", "a/./b", "a\\b", "", "a/"}) {
      assertThatThrownBy(() -> tree(name, "1"))
          .as(name)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has a file of the name '" + name + "'");
    }
  }

  @Test
  void refusesMoreFilesThanThereShouldBe() {
    assertThatThrownBy(
            () -> {
              try (ResourceTree tree = new ResourceTree()) {
                for (int i = 0; i < 200_000; i++) {
                  tree.add("f" + i, () -> new ByteArrayInputStream(new byte[0]));
                }
              }
            })
        .hasMessageContaining("more than 100000 files");
    assertThatThrownBy(() -> tree("a/".repeat(200) + "b", "1")).hasMessageContaining("deeper than");
  }

  @Test
  void leavesNothingWhereItFails() throws IOException {
    try (ResourceTree tree = tree("a", "1")) {
      boolean[] read = {false};
      tree.add(
          "b",
          () -> {
            if (read[0]) {
              throw new IOException("broken");
            }
            read[0] = true;
            return new ByteArrayInputStream(new byte[0]);
          });
      UnpackedResources folder = UnpackedResources.of(top.resolve("folder"));
      assertThatThrownBy(() -> folder.unpack("x", tree)).hasMessage("broken");
    }
    try (Stream<Path> files = Files.walk(top.resolve("folder"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private Path unpack(String... namesAndContents) throws IOException {
    try (ResourceTree tree = tree(namesAndContents)) {
      return UnpackedResources.of(top.resolve("folder")).unpack("name", tree);
    }
  }

  private static ResourceTree tree(String... namesAndContents) throws IOException {
    ResourceTree tree = new ResourceTree();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      byte[] content = namesAndContents[i + 1].getBytes(UTF_8);
      tree.add(namesAndContents[i], () -> new ByteArrayInputStream(content));
    }
    return tree;
  }
}
