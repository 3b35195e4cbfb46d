package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;

/**
 * Tells what error number an exception of the JDK stands for.
 *
 * <p>The JDK has exception types for a few causes and gives the others as the C library's message,
 * in the locale of the process. Whatever matters to a guest's logic is therefore found out by
 * looking before; a message in another language than English becomes EIO.
 */
public final class FileErrors {
  private static final Map<String, Errno> MESSAGES =
      Map.ofEntries(
          Map.entry("Permission denied", Errno.ACCES),
          Map.entry("Bad file descriptor", Errno.BADF),
          Map.entry("Device or resource busy", Errno.BUSY),
          Map.entry("Resource busy", Errno.BUSY),
          Map.entry("Disk quota exceeded", Errno.DQUOT),
          Map.entry("Disc quota exceeded", Errno.DQUOT),
          Map.entry("File exists", Errno.EXIST),
          Map.entry("File too large", Errno.FBIG),
          Map.entry("Illegal byte sequence", Errno.ILSEQ),
          Map.entry("Interrupted system call", Errno.INTR),
          Map.entry("Invalid argument", Errno.INVAL),
          Map.entry("Is a directory", Errno.ISDIR),
          Map.entry("Too many levels of symbolic links", Errno.LOOP),
          Map.entry("Too many open files", Errno.MFILE),
          Map.entry("Too many open files in system", Errno.NFILE),
          Map.entry("Too many links", Errno.MLINK),
          Map.entry("File name too long", Errno.NAMETOOLONG),
          Map.entry("No such file or directory", Errno.NOENT),
          Map.entry("Cannot allocate memory", Errno.NOMEM),
          Map.entry("No space left on device", Errno.NOSPC),
          Map.entry("Not a directory", Errno.NOTDIR),
          Map.entry("Directory not empty", Errno.NOTEMPTY),
          Map.entry("Operation not supported", Errno.NOTSUP),
          Map.entry("No such device or address", Errno.NXIO),
          Map.entry("Operation not permitted", Errno.PERM),
          Map.entry("Read-only file system", Errno.ROFS),
          Map.entry("Stale file handle", Errno.STALE),
          Map.entry("Text file busy", Errno.TXTBSY),
          Map.entry("Invalid cross-device link", Errno.XDEV),
          Map.entry("Cross-device link", Errno.XDEV));

  private FileErrors() {}

  /**
   * The error number of an exception.
   *
   * @param e of a call to the file system
   * @return EIO if it is none that is known
   */
  public static Errno of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Errno.NOENT;
    }
    if (e instanceof FileAlreadyExistsException) {
      return Errno.EXIST;
    }
    if (e instanceof AccessDeniedException) {
      return Errno.ACCES;
    }
    if (e instanceof NotDirectoryException) {
      return Errno.NOTDIR;
    }
    if (e instanceof DirectoryNotEmptyException) {
      return Errno.NOTEMPTY;
    }
    if (e instanceof AtomicMoveNotSupportedException) {
      return Errno.XDEV;
    }
    if (e instanceof FileSystemLoopException) {
      return Errno.LOOP;
    }
    if (e instanceof NotLinkException) {
      return Errno.INVAL;
    }
    if (e instanceof ClosedChannelException) {
      return Errno.BADF;
    }
    return ofMessage(e instanceof FileSystemException file ? file.getReason() : e.getMessage());
  }

  private static Errno ofMessage(String message) {
    if (message == null) {
      return Errno.IO;
    }
    // The JDK adds remarks of its own in parentheses.
    int remark = message.indexOf(" (");
    Errno errno = MESSAGES.get(remark < 0 ? message : message.substring(0, remark));
    if (errno == null && message.startsWith("Too many levels of symbolic links")) {
      return Errno.LOOP;
    }
    return errno == null ? Errno.IO : errno;
  }
}
