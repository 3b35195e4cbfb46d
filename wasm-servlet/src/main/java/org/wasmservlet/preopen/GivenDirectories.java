package org.wasmservlet.preopen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.wasmservlet.core.Preopen;

/**
 * The directories of one route and what the host needs for it, and the list of those of all routes
 * in this JVM. Thread-safe.
 *
 * <p>The list is text in a system property: other web applications have copies of this class of
 * their own, and text keeps no class loader alive.
 */
public final class GivenDirectories implements AutoCloseable {
  static final String PROPERTY = "org.wasmservlet.directories";

  /** Of this copy of the class; each is in the list for as long as it is here. */
  private static final Set<String> OWN_ROUTES = ConcurrentHashMap.newKeySet();

  private static volatile Listed lastRead = new Listed(null);

  private final String route = UUID.randomUUID().toString();

  /** The route, and its programs that run. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final String owner;

  private GivenDirectories(String owner) {
    this.owner = owner;
  }

  /**
   * Adds a route's directories to the list. Whoever looks at the list to refuse a directory adds
   * first: of two routes that are made at once, one at least sees the other.
   *
   * @param owner the route, as messages name it
   * @param preopens its directories; also of none at all
   * @return to be closed, and with it for each {@link #use} of it; the last takes them from the
   *     list
   * @throws IOException if a directory is not there
   */
  public static GivenDirectories register(String owner, List<Preopen> preopens) throws IOException {
    GivenDirectories given = new GivenDirectories(owner);
    List<String> lines = new ArrayList<>();
    lines.add(given.route);
    for (Preopen preopen : preopens) {
      Preopen real =
          new Preopen(preopen.guestPath(), preopen.hostDirectory().toRealPath(), preopen.access());
      lines.add(new GivenDirectory(given.route, owner, real).toLine());
    }
    change(present -> Stream.concat(present, lines.stream()));
    OWN_ROUTES.add(given.route);
    return given;
  }

  /**
   * Adds what the host needs for the route, and refuses what would let a program change what is not
   * its own, or the way there.
   *
   * @param places that no program may change
   * @param loader of the web application's classes
   * @throws ConflictException if a directory cannot be given, or a place not be used
   */
  public void guard(List<HostPlace> places, ClassLoader loader) throws ConflictException {
    List<String> lines =
        places.stream().map(place -> new ListedPlace(route, owner, place).toLine()).toList();
    change(present -> Stream.concat(present, lines.stream()));
    Listed listed = listed();
    new Conflicts(route).refuse(listed.directories, listed.places, JvmPlaces.of(loader));
  }

  /** Identifies the route in the list. */
  public String route() {
    return route;
  }

  /** The directories of all routes of all web applications in this JVM, as they are now. */
  public static List<GivenDirectory> all() {
    return listed().directories;
  }

  /**
   * Whether a program can change what a path leads to: one of the directories on the way is, or
   * lies in, a directory that a program may write.
   *
   * @param path absolute, without links
   */
  public static boolean isWritable(Path path) {
    return firstWritable(path) != null;
  }

  /**
   * Where on a path a program can change what it leads to.
   *
   * @param path absolute, without links
   * @return the first directory that a program may write, or null if there is none
   */
  public static Path firstWritable(Path path) {
    Listed listed = listed();
    if (!listed.isComplete()) {
      return path.getRoot();
    }
    Path first = null;
    for (GivenDirectory directory : listed.directories) {
      Path given = directory.preopen().hostDirectory();
      if (directory.preopen().mayWrite(path)
          && (first == null || given.getNameCount() < first.getNameCount())) {
        first = given;
      }
    }
    return first;
  }

  /**
   * Whether a program can change anything below a directory, or what its path leads to.
   *
   * @param directory absolute, without links
   */
  public static boolean isWritableInPart(Path directory) {
    Listed listed = listed();
    for (GivenDirectory given : listed.directories) {
      if (given.preopen().access() != Preopen.Access.READ_ONLY
          && given.preopen().hostDirectory().startsWith(directory)) {
        return true;
      }
    }
    return isWritable(directory);
  }

  /**
   * Keeps them in the list while a program runs, even if its route is closed meanwhile.
   *
   * @return this, to be closed once more
   */
  public GivenDirectories use() {
    users.incrementAndGet();
    return this;
  }

  @Override
  public void close() {
    if (users.decrementAndGet() > 0) {
      return;
    }
    OWN_ROUTES.remove(route);
    change(present -> present.filter(line -> !line.startsWith(route)));
  }

  private interface Change {
    Stream<String> of(Stream<String> lines);
  }

  private static void change(Change change) {
    Properties properties = System.getProperties();
    properties.compute(
        PROPERTY,
        (key, present) -> {
          String text = present == null ? "" : (String) present;
          String changed = String.join("\n", change.of(text.lines()).toList());
          return changed.isEmpty() ? null : changed;
        });
  }

  private static Listed listed() {
    String text = System.getProperty(PROPERTY);
    Listed last = lastRead;
    // Who changes it puts another object in its place.
    if (last.text != text) {
      last = new Listed(text);
      lastRead = last;
    }
    return last;
  }

  /** The list as it was read. */
  private static final class Listed {
    private final String text;
    private final Set<String> routes = new HashSet<>();
    private final List<GivenDirectory> directories;
    private final List<ListedPlace> places;

    Listed(String text) {
      this.text = text;
      List<GivenDirectory> read = new ArrayList<>();
      List<ListedPlace> readPlaces = new ArrayList<>();
      for (String line : text == null ? List.<String>of() : text.lines().toList()) {
        if (line.indexOf(' ') < 0) {
          routes.add(line);
        } else if (ListedPlace.isOne(line)) {
          readPlaces.add(ListedPlace.ofLine(line));
        } else {
          read.add(GivenDirectory.ofLine(line));
        }
      }
      this.directories = List.copyOf(read);
      this.places = List.copyOf(readPlaces);
    }

    /** False once somebody has put other system properties in place: nothing is known then. */
    boolean isComplete() {
      return routes.containsAll(OWN_ROUTES);
    }
  }
}
