package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.HostNames;
import org.wasmservlet.core.directory.WasiError;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/**
 * The names in a directory at one moment. A cookie (witx type {@code dircookie}) is an index into
 * them, so that it leads to the same entry whatever is made and removed meanwhile. Names that are
 * no UTF-8 cannot be told to a guest and are left out.
 */
final class Listing {
  /** {@code .} and {@code ..}, which the JDK leaves out. */
  private static final int OWN = 2;

  private static final int HEADER = 24;

  private byte[] names = new byte[1024];
  private int[] ends = new int[32];
  private int count;
  private int taken;

  private Listing() {}

  static Listing read(Directory directory, ListingBudget budget) throws IOException, WasiError {
    Listing listing = new Listing();
    boolean complete = false;
    try (DirectoryStream<Path> entries = directory.list()) {
      listing.take(budget, listing.names.length + listing.ends.length * Integer.BYTES);
      for (Path entry : entries) {
        GuestInterrupted.check();
        Path fileName = entry.getFileName();
        byte[] name = HostNames.toBytes(fileName);
        if (name != null && !Staging.isReserved(fileName.toString())) {
          listing.add(name, budget);
        }
      }
      complete = true;
      return listing;
    } finally {
      if (!complete) {
        listing.forget(budget);
      }
    }
  }

  /** The same names for another run, which pays for them as if it had read them. */
  Listing again(ListingBudget budget) throws WasiError {
    Listing again = new Listing();
    again.names = names;
    again.ends = ends;
    again.count = count;
    again.take(budget, names.length + ends.length * Integer.BYTES);
    return again;
  }

  /** Writes one, which may be null. */
  static void write(StoredOutput out, Listing listing) throws IOException {
    out.writeBoolean(listing != null);
    if (listing != null) {
      out.writeInt(listing.count);
      for (int i = 0; i < listing.count; i++) {
        out.writeInt(listing.ends[i]);
      }
      out.writeBlock(Arrays.copyOf(listing.names, listing.end()));
    }
  }

  /** Reads what was written. */
  static Listing read(StoredInput in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    Listing listing = new Listing();
    listing.count = in.readCount(Integer.BYTES);
    listing.ends = new int[listing.count];
    for (int i = 0; i < listing.count; i++) {
      listing.ends[i] = in.readInt();
    }
    listing.names = in.readBlock();
    return listing;
  }

  void forget(ListingBudget budget) {
    budget.giveBack(taken);
    taken = 0;
  }

  /**
   * Writes entries as long as there is room; the last may be cut off.
   *
   * @param cookie of the first entry
   * @return bytes written: all that there is room for unless these were the last entries
   */
  int write(Directory directory, GuestMemory memory, long buffer, long length, long cookie)
      throws IOException, WasiError {
    int room = (int) Math.min(length, Integer.MAX_VALUE);
    int used = 0;
    if (cookie < 0) {
      throw Errno.INVAL.error();
    }
    byte[] entry = new byte[HEADER + 256];
    for (long i = cookie; i < OWN + count && used < room; i++) {
      GuestInterrupted.check();
      byte[] name = name((int) i);
      BasicFileAttributes attributes;
      if (i < OWN) {
        attributes = directory.attributes();
      } else {
        attributes = attributesIfThere(directory, name);
        if (attributes == null) {
          continue;
        }
      }
      if (entry.length < HEADER + name.length) {
        entry = new byte[HEADER + name.length];
      }
      encode(entry, i + 1, attributes, name);
      int piece = Math.min(room - used, HEADER + name.length);
      memory.write(buffer + used, entry, 0, piece);
      used += piece;
    }
    return used;
  }

  /** An entry that cannot be looked at is as good as gone, and no reason to stop. */
  private static BasicFileAttributes attributesIfThere(Directory directory, byte[] name)
      throws WasiError {
    try {
      return directory.attributesIfThere(
          HostNames.toPath(directory.hostPath(), new String(name, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return null;
    }
  }

  private byte[] name(int index) {
    if (index < OWN) {
      return index == 0 ? new byte[] {'.'} : new byte[] {'.', '.'};
    }
    int entry = index - OWN;
    return Arrays.copyOfRange(names, entry == 0 ? 0 : ends[entry - 1], ends[entry]);
  }

  private static void encode(byte[] entry, long next, BasicFileAttributes attributes, byte[] name) {
    putLittleEndian(entry, 0, next, Long.BYTES);
    putLittleEndian(entry, 8, FileKeys.inode(attributes.fileKey()), Long.BYTES);
    putLittleEndian(entry, 16, name.length, Integer.BYTES);
    putLittleEndian(entry, 20, FileType.of(attributes), Integer.BYTES);
    System.arraycopy(name, 0, entry, HEADER, name.length);
  }

  private static void putLittleEndian(byte[] to, int at, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      to[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
  }

  private int end() {
    return count == 0 ? 0 : ends[count - 1];
  }

  private void add(byte[] name, ListingBudget budget) throws WasiError {
    int start = end();
    if (count == ends.length) {
      take(budget, ends.length * Integer.BYTES);
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    while (name.length > names.length - start) {
      take(budget, names.length);
      names = Arrays.copyOf(names, names.length * 2);
    }
    System.arraycopy(name, 0, names, start, name.length);
    ends[count++] = start + name.length;
  }

  private void take(ListingBudget budget, int bytes) throws WasiError {
    budget.take(bytes);
    taken += bytes;
  }
}
