package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** A guest's open descriptors by number. A new one gets the lowest number that is free. */
final class DescriptorTable {
  private final int limit;
  private final List<Descriptor> descriptors = new ArrayList<>();

  /** As the host counts: a descriptor may have two channels. */
  private int open;

  private int lowestFree;

  DescriptorTable(int limit) {
    this.limit = limit;
  }

  /**
   * Finds a descriptor.
   *
   * @throws WasiError EBADF if the number stands for none
   */
  Descriptor get(long number) throws WasiError {
    Descriptor descriptor = there(number);
    if (descriptor instanceof LateDescriptor late) {
      descriptor = late.open();
      descriptors.set((int) number, descriptor);
    }
    return descriptor;
  }

  private Descriptor there(long number) throws WasiError {
    int index = (int) number;
    if (index < 0 || index >= descriptors.size() || descriptors.get(index) == null) {
      throw Errno.BADF.error();
    }
    return descriptors.get(index);
  }

  /**
   * Finds an open directory.
   *
   * @throws WasiError EBADF if the number stands for nothing, ENOTDIR if for something else
   */
  DirectoryDescriptor directory(long number) throws WasiError {
    if (get(number) instanceof DirectoryDescriptor directory) {
      return directory;
    }
    throw Errno.NOTDIR.error();
  }

  /** Refuses to open more than there may be, before the host is asked to open anything. */
  void requireRoom(int files) throws WasiError {
    if (open + files > limit) {
      throw Errno.MFILE.error();
    }
  }

  /** Adds a descriptor, for which there is room. Returns its number. */
  int add(Descriptor descriptor) {
    while (lowestFree < descriptors.size() && descriptors.get(lowestFree) != null) {
      lowestFree++;
    }
    int number = lowestFree++;
    if (number == descriptors.size()) {
      descriptors.add(descriptor);
    } else {
      descriptors.set(number, descriptor);
    }
    open += descriptor.openFiles();
    return number;
  }

  void close(long number) throws IOException, WasiError {
    Descriptor descriptor = there(number);
    free((int) number);
    descriptor.close();
  }

  /** Gives a descriptor another's number, whose descriptor is closed. */
  void renumber(long from, long to) throws IOException, WasiError {
    Descriptor moved = there(from);
    Descriptor replaced = there(to);
    if (moved != replaced) {
      free((int) to);
      descriptors.set((int) to, moved);
      open += moved.openFiles();
      free((int) from);
      replaced.close();
    }
  }

  /**
   * Keeps what all of them stand for.
   *
   * @return by number, null where there is none
   */
  List<FrozenDescriptor> freeze() throws IOException, HostFreezer.NotKeptException {
    List<FrozenDescriptor> frozen = new ArrayList<>();
    for (Descriptor descriptor : descriptors) {
      frozen.add(descriptor == null ? null : descriptor.freeze());
    }
    return frozen;
  }

  /** Has what a frozen program had, by the same numbers. For an empty table. */
  void resume(List<FrozenDescriptor> frozen, WasiContext context) {
    for (FrozenDescriptor each : frozen) {
      Descriptor descriptor = each == null ? null : each.resume(context);
      descriptors.add(descriptor);
      open += descriptor == null ? 0 : descriptor.openFiles();
    }
  }

  void closeAll() {
    for (Descriptor descriptor : descriptors) {
      if (descriptor != null) {
        try {
          descriptor.close();
        } catch (IOException e) {
          // The guest that could be told has ended.
        }
      }
    }
    descriptors.clear();
    open = 0;
    lowestFree = 0;
  }

  private void free(int number) {
    open -= descriptors.get(number).openFiles();
    descriptors.set(number, null);
    lowestFree = Math.min(lowestFree, number);
  }
}
