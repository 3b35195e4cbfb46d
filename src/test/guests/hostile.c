/*
 * A CGI program that attacks its host, for tests: does what its query string says. The query is an
 * attack and its arguments, separated by '&'. Writes a line for each try that succeeds, and at the
 * end "done". Its directory, which it may write, is /: it has what HostileTree makes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wasi/api.h>

enum { ROOT = 3 };

static const __wasi_rights_t READ = __WASI_RIGHTS_FD_READ;
static const __wasi_rights_t WRITE = __WASI_RIGHTS_FD_WRITE;

static void succeeded(const char *what, const char *path, __wasi_errno_t error) {
  if (error == __WASI_ERRNO_SUCCESS) {
    printf("%s %s\n", what, path);
  }
}

/* Tells the first bytes too, for a test to see whose they are. */
static void try_open(const char *what, const char *path, __wasi_lookupflags_t follow,
                     __wasi_oflags_t flags, __wasi_rights_t rights) {
  __wasi_fd_t fd;
  if (__wasi_path_open(ROOT, follow, path, flags, rights, rights, 0, &fd) == 0) {
    uint8_t text[17] = {0};
    __wasi_iovec_t in = {text, 16};
    __wasi_size_t count = 0;
    __wasi_errno_t error = __wasi_fd_read(fd, &in, 1, &count);
    printf("%s %s: %d %s\n", what, path, error, text);
    __wasi_fd_close(fd);
  }
}

