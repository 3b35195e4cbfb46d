// Tries to reach, through every path that the arguments name, what is outside of its directory, and
// to change it: by every function that takes a path. Writes a line for each try that succeeds.
//
// The paths "out..." lead to the directory or file outside when they are followed as the host's
// kernel would follow them. With "ro" as the first argument the paths are inside, and only what
// changes something is tried.
#include <stdio.h>
#include <string.h>
#include <wasi/api.h>

static const __wasi_fd_t root = 3;
static int read_only;

static void report(const char *what, const char *path, __wasi_errno_t error) {
  if (error == __WASI_ERRNO_SUCCESS) {
    printf("%s %s\n", what, path);
  }
}

static void try_open(const char *what, const char *path, __wasi_oflags_t flags,
                     __wasi_rights_t rights) {
  for (__wasi_lookupflags_t follow = 0; follow < 2; follow++) {
    __wasi_fd_t fd;
    __wasi_errno_t error = __wasi_path_open(root, follow, path, flags, rights, rights, 0, &fd);
    report(what, path, error);
    if (error == __WASI_ERRNO_SUCCESS) {
      __wasi_fd_close(fd);
    }
  }
}

// A file that is opened without the right to read is not read.
static void try_without_rights(const char *path) {
  __wasi_fd_t fd;
  char byte;
  __wasi_iovec_t in = {(uint8_t *)&byte, 1};
  __wasi_ciovec_t out = {(const uint8_t *)"x", 1};
  __wasi_size_t count;
  if (__wasi_path_open(root, 0, path, 0, 0, 0, 0, &fd) != __WASI_ERRNO_SUCCESS) {
    return;
  }
  report("read-without-right", path, __wasi_fd_read(fd, &in, 1, &count));
  report("write-without-right", path, __wasi_fd_write(fd, &out, 1, &count));
  report("truncate-without-right", path, __wasi_fd_filestat_set_size(fd, 0));
  __wasi_fd_close(fd);
}

static void try_path(const char *path) {
  const __wasi_rights_t read = __WASI_RIGHTS_FD_READ;
  const __wasi_rights_t write = __WASI_RIGHTS_FD_WRITE;
  __wasi_filestat_t stat;
  __wasi_size_t used;
  uint8_t text[64];
  if (!read_only) {
    try_open("open", path, 0, read);
    try_open("open-directory", path, __WASI_OFLAGS_DIRECTORY, read);
    report("stat", path, __wasi_path_filestat_get(root, 1, path, &stat));
    report("readlink", path, __wasi_path_readlink(root, path, text, sizeof text, &used));
  }
  try_open("open-write", path, 0, write);
  try_open("truncate", path, __WASI_OFLAGS_TRUNC, read);
  try_open("create", path, __WASI_OFLAGS_CREAT, write);
  try_open("create-new", path, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, write);
  report("times", path,
         __wasi_path_filestat_set_times(root, 1, path, 1, 1,
                                        __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
  report("mkdir", path, __wasi_path_create_directory(root, path));
  report("symlink", path, __wasi_path_symlink("x", root, path));
  report("link-to", path, __wasi_path_link(root, 0, "mine", root, path));
  report("link-from", path, __wasi_path_link(root, 0, path, root, "stolen"));
  report("rename-to", path, __wasi_path_rename(root, "mine", root, path));
  report("rename-from", path, __wasi_path_rename(root, path, root, "stolen"));
  report("unlink", path, __wasi_path_unlink_file(root, path));
  report("rmdir", path, __wasi_path_remove_directory(root, path));
}

// Links that the guest makes itself lead it nowhere either, at whatever depth.
static void make_links(void) {
  __wasi_path_symlink("../outside", root, "made");
  __wasi_path_create_directory(root, "deep");
  __wasi_path_symlink("../outside", root, "deep/shallow");
  // Harmless where it is, and not where it is linked to.
  __wasi_path_link(root, 0, "deep/shallow", root, "moved");
  try_path("made/secret");
  try_path("moved/secret");
  __wasi_errno_t error = __wasi_path_symlink("/etc", root, "absolute");
  report("absolute-link", "absolute", error);
}

int main(int argc, char **argv) {
  int first = 1;
  if (argc > 1 && strcmp(argv[1], "ro") == 0) {
    read_only = 1;
    first = 2;
  } else {
    make_links();
  }
  for (int i = first; i < argc; i++) {
    try_path(argv[i]);
    if (read_only) {
      try_without_rights(argv[i]);
    }
  }
  return 0;
}
