package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows a guest's path from an open directory, one component after the other, by handles that are
 * never opened through a link. {@code ..} goes back to the handle that the walk came from and never
 * past its beginning; links are read and their text is walked.
 *
 * <p>Nothing that others do to the directories meanwhile leads the walk outside: it can only be
 * where it has been let in.
 */
public final class PathWalk {
  /** What becomes of a link that is the last component. */
  public enum Last {
    /** It is followed. */
    FOLLOW,
    /** It is what is looked for, unless a slash follows it. */
    NO_FOLLOW,
    /** It is what is looked for: the name itself is made, renamed or removed. */
    ENTRY
  }

  /** What names begin with that are nobody's to use. */
  public static final String RESERVED = ".wasm-servlet-staging-";

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** In bytes, as on most file systems. */
  private static final int MAX_NAME = 255;

  private final DirectoryCache cache;
  private final int pathBytes;
  private final int depth;

  /**
   * Makes a walker.
   *
   * @param pathBytes the most characters of a path with the links in it replaced
   * @param depth the most directories of a walk; each is an open handle
   */
  public PathWalk(DirectoryCache cache, int pathBytes, int depth) {
    this.cache = cache;
    this.pathBytes = pathBytes;
    this.depth = depth;
  }

  /**
   * Follows a path.
   *
   * @param base where it begins and beyond which it cannot go
   * @return what is there, to be closed; its last component may be missing
   * @throws WasiError ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EILSEQ, or EPERM if the path is
   *     absolute or leaves the base
   */
  public Found find(Directory base, String path, Last last) throws IOException, WasiError {
    try (Walk walk = from(base)) {
      return walk.find(path, last);
    }
  }

  /**
   * Begins a walk that is made in several steps.
   *
   * @param base where it begins and beyond which it cannot go
   * @return to be closed
   */
  public Walk from(Directory base) {
    return new Walk(base);
  }

  /** Where a walk is. For one thread. */
  public final class Walk implements AutoCloseable {
    private final List<Directory> handles = new ArrayList<>();
    private Last last;
    private String path;
    private int at;
    private int links;

    private Walk(Directory base) {
      handles.add(base.use());
    }

    /**
     * Follows a path from where the walk is, and is in the directory that has the last component
     * then.
     *
     * @return what is there, to be closed; its last component may be missing
     * @throws WasiError as {@link PathWalk#find}
     */
    public Found find(String from, Last ofTheLast) throws IOException, WasiError {
      path = from;
      at = 0;
      last = ofTheLast;
      return toEnd();
    }

    /** How many links it has followed. */
    public int links() {
      return links;
    }

    /**
     * Goes on to what has just been found.
     *
     * @param found a directory
     */
    public void enter(Found found) throws IOException, WasiError {
      if (!found.isDirectoryItself()) {
        enter(cache.open(found.directory(), found.name(), found.attributes()));
      }
    }

    @Override
    public void close() {
      handles.forEach(Directory::release);
      handles.clear();
    }

    private Found toEnd() throws IOException, WasiError {
      if (path.isEmpty()) {
        throw Errno.NOENT.error();
      }
      if (path.charAt(0) == '/') {
        throw Errno.PERM.error();
      }
      while (true) {
        top().tree().beforeStep();
        skipSlashes();
        if (at == path.length()) {
          return new Found(top().use(), null, null, path.endsWith("/"));
        }
        int end = path.indexOf('/', at);
        String name = path.substring(at, end < 0 ? path.length() : end);
        at = end < 0 ? path.length() : end;
        skipSlashes();
        if (name.equals("..")) {
          leave();
        } else if (!name.equals(".")) {
          Found found = step(name, end >= 0, at == path.length());
          if (found != null) {
            return found;
          }
        }
      }
    }

    /** Takes one component: the end of the walk, or null to go on. */
    private Found step(String name, boolean slash, boolean isLast) throws IOException, WasiError {
      refuseUnusable(name);
      Path entry = HostNames.toPath(top().hostPath(), name);
      if (!isLast) {
        Directory entered = cache.entered(top(), entry);
        if (entered != null) {
          enter(entered);
          return null;
        }
      }
      BasicFileAttributes attributes = top().attributesIfThere(entry);
      if (isLast || attributes == null || attributes.isSymbolicLink()) {
        top().tree().saw(top(), entry, attributes);
      }
      if (attributes == null && !isLast) {
        throw Errno.NOENT.error();
      }
      if (attributes != null && attributes.isSymbolicLink() && isFollowed(slash, isLast)) {
        follow(Links.target(top(), entry, attributes), slash);
        return null;
      }
      if (isLast) {
        return new Found(top().use(), entry, attributes, slash);
      }
      if (!attributes.isDirectory()) {
        throw Errno.NOTDIR.error();
      }
      enter(cache.open(top(), entry, attributes));
      return null;
    }

    private boolean isFollowed(boolean slash, boolean isLast) {
      return !isLast || last == Last.FOLLOW || slash && last == Last.NO_FOLLOW;
    }

    private void follow(Path link, boolean slash) throws WasiError {
      if (++links > MAX_LINKS) {
        throw Errno.LOOP.error();
      }
      String target = link.isAbsolute() ? backToTheBase(link) : Links.text(link);
      String rest = path.substring(at);
      if (target.length() + 1 + rest.length() > pathBytes) {
        throw Errno.NAMETOOLONG.error();
      }
      path = slash ? target + "/" + rest : target;
      at = 0;
    }

    private String backToTheBase(Path target) throws WasiError {
      Path below = top().tree().below(target);
      if (below == null) {
        throw Errno.PERM.error();
      }
      while (handles.size() > 1) {
        leave();
      }
      return Links.text(below);
    }

    private void enter(Directory directory) throws WasiError {
      handles.add(directory);
      if (handles.size() > depth) {
        throw Errno.NAMETOOLONG.error();
      }
    }

    private void leave() throws WasiError {
      if (handles.size() == 1) {
        throw Errno.PERM.error();
      }
      handles.remove(handles.size() - 1).release();
    }

    private Directory top() {
      return handles.get(handles.size() - 1);
    }

    private void skipSlashes() {
      while (at < path.length() && path.charAt(at) == '/') {
        at++;
      }
    }
  }

  private static void refuseUnusable(String name) throws WasiError {
    // A character is three bytes at most, but for pairs of which each half counts two.
    if (name.length() > MAX_NAME
        || name.length() > MAX_NAME / 3
            && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      throw Errno.NAMETOOLONG.error();
    }
    if (name.startsWith(RESERVED)) {
      throw Errno.PERM.error();
    }
  }
}
