package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Functions of open descriptors, but for those that move bytes. */
final class DescriptorFunctions {
  private static final int MAX_ADVICE = 5;

  private DescriptorFunctions() {}

  static List<WasiFunction> all(Abi abi) {
    return List.of(
        WasiFunction.shallow("fd_advise", "illi", DescriptorFunctions::advise),
        WasiFunction.ofFiles(
            "fd_allocate", "ill", (context, m, a) -> get(context, a).allocate(a[1], a[2])),
        WasiFunction.ofFiles("fd_close", "i", (context, m, a) -> context.descriptors().close(a[0])),
        WasiFunction.ofFiles("fd_datasync", "i", (context, m, a) -> get(context, a).sync(false)),
        WasiFunction.ofFiles("fd_sync", "i", (context, m, a) -> get(context, a).sync(true)),
        WasiFunction.shallow("fd_fdstat_get", "ii", DescriptorFunctions::fdStatGet),
        WasiFunction.shallow("fd_fdstat_set_flags", "ii", DescriptorFunctions::fdStatSetFlags),
        WasiFunction.shallow("fd_fdstat_set_rights", "ill", DescriptorFunctions::fdStatSetRights),
        WasiFunction.ofFiles(
            "fd_filestat_get",
            "ii",
            (context, m, a) -> {
              m.check(a[1], abi.fileStatSize());
              get(context, a).stat().write(m, a[1], abi);
            }),
        WasiFunction.ofFiles(
            "fd_filestat_set_size", "il", (context, m, a) -> get(context, a).setSize(a[1])),
        WasiFunction.ofFiles(
            "fd_filestat_set_times",
            "illi",
            (context, m, a) -> get(context, a).setTimes(FileTimes.of(a[1], a[2], a[3]))),
        WasiFunction.shallow("fd_prestat_get", "ii", DescriptorFunctions::prestatGet),
        WasiFunction.shallow("fd_prestat_dir_name", "iii", DescriptorFunctions::prestatDirName),
        WasiFunction.ofFiles(
            "fd_renumber", "ii", (context, m, a) -> context.descriptors().renumber(a[0], a[1])),
        WasiFunction.shallow(
            "fd_seek",
            "ilii",
            (context, m, a) -> {
              m.check(a[3], Long.BYTES);
              m.writeLong(a[3], get(context, a).seek(a[1], abi.whence((int) a[2])));
            }),
        WasiFunction.shallow(
            "fd_tell",
            "ii",
            (context, m, a) -> {
              m.check(a[1], Long.BYTES);
              m.writeLong(a[1], get(context, a).seek(0, Whence.CURRENT));
            }));
  }

  private static Descriptor get(WasiContext context, long[] a) throws WasiError {
    return context.descriptors().get(a[0]);
  }

  private static void advise(WasiContext context, GuestMemory memory, long[] a) throws WasiError {
    Descriptor descriptor = get(context, a);
    if (a[1] < 0 || a[2] < 0 || a[3] > MAX_ADVICE) {
      throw Errno.INVAL.error();
    }
    descriptor.advise();
  }

  private static void fdStatGet(WasiContext context, GuestMemory memory, long[] a)
      throws WasiError {
    Descriptor descriptor = get(context, a);
    memory.zero(a[1], 24);
    memory.writeByte(a[1], descriptor.type());
    memory.writeShort(a[1] + 2, descriptor.flags());
    memory.writeLong(a[1] + 8, descriptor.rights());
    memory.writeLong(a[1] + 16, descriptor.inheritedRights());
  }

  private static void fdStatSetFlags(WasiContext context, GuestMemory memory, long[] a)
      throws WasiError {
    Descriptor descriptor = get(context, a);
    if ((a[1] & ~FdFlags.ALL) != 0) {
      throw Errno.INVAL.error();
    }
    descriptor.setFlags((int) a[1]);
  }

  /** Rights are on their way out of the interface, and no program was seen that gives one up. */
  private static void fdStatSetRights(WasiContext context, GuestMemory memory, long[] a)
      throws WasiError {
    get(context, a);
    throw Errno.NOTSUP.error();
  }

  private static byte[] preopenName(WasiContext context, long[] a) throws WasiError {
    if (get(context, a) instanceof DirectoryDescriptor directory && directory.preopen() != null) {
      return directory.preopen().guestPath().getBytes(StandardCharsets.UTF_8);
    }
    throw Errno.BADF.error();
  }

  private static void prestatGet(WasiContext context, GuestMemory memory, long[] a)
      throws WasiError {
    byte[] name = preopenName(context, a);
    // The only kind there is, a directory, is number 0.
    memory.zero(a[1], 8);
    memory.writeInt(a[1] + 4, name.length);
  }

  private static void prestatDirName(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    byte[] name = preopenName(context, a);
    if (a[2] < name.length) {
      throw Errno.NAMETOOLONG.error();
    }
    memory.write(a[1], name, 0, name.length);
  }
}
