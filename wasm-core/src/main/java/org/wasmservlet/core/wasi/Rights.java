package org.wasmservlet.core.wasi;

/**
 * The rights of descriptors (witx type {@code rights}). Those to read and write are kept; the
 * others are told, because C libraries ask for them, and have no effect. A read-only directory
 * tells that files in it can be written, so that opening one for writing fails with EROFS and not,
 * silently opened without that right, its first write with EBADF.
 */
final class Rights {
  static final long FD_READ = 1L << 1;
  static final long FD_SEEK = 1L << 2;
  static final long FD_WRITE = 1L << 6;
  static final long FD_ALLOCATE = 1L << 8;
  static final long FD_READDIR = 1L << 14;
  static final long FD_FILESTAT_GET = 1L << 21;
  static final long FD_FILESTAT_SET_SIZE = 1L << 22;
  static final long POLL_FD_READWRITE = 1L << 27;
  static final long SOCK_SHUTDOWN = 1L << 28;

  /** What can be done with regular files: of the first nine bits and those after the paths'. */
  static final long FILE = 0x1ffL | FD_FILESTAT_GET | 3L << 22 | POLL_FD_READWRITE;

  private static final long FD_DATASYNC = 1L;
  private static final long FD_FDSTAT_SET_FLAGS = 1L << 3;
  private static final long FD_SYNC = 1L << 4;
  private static final long FD_FILESTAT_SET_TIMES = 1L << 23;
  private static final long PATH_FILESTAT_SET_SIZE = 1L << 19;

  /** Bits 9 to 26 are those of paths and directories, but for the three of files among them. */
  private static final long PATHS =
      ((1L << 27) - (1L << 9)) & ~(FD_FILESTAT_SET_SIZE | PATH_FILESTAT_SET_SIZE);

  static final long DIRECTORY =
      PATHS
          | FD_DATASYNC
          | FD_SYNC
          | FD_FDSTAT_SET_FLAGS
          | FD_FILESTAT_GET
          | FD_FILESTAT_SET_TIMES
          | POLL_FD_READWRITE;

  static final long INHERITED = DIRECTORY | FILE;

  private Rights() {}
}
