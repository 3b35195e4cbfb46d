package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.function.Supplier;
import org.wasmservlet.core.directory.FileErrors;
import org.wasmservlet.core.directory.SeenFiles;

/**
 * Freezes the host's part of one run when the guest gets to a place: what its descriptors stand
 * for, and how late it is by its clocks. Then the stack is frozen. Belongs to the run's thread.
 */
public final class HostFreezer {
  private final FreezePlace place;
  private final Supplier<Error> stack;
  private final SeenFiles seen;
  private FrozenHost frozen;
  private String refusal;

  private HostFreezer(FreezePlace place, Supplier<Error> stack, SeenFiles seen) {
    this.place = place;
    this.stack = stack;
    this.seen = seen;
  }

  /**
   * Prepares for a run from the program's beginning.
   *
   * @param place where the program is frozen
   * @param stack gives what freezes the stack when it is thrown
   * @return which has frozen nothing
   */
  public static HostFreezer of(FreezePlace place, Supplier<Error> stack) {
    return new HostFreezer(place, stack, new SeenFiles());
  }

  /**
   * Prepares for a run that goes on from where its program was frozen before.
   *
   * @param before what was frozen then
   * @param place where the program is frozen
   * @param stack gives what freezes the stack when it is thrown
   * @return which has frozen nothing
   */
  public static HostFreezer of(FrozenHost before, FreezePlace place, Supplier<Error> stack) {
    return new HostFreezer(place, stack, new SeenFiles(before.files()));
  }

  /**
   * What has been frozen.
   *
   * @return null if the guest did not get to the place, or cannot be frozen there
   */
  public FrozenHost frozen() {
    return frozen;
  }

  /**
   * Why the host's part cannot be kept.
   *
   * @return null if it can, or was not asked to be
   */
  public String refusal() {
    return refusal;
  }

  /** What the guest looks at. */
  SeenFiles seen() {
    return seen;
  }

  /** Called before standard input is read. */
  void beforeReading(WasiContext context) {
    if (place instanceof FreezePlace.FirstRead) {
      freeze(context);
    }
  }

  /** Called before the connection is given. */
  void beforeAccepting(WasiContext context) {
    if (place instanceof FreezePlace.Accepting) {
      freeze(context);
    }
  }

  /** Called before a path is looked for. */
  void beforeOpening(WasiContext context, DirectoryDescriptor base, String path) {
    if (place instanceof FreezePlace.Opening opening && base.names(path, opening.guestPath())) {
      freeze(context);
    }
  }

  private void freeze(WasiContext context) {
    HeadRoom.require(HeadRoom.ANYTHING);
    try {
      frozen = context.freeze(seen);
    } catch (NotKeptException e) {
      refusal = e.getMessage();
    } catch (IOException e) {
      refusal = "a file that it has open cannot be looked at: " + FileErrors.of(e);
    }
    throw stack.get();
  }

  /** Something that the guest has cannot be given to it again. */
  static final class NotKeptException extends Exception {
    private static final long serialVersionUID = 1L;

    NotKeptException(String message) {
      super(message);
    }
  }
}
