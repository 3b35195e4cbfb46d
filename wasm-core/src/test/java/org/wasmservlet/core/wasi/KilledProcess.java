package org.wasmservlet.core.wasi;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program of its own: a run with a private directory, that lasts until the process is killed. */
final class KilledProcess {
  private KilledProcess() {}

  public static void main(String[] arguments) throws Exception {
    TestGuest guest = TestGuest.in(Path.of(arguments[0]), MountPoint.Kind.PRIVATE, Limits.DEFAULT);
    guest.path("path_create_directory", "d");
    guest.write(guest.open("d/f", TestGuest.CREATE, TestGuest.WRITE), "mine");
    guest.symlink("../kept", "link");
    System.out.println("running");
    new CountDownLatch(1).await();
  }
}
