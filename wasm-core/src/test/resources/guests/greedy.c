// Asks the host for more than it should give; the argument says of what. Writes what it got.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

static const __wasi_fd_t root = 3;

static __wasi_fd_t open_file(void) {
  __wasi_fd_t fd = -1;
  const __wasi_rights_t both = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE;
  __wasi_path_open(root, 0, "file", __WASI_OFLAGS_CREAT, both, both, 0, &fd);
  return fd;
}

// Buffers that are larger than the memory, or end past it when the sum wraps around.
static void large_buffers(void) {
  __wasi_fd_t fd = open_file();
  __wasi_size_t count;
  static const uint32_t sizes[] = {0x40000000, 0x7fffffff, 0x80000000, 0xffffffff};
  for (int i = 0; i < 4; i++) {
    __wasi_iovec_t in = {(uint8_t *)64, sizes[i]};
    __wasi_ciovec_t out = {(const uint8_t *)64, sizes[i]};
    printf("%d ", __wasi_fd_read(fd, &in, 1, &count));
    printf("%d ", __wasi_fd_write(fd, &out, 1, &count));
    printf("%d ", __wasi_fd_read(0, &in, 1, &count));
    printf("%d\n", __wasi_fd_write(2, &out, 1, &count));
  }
}

// A million buffers of a mebibyte each, all the same.
static void many_buffers(void) {
  const size_t million = 1 << 20;
  __wasi_ciovec_t *out = malloc(million * sizeof *out);
  uint8_t *buffer = malloc(million);
  for (size_t i = 0; i < million; i++) {
    out[i].buf = buffer;
    out[i].buf_len = million;
  }
  __wasi_size_t count;
  printf("%d\n", __wasi_fd_write(open_file(), out, million, &count));
  printf("%d\n", __wasi_fd_write(2, out, million, &count));
}

static void descriptors(void) {
  int opened = 0;
  __wasi_fd_t fd;
  __wasi_errno_t error;
  while ((error = __wasi_path_open(root, 0, ".", 0, 0, 0, 0, &fd)) == 0) {
    opened++;
  }
  printf("%d %d\n", opened, error);
}

static void disk(void) {
  __wasi_fd_t fd = open_file();
  __wasi_size_t count;
  static uint8_t buffer[1 << 20];
  __wasi_ciovec_t out = {buffer, sizeof buffer};
  printf("%d ", __wasi_fd_pwrite(fd, &out, 1, 8LL << 40, &count));
  printf("%d ", __wasi_fd_filestat_set_size(fd, 8LL << 40));
  printf("%d\n", __wasi_fd_allocate(fd, 0, 8LL << 40));
  long written = 0;
  __wasi_errno_t error;
  // Over itself again and again: what counts is what is written.
  while ((error = __wasi_fd_pwrite(fd, &out, 1, 0, &count)) == 0) {
    written += count >> 10;
  }
  printf("%ldK %d\n", written, error);
}

// Writes on until the disk is full.
static void fill(void) {
  __wasi_fd_t fd = open_file();
  __wasi_size_t count;
  static uint8_t buffer[1 << 16];
  __wasi_ciovec_t out = {buffer, sizeof buffer};
  long written = 0;
  __wasi_errno_t error;
  while ((error = __wasi_fd_write(fd, &out, 1, &count)) == 0) {
    written += count;
  }
  printf("%ld %d\n", written, error);
  __wasi_path_create_directory(root, "more");
  __wasi_path_unlink_file(root, "file");
}

int main(int argc, char **argv) {
  if (argc < 2) {
    return 1;
  }
  if (strcmp(argv[1], "large-buffers") == 0) {
    large_buffers();
  } else if (strcmp(argv[1], "many-buffers") == 0) {
    many_buffers();
  } else if (strcmp(argv[1], "descriptors") == 0) {
    descriptors();
  } else if (strcmp(argv[1], "fill") == 0) {
    fill();
  } else if (strcmp(argv[1], "disk") == 0) {
    disk();
  } else {
    return 1;
  }
  return 0;
}
