package org.wasmservlet.preopen;

/** A directory cannot be given, or the host cannot use a place, for programs could write there. */
public final class ConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient GivenDirectory directory;
  private final transient HostPlace place;

  ConflictException(GivenDirectory directory, String message) {
    super(message);
    this.directory = directory;
    this.place = null;
  }

  ConflictException(HostPlace place, String message) {
    super(message);
    this.directory = null;
    this.place = place;
  }

  /**
   * What cannot be given.
   *
   * @return the directory, or null if it is a place of the host that is at fault
   */
  public GivenDirectory directory() {
    return directory;
  }

  /**
   * What the host cannot use.
   *
   * @return the place, or null if it is a directory that is at fault
   */
  public HostPlace place() {
    return place;
  }
}
