package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.Found;
import org.wasmservlet.core.directory.HostNames;
import org.wasmservlet.core.directory.Links;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.WasiError;

/** Functions that find files by their paths. */
final class PathFunctions {
  private static final int SYMLINK_FOLLOW = 1;

  private PathFunctions() {}

  static List<WasiFunction> all(Abi abi) {
    return List.of(
        WasiFunction.deep("path_create_directory", "iii", PathFunctions::createDirectory),
        WasiFunction.ofFiles(
            "path_filestat_get", "iiiii", (context, m, a) -> statGet(context, m, a, abi)),
        WasiFunction.deep("path_filestat_set_times", "iiiilli", PathFunctions::statSetTimes),
        WasiFunction.deep("path_link", "iiiiiii", PathFunctions::link),
        WasiFunction.ofFiles("path_open", "iiiiillii", PathFunctions::open),
        WasiFunction.deep("path_readlink", "iiiiii", PathFunctions::readLink),
        WasiFunction.deep("path_remove_directory", "iii", PathFunctions::removeDirectory),
        WasiFunction.deep("path_rename", "iiiiii", PathFunctions::rename),
        WasiFunction.deep("path_symlink", "iiiii", PathFunctions::symbolicLink),
        WasiFunction.deep("path_unlink_file", "iii", PathFunctions::unlinkFile));
  }

  private static void open(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    OpenRequest request = OpenRequest.of(a[4], a[5], a[7]);
    memory.check(a[8], Integer.BYTES);
    PathWalk.Last last = request.createsOnly() ? PathWalk.Last.NO_FOLLOW : last(a[1]);
    DirectoryDescriptor base = context.descriptors().directory(a[0]);
    String path = path(context, memory, a[2], a[3]);
    context.beforeOpening(base, path);
    context.descriptors().requireRoom(request.openFiles());
    GivenFile given = context.given(base, path);
    if (given != null) {
      memory.writeInt(a[8], context.descriptors().add(Opening.given(given, request)));
      return;
    }
    try (Found found = context.walk().find(base.directory(), path, last)) {
      Descriptor opened = Opening.open(context, found, request);
      memory.writeInt(a[8], context.descriptors().add(opened));
    }
  }

  private static void createDirectory(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    try (Found found = find(context, memory, a[0], a[1], a[2], PathWalk.Last.ENTRY)) {
      found.requireMissing();
      Mount.beforeChanging(found.directory(), found.name());
      context.quota().take(DiskQuota.ENTRY);
      Staging.createDirectory(found.directory(), found.name());
    }
  }

  private static void statGet(WasiContext context, GuestMemory memory, long[] a, Abi abi)
      throws IOException, WasiError {
    memory.check(a[4], abi.fileStatSize());
    try (Found found = find(context, memory, a[0], a[2], a[3], last(a[1]))) {
      found.requireExisting();
      FileStat.of(found.attributes()).write(memory, a[4], abi);
    }
  }

  private static void statSetTimes(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    FileTimes times = FileTimes.of(a[4], a[5], a[6]);
    try (Found found = find(context, memory, a[0], a[2], a[3], last(a[1]))) {
      found.requireExisting();
      Directory directory = found.directory();
      Mount.beforeWriting(directory, found.name());
      BasicFileAttributes attributes = found.attributes();
      if (attributes.isOther()) {
        // Opening a pipe, as the JDK would, waits for its peer.
        throw Errno.PERM.error();
      }
      if (times.changeNothing()) {
        return;
      }
      if (found.isDirectoryItself()) {
        directory.view().setTimes(times.modified(), times.accessed(), null);
      } else if (attributes.isSymbolicLink()) {
        Staging.setTimesOfLink(
            directory, found.name(), attributes, times.modified(), times.accessed());
      } else {
        directory.view(found.name()).setTimes(times.modified(), times.accessed(), null);
      }
    }
  }

  private static void link(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    if ((a[1] & SYMLINK_FOLLOW) != 0) {
      throw Errno.INVAL.error();
    }
    try (Found from = find(context, memory, a[0], a[2], a[3], PathWalk.Last.ENTRY);
        Found to = find(context, memory, a[4], a[5], a[6], PathWalk.Last.ENTRY)) {
      from.requireExisting();
      to.requireMissing();
      requireNoSlash(to);
      // A second name in a directory that can be written would open a read-only file for writing.
      Mount.beforeWriting(from.directory(), from.name());
      Mount.beforeChanging(to.directory(), to.name());
      if (Mount.of(from.directory()) != Mount.of(to.directory())) {
        throw Errno.XDEV.error();
      }
      if (from.isDirectory() || from.attributes().isOther()) {
        throw Errno.PERM.error();
      }
      context.quota().take(DiskQuota.ENTRY);
      Staging.createHardLink(
          from.directory(), from.name(), from.attributes(), to.directory(), to.name());
    }
  }

