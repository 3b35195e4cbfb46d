package org.wasmservlet.preopen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wasmservlet.core.Preopen;

/**
 * Looks whether a program could change something that is not its own, or a path that the host goes:
 * by a directory that holds another one which has been given, or that holds or lies in a place of
 * the host. Whoever can write a directory can put a link in the place of what it holds.
 */
final class Conflicts {
  private static final String CURE =
      "; end the line with ro, map tmp:, or name a directory outside of it";

  private static final String CURE_OF_UNREADABLE = "; name a directory that does not hold it";

  private static final String IS = " is ";

  private final Tree tree = new Tree();
  private final String route;

  /** Where the host makes directories for programs in places of its own. */
  private final Set<Path> shared = new HashSet<>();

  /**
   * Prepares a look.
   *
   * @param route whose directories and places are looked at
   */
  Conflicts(String route) {
    this.route = route;
  }

  /**
   * Looks.
   *
   * @param directories of all routes
   * @param places of all routes
   * @param jvm the JVM's
   * @throws ConflictException if something of this route cannot be
   */
  void refuse(List<GivenDirectory> directories, List<ListedPlace> places, List<HostPlace> jvm)
      throws ConflictException {
    for (ListedPlace listed : places) {
      if (listed.place().extent() == HostPlace.Extent.TEMPORARY) {
        shared.add(listed.place().path().resolve(HostPlace.SHARED));
      }
    }
    for (ListedPlace listed : places) {
      if (listed.route().equals(route)) {
        for (GivenDirectory directory : directories) {
          refuse(listed.place(), directory);
        }
      }
    }
    List<HostPlace> all = new ArrayList<>();
    places.forEach(listed -> all.add(listed.named()));
    all.addAll(jvm);
    for (GivenDirectory own : directories) {
      if (own.route().equals(route)) {
        refuse(own, all);
        for (GivenDirectory other : directories) {
          refuse(own, other);
        }
      }
    }
  }

  /** Of several places the message names the one that the directory is, if it is one. */
  private void refuse(GivenDirectory own, List<HostPlace> places) throws ConflictException {
    HostPlace worst = null;
    for (HostPlace place : places) {
      String how = clash(own.preopen(), place);
      if (how != null && (worst == null || how.equals(IS))) {
        worst = place;
        if (how.equals(IS)) {
          break;
        }
      }
    }
    if (worst != null) {
      throw new ConflictException(
          own,
          path(own)
              + clash(own.preopen(), worst)
              + worst.path()
              + ", "
              + worst.name()
              + (worst.extent() == HostPlace.Extent.UNREADABLE ? CURE_OF_UNREADABLE : CURE));
    }
  }

  private void refuse(HostPlace place, GivenDirectory directory) throws ConflictException {
    boolean isOwn = directory.route().equals(route);
    if (isOwn && place.extent() != HostPlace.Extent.UNREADABLE
        || clash(directory.preopen(), place) == null) {
      // Of a route's own directory and place it is the directory that is at fault.
      return;
    }
    throw new ConflictException(
        place,
        isOwn
            ? "the program could open it, in "
                + directory.preopen().guestPath()
                + "; name a file outside of its directories"
            : "programs could reach it in "
                + path(directory)
                + ", which "
                + has(directory)
                + "; name another place");
  }

  /** How a directory stands to a place, if it must not: " holds ", " is ", " lies in ". */
  private String clash(Preopen preopen, HostPlace place) {
    Path directory = preopen.hostDirectory();
    boolean changes = preopen.access() == Preopen.Access.READ_WRITE;
    if (preopen.access() == Preopen.Access.PRIVATE
        || !changes && place.extent() != HostPlace.Extent.UNREADABLE) {
      return null;
    }
    if (tree.holds(directory, place.path())) {
      return tree.areSame(directory, place.path()) ? IS : " holds ";
    }
    return place.isWhole()
            && tree.holds(place.path(), directory)
            && !shared.contains(directory.getParent())
        ? " lies in "
        : null;
  }

  private void refuse(GivenDirectory own, GivenDirectory other) throws ConflictException {
    if (own.preopen().access() == Preopen.Access.PRIVATE
        || other.preopen().access() == Preopen.Access.PRIVATE
        || tree.areSame(path(own), path(other))) {
      return;
    }
    if (isWritten(other) && tree.holds(path(other), path(own))) {
      throw new ConflictException(
          own,
          path(own)
              + " lies in "
              + path(other)
              + ", which "
              + has(other)
              + ", to write there: programs could put a link in its place; leave it out, or name a"
              + " directory outside of it");
    }
    if (isWritten(own) && tree.holds(path(own), path(other))) {
      throw new ConflictException(
          own,
          path(own)
              + " holds "
              + path(other)
              + ", which "
              + has(other)
              + ": programs could put a link in its place; end the line with ro, or name a"
              + " directory that does not hold it");
    }
  }

  private static boolean isWritten(GivenDirectory directory) {
    return directory.preopen().access() == Preopen.Access.READ_WRITE;
  }

  private static Path path(GivenDirectory directory) {
    return directory.preopen().hostDirectory();
  }

  private static String has(GivenDirectory directory) {
    return directory.owner() + " has as " + directory.preopen().guestPath();
  }
}
