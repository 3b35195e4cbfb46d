package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.InvalidPathException;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.FileErrors;

/**
 * Tells what error number an exception stands for in a host call: that of {@link FileErrors},
 * unless it says that the thread was interrupted, which ends the guest.
 */
final class IoErrors {
  private IoErrors() {}

  /**
   * The error number of an exception.
   *
   * @throws GuestInterrupted if it says that the thread was interrupted
   */
  static Errno of(IOException e) {
    if (e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException) {
      throw GuestInterrupted.again();
    }
    return FileErrors.of(e);
  }

  /**
   * The error number of an unchecked exception of the JDK's file system.
   *
   * @throws GuestInterrupted if it says that the thread was interrupted
   */
  static Errno of(RuntimeException e) {
    if (e instanceof DirectoryIteratorException iterating) {
      return of(iterating.getCause());
    }
    if (e instanceof UncheckedIOException unchecked) {
      return of(unchecked.getCause());
    }
    if (e instanceof InvalidPathException) {
      return Errno.ILSEQ;
    }
    if (e instanceof UnsupportedOperationException) {
      return Errno.NOTSUP;
    }
    if (e instanceof SecurityException) {
      return Errno.ACCES;
    }
    if (e instanceof ClosedDirectoryStreamException
        || e instanceof NonReadableChannelException
        || e instanceof NonWritableChannelException) {
      return Errno.BADF;
    }
    return Errno.IO;
  }
}