  private static void readLink(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    memory.check(a[3], a[4]);
    memory.check(a[5], Integer.BYTES);
    try (Found found = find(context, memory, a[0], a[1], a[2], PathWalk.Last.ENTRY)) {
      found.requireExisting();
      if (!found.attributes().isSymbolicLink()) {
        throw Errno.INVAL.error();
      }
      byte[] target =
          Links.read(found.directory(), found.name(), found.attributes())
              .getBytes(StandardCharsets.UTF_8);
      int length = (int) Math.min(a[4], target.length);
      memory.write(a[3], target, 0, length);
      memory.writeInt(a[5], length);
    }
  }

  private static void removeDirectory(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    try (Found found = find(context, memory, a[0], a[1], a[2], PathWalk.Last.ENTRY)) {
      found.requireExisting();
      if (found.isDirectoryItself()) {
        throw Errno.INVAL.error();
      }
      if (!found.isDirectory()) {
        throw Errno.NOTDIR.error();
      }
      Mount.beforeChanging(found.directory(), found.name());
      found.directory().deleteDirectory(found.name());
    }
  }

  private static void unlinkFile(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    try (Found found = find(context, memory, a[0], a[1], a[2], PathWalk.Last.ENTRY)) {
      found.requireExisting();
      if (found.isDirectory()) {
        throw Errno.ISDIR.error();
      }
      Mount.beforeChanging(found.directory(), found.name());
      found.directory().deleteFile(found.name());
    }
  }

  private static void rename(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    try (Found from = find(context, memory, a[0], a[1], a[2], PathWalk.Last.ENTRY);
        Found to = find(context, memory, a[3], a[4], a[5], PathWalk.Last.ENTRY)) {
      from.requireExisting();
      if (from.isDirectoryItself() || to.isDirectoryItself()) {
        throw Errno.BUSY.error();
      }
      boolean moved = from.isDirectory();
      if (!moved && (to.endsWithSlash() || from.attributes().isOther())) {
        // A pipe that appears under a file's name could make another guest wait.
        throw to.endsWithSlash() ? Errno.NOTDIR.error() : Errno.PERM.error();
      }
      if (to.exists() && moved != to.isDirectory()) {
        throw moved ? Errno.NOTDIR.error() : Errno.ISDIR.error();
      }
      Mount.beforeChanging(from.directory(), from.name());
      Mount.beforeChanging(to.directory(), to.name());
      from.directory().move(from.name(), to.directory(), to.name());
    }
  }

  private static void symbolicLink(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    String target = path(context, memory, a[0], a[1]);
    if (target.isEmpty()) {
      throw Errno.NOENT.error();
    }
    if (target.charAt(0) == '/') {
      throw Errno.PERM.error();
    }
    try (Found found = find(context, memory, a[2], a[3], a[4], PathWalk.Last.ENTRY)) {
      found.requireMissing();
      requireNoSlash(found);
      Mount.beforeChanging(found.directory(), found.name());
      Path host = HostNames.toTarget(found.directory().hostPath(), target);
      context.quota().take(DiskQuota.ENTRY);
      Staging.createSymbolicLink(found.directory(), found.name(), host);
    }
  }

  /** What is no directory cannot be made under a name that says it is one. */
  private static void requireNoSlash(Found missing) throws WasiError {
    if (missing.endsWithSlash()) {
      throw Errno.NOENT.error();
    }
  }

  private static PathWalk.Last last(long lookupFlags) {
    return (lookupFlags & SYMLINK_FOLLOW) != 0 ? PathWalk.Last.FOLLOW : PathWalk.Last.NO_FOLLOW;
  }

  private static Found find(
      WasiContext context,
      GuestMemory memory,
      long descriptor,
      long pointer,
      long length,
      PathWalk.Last last)
      throws IOException, WasiError {
    DirectoryDescriptor base = context.descriptors().directory(descriptor);
    String path = path(context, memory, pointer, length);
    return context.walk().find(base.directory(), path, last);
  }

  private static String path(WasiContext context, GuestMemory memory, long pointer, long length)
      throws WasiError {
    memory.check(pointer, length);
    if (length > context.limits().pathBytes()) {
      throw Errno.NAMETOOLONG.error();
    }
    byte[] bytes = memory.read(pointer, (int) length);
    boolean ascii = true;
    for (byte b : bytes) {
      if (b == 0) {
        throw Errno.INVAL.error();
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Errno.ILSEQ.error();
    }
  }
}