/* F1, F2, F3, F5: everything that takes a path, by a path. */
static void every_operation(const char *path) {
  __wasi_filestat_t stat;
  for (__wasi_lookupflags_t follow = 0; follow < 2; follow++) {
    try_open("read", path, follow, 0, READ);
    try_open("write", path, follow, 0, WRITE);
    try_open("directory", path, follow, __WASI_OFLAGS_DIRECTORY, READ);
    try_open("truncate", path, follow, __WASI_OFLAGS_TRUNC, WRITE);
    try_open("create", path, follow, __WASI_OFLAGS_CREAT, WRITE);
    try_open("create-new", path, follow, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, WRITE);
  }
  succeeded("stat", path, __wasi_path_filestat_get(ROOT, 1, path, &stat));
  succeeded("times", path,
            __wasi_path_filestat_set_times(ROOT, 1, path, 1, 1,
                                           __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
  succeeded("mkdir", path, __wasi_path_create_directory(ROOT, path));
  succeeded("symlink", path, __wasi_path_symlink("x", ROOT, path));
  succeeded("link-to", path, __wasi_path_link(ROOT, 0, "mine", ROOT, path));
  succeeded("link-from", path, __wasi_path_link(ROOT, 1, path, ROOT, "stolen"));
  succeeded("rename-to", path, __wasi_path_rename(ROOT, "mine", ROOT, path));
  succeeded("rename-from", path, __wasi_path_rename(ROOT, path, ROOT, "stolen"));
  succeeded("unlink", path, __wasi_path_unlink_file(ROOT, path));
  succeeded("rmdir", path, __wasi_path_remove_directory(ROOT, path));
}

/* F4: links that the guest makes itself. F7: one that is linked to another depth. */
static void own_links(void) {
  __wasi_path_symlink("../outside", ROOT, "made");
  __wasi_path_symlink("/etc", ROOT, "made-absolute");
  __wasi_path_create_directory(ROOT, "deep");
  __wasi_path_symlink("../outside", ROOT, "deep/shallow");
  __wasi_path_link(ROOT, 0, "deep/shallow", ROOT, "moved");
  __wasi_path_rename(ROOT, "deep/shallow", ROOT, "renamed");
  every_operation("made/secret");
  every_operation("made-absolute/passwd");
  every_operation("moved/secret");
  every_operation("renamed/secret");
}

/* F8: rights that an open file does not have. */
static void missing_rights(const char *path) {
  __wasi_fd_t fd;
  uint8_t byte;
  __wasi_iovec_t in = {&byte, 1};
  __wasi_ciovec_t out = {(const uint8_t *)"x", 1};
  __wasi_size_t count;
  if (__wasi_path_open(ROOT, 0, path, 0, 0, 0, 0, &fd) == 0) {
    succeeded("read", path, __wasi_fd_read(fd, &in, 1, &count));
    succeeded("pread", path, __wasi_fd_pread(fd, &in, 1, 0, &count));
    succeeded("write", path, __wasi_fd_write(fd, &out, 1, &count));
    succeeded("pwrite", path, __wasi_fd_pwrite(fd, &out, 1, 0, &count));
    succeeded("truncate", path, __wasi_fd_filestat_set_size(fd, 0));
  }
}

/* The race: opens through a directory that the host swaps for a link meanwhile, so many times. */
static void race(long times) {
  long inside = 0;
  for (long i = 0; i < times; i++) {
    __wasi_fd_t fd;
    if (__wasi_path_open(ROOT, 1, "swapped/secret", 0, READ, READ, 0, &fd) != 0) {
      continue;
    }
    uint8_t text[17] = {0};
    __wasi_iovec_t in = {text, 16};
    __wasi_size_t count;
    __wasi_fd_read(fd, &in, 1, &count);
    if (strcmp((char *)text, "inside") == 0) {
      inside++;
    } else {
      printf("escaped: %s\n", text);
    }
    __wasi_fd_close(fd);
  }
  printf("inside %s\n", inside > 0 ? "yes" : "no");
}

/* H1 */
static void random_bytes(void) {
  uint8_t bytes[16];
  __wasi_random_get(bytes, sizeof bytes);
  for (unsigned i = 0; i < sizeof bytes; i++) {
    printf("%02x", bytes[i]);
  }
  printf("\n");
}

/*
 * H2: calls the host at every depth on the way to the end of the stack. Nothing is in linear memory,
 * where C's own stack would end before.
 */
static volatile uint32_t sum;
static __wasi_filestat_t stat_on_the_way;

__attribute__((noinline)) static void dive(uint32_t depth) {
  if (depth % 16 == 0) {
    sum += __wasi_path_filestat_get(ROOT, 1, "d/file", &stat_on_the_way);
  }
  dive(depth + 1);
  sum += depth;
}

/* H6: buffers that are larger than the memory, or whose end wraps around. */
static void large_buffers(void) {
  static const uint32_t sizes[] = {0x40000000, 0x7fffffff, 0x80000000, 0xffffffff};
  __wasi_fd_t fd;
  __wasi_size_t count;
  __wasi_path_open(ROOT, 0, "mine", 0, READ | WRITE, READ | WRITE, 0, &fd);
  for (int i = 0; i < 4; i++) {
    __wasi_iovec_t in = {(uint8_t *)64, sizes[i]};
    __wasi_ciovec_t out = {(const uint8_t *)64, sizes[i]};
    __wasi_filestat_t stat;
    succeeded("read", "buffer", __wasi_fd_read(fd, &in, 1, &count));
    succeeded("write", "buffer", __wasi_fd_write(fd, &out, 1, &count));
    succeeded("stdin", "buffer", __wasi_fd_read(0, &in, 1, &count));
    succeeded("stderr", "buffer", __wasi_fd_write(2, &out, 1, &count));
    succeeded("stat", "into nothing",
              __wasi_path_filestat_get(ROOT, 1, "d", (__wasi_filestat_t *)(uintptr_t)sizes[i]));
    succeeded("random", "buffer", __wasi_random_get((uint8_t *)64, sizes[i]));
    (void)stat;
  }
}

/* H7: a million buffers of a mebibyte, all the same. */
static void many_buffers(void) {
  const size_t million = 1 << 20;
  __wasi_ciovec_t *out = malloc(million * sizeof *out);
  uint8_t *buffer = malloc(million);
  __wasi_size_t count;
  for (size_t i = 0; i < million; i++) {
    out[i].buf = buffer;
    out[i].buf_len = million;
  }
  succeeded("write", "a million buffers", __wasi_fd_write(2, out, million, &count));
}

/* H8 */
static void descriptors(void) {
  __wasi_fd_t fd;
  __wasi_errno_t error;
  long opened = 0;
  while ((error = __wasi_path_open(ROOT, 0, "mine", 0, READ, READ, 0, &fd)) == 0) {
    opened++;
  }
  printf("%ld %d\n", opened, error);
}

/* H11, H12: sleeps for a day, again and again. */
static void sleep_for_ever(void) {
  struct timespec day = {86400, 0};
  for (;;) {
    nanosleep(&day, NULL);
  }
}

/* H13: lines for the log; holes in files; bytes on the disk. */
static void flood(void) {
  for (int i = 0; i < 100000; i++) {
    __wasi_size_t count;
    __wasi_ciovec_t line = {(const uint8_t *)"flood\n", 6};
    __wasi_fd_write(2, &line, 1, &count);
    __wasi_sock_shutdown(0, 0);
  }
}

static void disk(void) {
  static uint8_t block[1 << 16];
  __wasi_ciovec_t out = {block, sizeof block};
  __wasi_fd_t fd;
  __wasi_size_t count;
  __wasi_errno_t error;
  long written = 0;
  __wasi_path_open(ROOT, 0, "mine", 0, READ | WRITE, READ | WRITE, 0, &fd);
  succeeded("hole", "8 TiB", __wasi_fd_pwrite(fd, &out, 1, 8LL << 40, &count));
  succeeded("size", "8 TiB", __wasi_fd_filestat_set_size(fd, 8LL << 40));
  succeeded("allocate", "8 TiB", __wasi_fd_allocate(fd, 0, 8LL << 40));
  while ((error = __wasi_fd_pwrite(fd, &out, 1, 0, &count)) == 0) {
    written += count;
  }
  printf("%ld %d\n", written, error);
}

/* Not an attack: opens a file, waits for its client, and goes on with what it has open. */
static void hold(const char *path) {
  uint8_t text[17] = {0};
  __wasi_iovec_t in = {text, 16};
  __wasi_ciovec_t out = {(const uint8_t *)"x", 1};
  __wasi_size_t count;
  __wasi_fd_t fd;
  __wasi_filestat_t stat = {0};
  uint8_t entries[256];
  printf("open %d\n", __wasi_path_open(ROOT, 0, path, 0, READ | WRITE, READ | WRITE, 0, &fd));
  read(0, &entries, 1);
  printf("read %d %s\n", __wasi_fd_read(fd, &in, 1, &count), text);
  printf("write %d\n", __wasi_fd_write(fd, &out, 1, &count));
  printf("stat %d\n", __wasi_fd_filestat_get(fd, &stat));
  printf("list %d\n", __wasi_fd_readdir(ROOT, entries, sizeof entries, 0, &count));
  printf("open %d\n", __wasi_path_open(ROOT, 0, path, 0, READ, READ, 0, &fd));
}

/* Limits: memory, output. */
static void memory(void) {
  while (__builtin_wasm_memory_grow(0, 16) != (size_t)-1) {
  }
  printf("%lu pages\n", (unsigned long)__builtin_wasm_memory_size(0));
}

static void output(void) {
  static char block[1 << 16];
  for (;;) {
    write(1, block, sizeof block);
  }
}

/* What is not there: sockets, descriptors of others. */
static void sockets(void) {
  __wasi_fd_t fd;
  __wasi_size_t count;
  __wasi_roflags_t flags;
  uint8_t byte;
  __wasi_iovec_t in = {&byte, 1};
  __wasi_ciovec_t out = {(const uint8_t *)"x", 1};
  char name[16];
  for (__wasi_fd_t i = 0; i < 1000; i++) {
    snprintf(name, sizeof name, "%d", (int)i);
    succeeded("accept", name, __wasi_sock_accept(i, 0, &fd));
    succeeded("recv", name, __wasi_sock_recv(i, &in, 1, 0, &count, &flags));
    succeeded("send", name, __wasi_sock_send(i, &out, 1, 0, &count));
    if (i > ROOT) {
      __wasi_fdstat_t stat;
      succeeded("fdstat", name, __wasi_fd_fdstat_get(i, &stat));
    }
  }
}

/* The only character that paths have here and a query has not. */
static void decode_backslashes(char *text) {
  char *to = text;
  for (const char *from = text; *from; to++) {
    int backslash = strncmp(from, "%5C", 3) == 0;
    *to = backslash ? '\\' : *from;
    from += backslash ? 3 : 1;
  }
  *to = 0;
}

int main(void) {
  char *attack = getenv("QUERY_STRING") ? getenv("QUERY_STRING") : "";
  decode_backslashes(attack);
  char *argument = strchr(attack, '&');
  size_t length = argument ? (size_t)(argument++ - attack) : strlen(attack);
  setvbuf(stdout, NULL, _IONBF, 0);
  printf("Content-Type: text/plain\n\n");
#define IS(name) (length == sizeof name - 1 && memcmp(attack, name, length) == 0)
  if (IS("paths")) {
    char *path = strtok(argument, "&");
    for (; path; path = strtok(NULL, "&")) {
      every_operation(path);
    }
  } else if (IS("own-links")) {
    own_links();
  } else if (IS("rights")) {
    missing_rights(argument);
  } else if (IS("race")) {
    race(atol(argument));
  } else if (IS("random")) {
    random_bytes();
  } else if (IS("dive")) {
    dive(1);
  } else if (IS("large-buffers")) {
    large_buffers();
  } else if (IS("many-buffers")) {
    many_buffers();
  } else if (IS("descriptors")) {
    descriptors();
  } else if (IS("sleep")) {
    sleep_for_ever();
  } else if (IS("flood")) {
    flood();
  } else if (IS("disk")) {
    disk();
  } else if (IS("memory")) {
    memory();
  } else if (IS("output")) {
    output();
  } else if (IS("hold")) {
    hold(argument);
  } else if (IS("sockets")) {
    sockets();
  } else {
    printf("no such attack\n");
  }
  printf("done\n");
  return 0;
}
