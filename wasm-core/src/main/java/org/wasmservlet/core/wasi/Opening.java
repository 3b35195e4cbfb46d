package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.attribute.BasicFileAttributes;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.Found;
import org.wasmservlet.core.directory.OpenedFile;
import org.wasmservlet.core.directory.WasiError;

/** Opens what a walk has found. Nothing but regular files and directories is ever opened. */
final class Opening {
  private Opening() {}

  static Descriptor open(WasiContext context, Found found, OpenRequest request)
      throws IOException, WasiError {
    if (!found.exists()) {
      return create(context, found, request);
    }
    if (request.createsOnly()) {
      throw Errno.EXIST.error();
    }
    if (found.isDirectory()) {
      return openDirectory(context, found, request);
    }
    return openFile(context, found, request, found.attributes());
  }

  /** Opens what the run was given. */
  static Descriptor given(GivenFile file, OpenRequest request) throws WasiError {
    if (request.createsOnly()) {
      throw Errno.EXIST.error();
    }
    if (request.wantsDirectory()) {
      throw Errno.NOTDIR.error();
    }
    if (request.changes()) {
      throw Errno.ROFS.error();
    }
    return new GivenFileDescriptor(file);
  }

  /** Opens a directory that a frozen program had open. */
  static DirectoryDescriptor again(WasiContext context, FrozenPath path)
      throws IOException, WasiError {
    try (Found found = path.find(context)) {
      return openDirectory(context, found);
    }
  }

  /** Opens a regular file that a frozen program had open. */
  static FileDescriptor again(WasiContext context, FrozenPath path, OpenRequest request)
      throws IOException, WasiError {
    try (Found found = path.find(context)) {
      return openFile(context, found, request, found.attributes());
    }
  }

  private static Descriptor openDirectory(WasiContext context, Found found, OpenRequest request)
      throws IOException, WasiError {
    if (request.changes() || request.creates() && !request.wantsDirectory()) {
      throw Errno.ISDIR.error();
    }
    return openDirectory(context, found);
  }

  private static DirectoryDescriptor openDirectory(WasiContext context, Found found)
      throws IOException, WasiError {
    if (found.isDirectoryItself()) {
      return DirectoryDescriptor.opened(found.directory(), context.listings());
    }
    Directory directory =
        context.directories().open(found.directory(), found.name(), found.attributes());
    try {
      return DirectoryDescriptor.opened(directory, context.listings());
    } finally {
      directory.release();
    }
  }

  private static Descriptor create(WasiContext context, Found found, OpenRequest request)
      throws IOException, WasiError {
    if (!request.creates()) {
      throw Errno.NOENT.error();
    }
    if (found.endsWithSlash()) {
      throw Errno.ISDIR.error();
    }
    if (request.wantsDirectory()) {
      throw Errno.INVAL.error();
    }
    Directory directory = found.directory();
    Mount.beforeChanging(directory, found.name());
    context.quota().take(DiskQuota.ENTRY);
    FileChannel channel;
    try {
      channel = directory.openFile(found.name(), request.fresh());
    } catch (FileAlreadyExistsException e) {
      if (request.createsOnly()) {
        throw e;
      }
      // Someone else was quicker.
      BasicFileAttributes attributes = directory.attributes(found.name());
      return openFile(context, found, request, attributes);
    }
    return describe(context, found, request, channel, () -> directory.attributes(found.name()));
  }

  private static FileDescriptor openFile(
      WasiContext context, Found found, OpenRequest request, BasicFileAttributes seen)
      throws IOException, WasiError {
    OpenedFile opened =
        OpenedFile.open(
            found.directory(),
            found.name(),
            seen,
            request.existing(),
            attributes -> {
              requireRegularFile(attributes, found, request);
              if (request.changes()) {
                Mount.beforeWriting(found.directory(), found.name());
              }
            });
    return describe(context, found, request, opened.channel(), opened::attributes);
  }

  private static void requireRegularFile(
      BasicFileAttributes attributes, Found found, OpenRequest request) throws WasiError {
    if (attributes.isSymbolicLink()) {
      throw Errno.LOOP.error();
    }
    if (request.wantsDirectory() || found.endsWithSlash()) {
      throw Errno.NOTDIR.error();
    }
    if (!attributes.isRegularFile()) {
      // A pipe would make the thread wait, deaf to interrupts; a device is the host's.
      throw attributes.isDirectory() ? Errno.ISDIR.error() : Errno.ACCES.error();
    }
  }

  /** Looks at the file again. */
  private interface Attributes {
    BasicFileAttributes read() throws IOException;
  }

  /** Takes over a channel, which is closed if that fails. */
  private static FileDescriptor describe(
      WasiContext context,
      Found found,
      OpenRequest request,
      FileChannel channel,
      Attributes attributes)
      throws IOException {
    FileChannel appender = null;
    boolean made = false;
    try {
      BasicFileAttributes now = attributes.read();
      if (request.openFiles() > 1) {
        appender = found.directory().openFile(found.name(), request.appending());
        BasicFileAttributes again = found.directory().attributesIfThere(found.name());
        if (again == null || !again.fileKey().equals(now.fileKey())) {
          // The second channel may be another file's; appending works without it.
          appender.close();
          appender = null;
        }
      }
      FileDescriptor descriptor =
          new FileDescriptor(
              found.directory(), found.name(), now, channel, appender, context.quota(), request);
      made = true;
      return descriptor;
    } finally {
      if (!made) {
        channel.close();
        if (appender != null) {
          appender.close();
        }
      }
    }
  }
}
