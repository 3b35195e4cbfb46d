package org.wasmservlet.core.wasi;

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
final class PathWalk {
  /** What becomes of a link that is the last component. */
  enum Last {
    /** It is followed. */
    FOLLOW,
    /** It is what is looked for, unless a slash follows it. */
    NO_FOLLOW,
    /** It is what is looked for: the name itself is made, renamed or removed. */
    ENTRY
  }

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** Of one walk; each is an open handle. */
  private static final int MAX_DEPTH = 128;

  /** In bytes, as on most file systems. */
  private static final int MAX_NAME = 255;

  private final DirectoryCache cache;
  private final int pathBytes;

  /**
   * Makes a walker for one run.
   *
   * @param pathBytes the most characters of a path with the links in it replaced
   */
  PathWalk(DirectoryCache cache, int pathBytes) {
    this.cache = cache;
    this.pathBytes = pathBytes;
  }

  /**
   * Follows a path.
   *
   * @param base where it begins and beyond which it cannot go
   * @return what is there, to be closed; its last component may be missing
   * @throws WasiError ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EILSEQ, or EPERM if the path is
   *     absolute or leaves the base
   */
  Found find(Directory base, String path, Last last) throws IOException, WasiError {
    List<Directory> handles = new ArrayList<>();
    handles.add(base.use());
    try {
      return new Walk(handles, path, last).toEnd();
    } finally {
      for (Directory handle : handles) {
        handle.release();
      }
    }
  }

  private final class Walk {
    private final List<Directory> handles;
    private final Last last;
    private String path;
    private int at;
    private int links;

    Walk(List<Directory> handles, String path, Last last) {
      this.handles = handles;
      this.path = path;
      this.last = last;
    }

    Found toEnd() throws IOException, WasiError {
      if (path.isEmpty()) {
        throw Errno.NOENT.error();
      }
      if (path.charAt(0) == '/') {
        throw Errno.PERM.error();
      }
      while (true) {
        GuestInterrupted.check();
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
      if (attributes == null && !isLast) {
        throw Errno.NOENT.error();
      }
      if (attributes != null && attributes.isSymbolicLink() && isFollowed(slash, isLast)) {
        follow(Links.read(top(), entry, attributes), slash);
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

    private void follow(String target, boolean slash) throws WasiError {
      if (++links > MAX_LINKS) {
        throw Errno.LOOP.error();
      }
      String rest = path.substring(at);
      if (target.length() + 1 + rest.length() > pathBytes) {
        throw Errno.NAMETOOLONG.error();
      }
      path = slash ? target + "/" + rest : target;
      at = 0;
    }

    private void enter(Directory directory) throws WasiError {
      handles.add(directory);
      if (handles.size() > MAX_DEPTH) {
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
    if (Staging.isReserved(name)) {
      throw Errno.PERM.error();
    }
  }
}
