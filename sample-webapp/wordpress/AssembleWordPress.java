import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes a directory with a WordPress that waits for its installation: the PHP files, the style
 * sheets, scripts and pictures, the drop-in that keeps its tables in SQLite, and a wp-config.php
 * with keys that no other site has. A directory that has a wp-config.php already is left as it is.
 *
 * <p>Run as {@code java AssembleWordPress.java <unpacked package> <site> <wp-config.php>}. The
 * plugin is beside the last of them.
 */
public final class AssembleWordPress {
  private static final String RELEASE = "wp-6.5";
  private static final String DROP_IN = "sqlite-database-integration";

  /** What the package has for other purposes: its own configuration and a ready-made database. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "wp-config.php", "wp-content/database", ".default_theme", "wordpress-remote-asset-paths");

  private static final String PLUGIN = "servlet-container.php";
  private static final Set<String> NOT_OF_THE_DROP_IN = Set.of("tests", ".github");
  private static final String SALT = "%salt%";
  private static final int SALT_LENGTH = 64;
  private static final String SALT_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.,:;!#()[]{}=+*";

  private final Path pack;
  private final Path site;

  private AssembleWordPress(Path pack, Path site) {
    this.pack = pack;
    this.site = site;
  }

  public static void main(String[] args) throws IOException {
    Path pack = Path.of(args[0]).toAbsolutePath();
    Path site = Path.of(args[1]).toAbsolutePath().normalize();
    if (Files.exists(site.resolve("wp-config.php"))) {
      System.out.println("[INFO] WordPress is in " + site + " already");
    } else if (!Files.isDirectory(pack.resolve("src"))) {
      System.err.println("[ERROR] The package of WordPress is not in " + pack);
      System.exit(1);
    } else if (Files.exists(site)) {
      System.err.println("[ERROR] " + site + " is there, but has no wp-config.php");
      System.exit(1);
    } else {
      assemble(pack, site, Path.of(args[2]));
      System.out.println("[INFO] WordPress has been put into " + site);
    }
  }

  /** What becomes visible is whole. Nobody but the owner sees into it. */
  private static void assemble(Path pack, Path site, Path config) throws IOException {
    Files.createDirectories(site.getParent());
    Path partial = Files.createTempDirectory(site.getParent(), "assembling-");
    try {
      new AssembleWordPress(pack, partial).assemble(config);
      Files.move(partial, site, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      if (Files.exists(partial)) {
        remove(partial);
      }
    }
  }

  private void assemble(Path config) throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(pack.resolve("src/wordpress/" + RELEASE + ".zip"))) {
      copy(zip.getPath("/"), site, LEFT_OUT::contains);
    }
    // Files of themes whose PHP is not there would be half a theme.
    copy(
        pack.resolve("public/" + RELEASE),
        site,
        name ->
            LEFT_OUT.contains(name)
                || name.matches("wp-content/themes/[^/]+") && !Files.exists(site.resolve(name)));
    Path plugin = site.resolve("wp-content/plugins/" + DROP_IN);
    try (FileSystem zip =
        FileSystems.newFileSystem(pack.resolve("src/" + DROP_IN + "/" + DROP_IN + ".zip"))) {
      copy(zip.getPath("/" + DROP_IN + "-main"), plugin, NOT_OF_THE_DROP_IN::contains);
    }
    // It looks for its plugin beside itself.
    Files.copy(plugin.resolve("db.copy"), site.resolve("wp-content/db.php"));
    Files.createDirectory(site.resolve("wp-content/database"));
    Files.createDirectory(site.resolve("wp-content/uploads"));
    Files.createDirectory(site.resolve("wp-content/mu-plugins"));
    Files.copy(config.resolveSibling(PLUGIN), site.resolve("wp-content/mu-plugins/" + PLUGIN));
    Files.writeString(site.resolve("wp-config.php"), withSalts(Files.readString(config)));
  }

  private static void copy(Path from, Path to, Predicate<String> leftOut) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            String name = from.relativize(directory).toString().replace('\\', '/');
            if (leftOut.test(name.endsWith("/") ? name.substring(0, name.length() - 1) : name)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(name));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = from.relativize(file).toString().replace('\\', '/');
            if (!leftOut.test(name)) {
              Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String withSalts(String config) {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder(config);
    for (int at = text.indexOf(SALT); at >= 0; at = text.indexOf(SALT, at + SALT_LENGTH)) {
      StringBuilder salt = new StringBuilder(SALT_LENGTH);
      while (salt.length() < SALT_LENGTH) {
        salt.append(SALT_CHARACTERS.charAt(random.nextInt(SALT_CHARACTERS.length())));
      }
      text.replace(at, at + SALT.length(), salt.toString());
    }
    return text.toString();
  }

  private static void remove(Path directory) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(directory)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }
}
