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
    Descriptor descriptor = get(number);
    free((int) number);
    descriptor.close();
  }

  /** Gives a descriptor another's number, whose descriptor is closed. */
  void renumber(long from, long to) throws IOException, WasiError {
    Descriptor moved = get(from);
    Descriptor replaced = get(to);
    if (moved != replaced) {
      free((int) to);
      descriptors.set((int) to, moved);
      open += moved.openFiles();
      free((int) from);
      replaced.close();
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
