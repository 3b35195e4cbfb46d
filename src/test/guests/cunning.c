/*
 * A CGI program that attacks its host by odd numbers, odd names and directories in odd places, for
 * tests: does what its query string says. Writes a line for each try that succeeds, or that fails in
 * another way than it should, and at the end "done". Its directory, which it may write, is /: it has
 * what HostileTree makes. Some attacks have a second and a third directory.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

enum { STDIN, STDOUT, STDERR, ROOT, SECOND, THIRD };

static const __wasi_rights_t READ = __WASI_RIGHTS_FD_READ;
static const __wasi_rights_t BOTH = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE;

/* WASI's own calls, for what the header's functions would not pass on: lengths, and NULs in names. */
#define IMPORT(NAME, RESULT)                                                                      \
  __attribute__((import_module("wasi_snapshot_preview1"), import_name(NAME))) int32_t RESULT
IMPORT("path_open", raw_open)
(int32_t, int32_t, uint32_t, uint32_t, int32_t, int64_t, int64_t, int32_t, uint32_t);
IMPORT("path_create_directory", raw_mkdir)(int32_t, uint32_t, uint32_t);
IMPORT("path_filestat_get", raw_stat)(int32_t, int32_t, uint32_t, uint32_t, uint32_t);
IMPORT("path_symlink", raw_symlink)(uint32_t, uint32_t, int32_t, uint32_t, uint32_t);
IMPORT("poll_oneoff", raw_poll)(uint32_t, uint32_t, uint32_t, uint32_t);
IMPORT("fd_read", raw_read)(int32_t, uint32_t, uint32_t, uint32_t);
IMPORT("fd_write", raw_write)(int32_t, uint32_t, uint32_t, uint32_t);
IMPORT("args_get", raw_args)(uint32_t, uint32_t);
IMPORT("environ_get", raw_environ)(uint32_t, uint32_t);

static void succeeded(const char *what, int error) {
  if (error == 0) {
    printf("%s\n", what);
  }
}

static void expect(const char *what, int error, int expected) {
  if (error != expected) {
    printf("%s: %d, not %d\n", what, error, expected);
  }
}

static int open_at(int directory, const char *path, int flags, __wasi_rights_t rights,
                   __wasi_fd_t *fd) {
  return __wasi_path_open(directory, 1, path, flags, rights, rights, 0, fd);
}

static void try_to_read(const char *what, int directory, const char *path) {
  __wasi_fd_t fd;
  uint8_t text[17] = {0};
  __wasi_iovec_t in = {text, 16};
  __wasi_size_t count;
  if (open_at(directory, path, 0, READ, &fd) == 0) {
    __wasi_fd_read(fd, &in, 1, &count);
    printf("%s: %s\n", what, text);
    __wasi_fd_close(fd);
  }
}

/* Everything that would change the second directory, which is read-only; the third is private. */
static void read_only(void) {
  __wasi_fd_t fd;
  __wasi_size_t count;
  __wasi_ciovec_t out = {(const uint8_t *)"x", 1};
  const int times = __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM;
  succeeded("create", open_at(SECOND, "new", __WASI_OFLAGS_CREAT, BOTH, &fd));
  succeeded("create to read", open_at(SECOND, "new", __WASI_OFLAGS_CREAT, READ, &fd));
  succeeded("truncate", open_at(SECOND, "secret", __WASI_OFLAGS_TRUNC, READ, &fd));
  succeeded("write", open_at(SECOND, "secret", 0, BOTH, &fd));
  succeeded("append", __wasi_path_open(SECOND, 1, "secret", 0, BOTH, BOTH, __WASI_FDFLAGS_APPEND,
                                       &fd));
  succeeded("below", open_at(SECOND, "directory/inner/new", __WASI_OFLAGS_CREAT, BOTH, &fd));
  succeeded("mkdir", __wasi_path_create_directory(SECOND, "new"));
  succeeded("rmdir", __wasi_path_remove_directory(SECOND, "directory/inner"));
  succeeded("unlink", __wasi_path_unlink_file(SECOND, "secret"));
  succeeded("symlink", __wasi_path_symlink("secret", SECOND, "new"));
  succeeded("link", __wasi_path_link(SECOND, 0, "secret", SECOND, "new"));
  succeeded("rename", __wasi_path_rename(SECOND, "secret", SECOND, "new"));
  succeeded("times", __wasi_path_filestat_set_times(SECOND, 1, "secret", 1, 1, times));
  succeeded("times of it", __wasi_fd_filestat_set_times(SECOND, 1, 1, times));
  /* A second name where it may write; its own file where it may not. */
  for (int to = ROOT; to <= THIRD; to += THIRD - ROOT) {
    succeeded("link out", __wasi_path_link(SECOND, 0, "secret", to, "stolen"));
    succeeded("rename out", __wasi_path_rename(SECOND, "secret", to, "stolen"));
    succeeded("rename directory out", __wasi_path_rename(SECOND, "directory", to, "stolen"));
  }
  succeeded("link in", __wasi_path_link(ROOT, 0, "mine", SECOND, "new"));
  succeeded("rename in", __wasi_path_rename(ROOT, "mine", SECOND, "new"));
  succeeded("rename over", __wasi_path_rename(ROOT, "mine", SECOND, "secret"));
  /* An open file, by what needs no path. */
  if (open_at(SECOND, "secret", 0, READ, &fd) == 0) {
    succeeded("write", __wasi_fd_write(fd, &out, 1, &count));
    succeeded("pwrite", __wasi_fd_pwrite(fd, &out, 1, 0, &count));
    succeeded("size", __wasi_fd_filestat_set_size(fd, 0));
    succeeded("allocate", __wasi_fd_allocate(fd, 0, 1000));
    succeeded("times", __wasi_fd_filestat_set_times(fd, 1, 1, times));
    __wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_APPEND);
    succeeded("append", __wasi_fd_write(fd, &out, 1, &count));
  } else {
    printf("secret cannot be read\n");
  }
  /* Under the number of a directory that may be written. */
  expect("renumber", __wasi_fd_renumber(SECOND, ROOT), __WASI_ERRNO_SUCCESS);
  succeeded("create after it", open_at(ROOT, "new", __WASI_OFLAGS_CREAT, BOTH, &fd));
  succeeded("unlink after it", __wasi_path_unlink_file(ROOT, "secret"));
}

/* From one directory into the other, and out of both. */
static void between(void) {
  __wasi_fd_t fd;
  expect("link", __wasi_path_link(ROOT, 0, "mine", SECOND, "linked"), __WASI_ERRNO_XDEV);
  /* A link that was harmless where it was made is read where it is. */
  __wasi_path_create_directory(SECOND, "deep");
  __wasi_path_symlink("../..", SECOND, "deep/up");
  __wasi_path_rename(SECOND, "deep/up", ROOT, "up");
  try_to_read("through a moved link", ROOT, "up/outside/secret");
  __wasi_path_symlink("../outside/secret", SECOND, "there");
  __wasi_path_rename(SECOND, "there", ROOT, "there");
  try_to_read("a moved link", ROOT, "there");
  /* A directory that is open while it is moved from the one to the other. */
  __wasi_path_create_directory(ROOT, "moves");
  __wasi_path_create_directory(ROOT, "moves/below");
  expect("open", open_at(ROOT, "moves/below", __WASI_OFLAGS_DIRECTORY, READ, &fd), 0);
  __wasi_path_rename(ROOT, "moves", SECOND, "moves");
  try_to_read("up from a moved directory", fd, "../../../outside/secret");
  try_to_read("up from a moved directory", fd, "..");
  /* An ancestor that is moved up: two steps up from there were inside before. */
  __wasi_path_create_directory(ROOT, "p");
  __wasi_path_create_directory(ROOT, "p/q");
  __wasi_path_create_directory(ROOT, "p/q/r");
  expect("open", open_at(ROOT, "p/q", __WASI_OFLAGS_DIRECTORY, READ, &fd), 0);
  __wasi_path_rename(ROOT, "p/q/r", ROOT, "r");
  __wasi_path_rename(ROOT, "p/q", ROOT, "q");
  try_to_read("up from a moved ancestor", fd, "r/../../../outside/secret");
  try_to_read("up from a moved ancestor", fd, "../../outside/secret");
}

/* A link that leads outside has taken the place of the second directory before it is first used. */
static void replaced(void) {
  try_to_read("through the second", SECOND, "secret");
  __wasi_fd_t fd;
  succeeded("create", open_at(SECOND, "new", __WASI_OFLAGS_CREAT, BOTH, &fd));
  succeeded("mkdir", __wasi_path_create_directory(SECOND, "new"));
  succeeded("symlink", __wasi_path_symlink("secret", SECOND, "new"));
  succeeded("link", __wasi_path_link(SECOND, 0, "secret", SECOND, "new"));
  succeeded("open", open_at(SECOND, ".", __WASI_OFLAGS_DIRECTORY, READ, &fd));
}

/* The directory itself, by the names that it has. */
static void itself(void) {
  static const char *names[] = {".", "./", "", "d/..", "./.", "d/../", "..", "../root", "d/../.."};
  __wasi_fd_t fd;
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    succeeded("rmdir", __wasi_path_remove_directory(ROOT, names[i]));
    succeeded("unlink", __wasi_path_unlink_file(ROOT, names[i]));
    succeeded("rename", __wasi_path_rename(ROOT, names[i], ROOT, "d/itself"));
    succeeded("rename to", __wasi_path_rename(ROOT, "swapped", ROOT, names[i]));
    succeeded("link", __wasi_path_link(ROOT, 0, names[i], ROOT, "linked"));
    succeeded("mkdir", __wasi_path_create_directory(ROOT, names[i]));
    succeeded("symlink", __wasi_path_symlink("x", ROOT, names[i]));
    succeeded("create",
              open_at(ROOT, names[i], __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, BOTH, &fd));
  }
  succeeded("a directory into itself", __wasi_path_rename(ROOT, "d", ROOT, "d/d"));
}

/* Chains of links, long paths, bytes that no name has. */
static void names(void) {
  static char path[70000];
  char from[16] = "mine";
  char to[16];
  __wasi_fd_t fd;
  uint32_t at = (uint32_t)(uintptr_t)path;
  uint32_t result = (uint32_t)(uintptr_t)&fd;
  for (int i = 1; i <= 41; i++) {
    snprintf(to, sizeof to, "l%d", i);
    __wasi_path_symlink(from, ROOT, to);
    strcpy(from, to);
  }
  expect("40 links", open_at(ROOT, "l40", 0, READ, &fd), 0);
  expect("41 links", open_at(ROOT, "l41", 0, READ, &fd), __WASI_ERRNO_LOOP);
  __wasi_path_symlink("loop", ROOT, "loop");
  expect("a loop", open_at(ROOT, "loop", 0, READ, &fd), __WASI_ERRNO_LOOP);
  expect("a loop on the way", open_at(ROOT, "loop/x", 0, READ, &fd), __WASI_ERRNO_LOOP);
  /* Each link doubles: what would be 2^40 steps. */
  __wasi_path_symlink("d/..", ROOT, "t0");
  for (int i = 1; i <= 40; i++) {
    char target[16];
    snprintf(target, sizeof target, "t%d/t%d", i - 1, i - 1);
    snprintf(to, sizeof to, "t%d", i);
    __wasi_path_symlink(target, ROOT, to);
  }
  expect("links that double", open_at(ROOT, "t40/mine", 0, READ, &fd), __WASI_ERRNO_LOOP);
  memset(path, 'x', sizeof path);
  expect("a name of 256", raw_open(ROOT, 1, at, 256, 0, READ, READ, 0, result),
         __WASI_ERRNO_NAMETOOLONG);
  for (int i = 0; i + 1 < (int)sizeof path; i += 2) {
    memcpy(path + i, "./", 2);
  }
  expect("4096", raw_open(ROOT, 1, at, 4096, 0, READ, READ, 0, result), 0);
  expect("4097", raw_open(ROOT, 1, at, 4097, 0, READ, READ, 0, result),
         __WASI_ERRNO_NAMETOOLONG);
  expect("70,000", raw_open(ROOT, 1, at, sizeof path, 0, READ, READ, 0, result),
         __WASI_ERRNO_NAMETOOLONG);
  expect("the whole memory", raw_open(ROOT, 1, 0, 0xffffffff, 0, READ, READ, 0, result),
         __WASI_ERRNO_FAULT);
  expect("past the end", raw_open(ROOT, 1, 0xfffffff0, 0x20, 0, READ, READ, 0, result),
         __WASI_ERRNO_FAULT);
  memcpy(path, "mine\0/../../outside/secret", 26);
  expect("NUL", raw_open(ROOT, 1, at, 26, 0, READ, READ, 0, result), __WASI_ERRNO_INVAL);
  expect("NUL at the end", raw_open(ROOT, 1, at, 5, 0, READ, READ, 0, result),
         __WASI_ERRNO_INVAL);
  expect("NUL in a link", raw_symlink(at, 26, ROOT, at, 4), __WASI_ERRNO_INVAL);
  memcpy(path, "\xc0\xae\xc0\xae/outside/secret", 19);
  expect("overlong dots", raw_open(ROOT, 1, at, 19, 0, READ, READ, 0, result),
         __WASI_ERRNO_ILSEQ);
  memcpy(path, "\xed\xa0\x80", 3);
  expect("half a character", raw_mkdir(ROOT, at, 3), __WASI_ERRNO_ILSEQ);
  try_to_read("fullwidth dots", ROOT, "\xef\xbc\x8e\xef\xbc\x8e/outside/secret");
  try_to_read("fullwidth slash", ROOT, "..\xef\xbc\x8foutside\xef\xbc\x8fsecret");
  try_to_read("percent signs", ROOT, "%2e%2e/outside/secret");
  /* Deeper than handles last; the host must be able to go on. */
  int depth = 0;
  __wasi_fd_t here = ROOT;
  while (depth < 300 && __wasi_path_create_directory(here, "n") == 0 &&
         open_at(here, "n", __WASI_OFLAGS_DIRECTORY, READ, &fd) == 0) {
    if (here != ROOT) {
      __wasi_fd_close(here);
    }
    here = fd;
    depth++;
  }
  expect("300 directories deep", depth, 300);
  for (int i = 0; i < 300; i++) {
    memcpy(path + 2 * i, "n/", 2);
  }
  expect("at once", raw_open(ROOT, 1, at, 600, 0, READ, READ, 0, result),
         __WASI_ERRNO_NAMETOOLONG);
  for (int i = 0; i < 301; i++) {
    memcpy(path + 3 * i, "../", 3);
  }
  expect("up from there", raw_open(here, 1, at, 903, 0, READ, READ, 0, result),
         __WASI_ERRNO_PERM);
}

/* Numbers that are not what they should be. */
static void numbers(void) {
  __wasi_fd_t fd = 0;
  __wasi_size_t count;
  __wasi_filesize_t position;
  static uint8_t buffer[256];
  static const __wasi_fd_t far[] = {5, 1000, 0x7fffffff, 0x80000000, 0xffffffff};
  static const __wasi_dircookie_t cookies[] = {1000, 0x7fffffff, 0xffffffff, 1ULL << 62};
  for (int i = 0; i < 5; i++) {
    succeeded("renumber to", __wasi_fd_renumber(ROOT, far[i]));
    succeeded("renumber from", __wasi_fd_renumber(far[i], STDIN));
    succeeded("close", __wasi_fd_close(far[i]));
    succeeded("open at", open_at(far[i], "mine", 0, READ, &fd));
  }
  for (int i = 0; i < 4; i++) {
    int error = __wasi_fd_readdir(ROOT, buffer, sizeof buffer, cookies[i], &count);
    if (error == 0 && count > 0) {
      printf("entries after the last: %lu\n", count);
    }
  }
  succeeded("cookie", __wasi_fd_readdir(ROOT, buffer, sizeof buffer, 1ULL << 63, &count));
  succeeded("cookie", __wasi_fd_readdir(ROOT, buffer, sizeof buffer, UINT64_MAX, &count));
  succeeded("entries of a file", __wasi_fd_readdir(STDIN, buffer, sizeof buffer, 0, &count));
  expect("open", open_at(ROOT, "mine", 0, BOTH, &fd), 0);
  __wasi_ciovec_t out = {buffer, 16};
  __wasi_iovec_t in = {buffer, 16};
  const uint64_t most = INT64_MAX;
  succeeded("allocate", __wasi_fd_allocate(fd, most, 1));
  succeeded("allocate", __wasi_fd_allocate(fd, 1, most));
  succeeded("allocate", __wasi_fd_allocate(fd, most, most));
  succeeded("allocate", __wasi_fd_allocate(fd, UINT64_MAX, 2));
  succeeded("allocate", __wasi_fd_allocate(fd, 0, 0));
  succeeded("size", __wasi_fd_filestat_set_size(fd, UINT64_MAX));
  succeeded("size", __wasi_fd_filestat_set_size(fd, most));
  succeeded("pwrite", __wasi_fd_pwrite(fd, &out, 1, most, &count));
  succeeded("pwrite", __wasi_fd_pwrite(fd, &out, 1, most - 15, &count));
  succeeded("pwrite", __wasi_fd_pwrite(fd, &out, 1, UINT64_MAX, &count));
  succeeded("pread", __wasi_fd_pread(fd, &in, 1, UINT64_MAX, &count));
  succeeded("seek", __wasi_fd_seek(fd, INT64_MIN, __WASI_WHENCE_SET, &position));
  succeeded("seek", __wasi_fd_seek(fd, INT64_MIN, __WASI_WHENCE_END, &position));
  __wasi_fd_seek(fd, 10, __WASI_WHENCE_SET, &position);
  succeeded("seek", __wasi_fd_seek(fd, INT64_MAX, __WASI_WHENCE_CUR, &position));
  succeeded("whence", __wasi_fd_seek(fd, 0, 3, &position));
  succeeded("flags", __wasi_fd_fdstat_set_flags(fd, 0x8000));
  succeeded("open flags", __wasi_path_open(ROOT, 0, "mine", 0x8000, READ, READ, 0, &fd));
  /* Subscriptions and buffers by the billion, at the end of memory, and around it. */
  uint32_t end = __builtin_wasm_memory_size(0) << 16;
  uint32_t here = (uint32_t)(uintptr_t)buffer;
  static const uint32_t counts[] = {0, 0x80000000, 0xffffffff, 0x05555556, 0x08000001};
  for (int i = 0; i < 5; i++) {
    succeeded("poll", raw_poll(here, here, counts[i], here));
    if (i > 0) {
      succeeded("buffers", raw_write(STDERR, here, counts[i], here));
      succeeded("buffers", raw_read(STDIN, here, counts[i], here));
    }
  }
  succeeded("poll at the end", raw_poll(end - 47, here, 1, here));
  succeeded("poll at the end", raw_poll(here, end - 31, 1, here));
  succeeded("poll around", raw_poll(0xfffffff0, here, 1, here));
  succeeded("buffers at the end", raw_write(STDERR, end - 7, 1, here));
  succeeded("count at the end", raw_write(STDERR, here, 0, end - 3));
  succeeded("arguments at the end", raw_args(end - 3, here));
  succeeded("arguments at the end", raw_args(here, end));
  succeeded("environment at the end", raw_environ(here, end - 1));
  succeeded("environment around", raw_environ(0xfffffffc, 0xfffffffc));
  succeeded("stat at the end", raw_stat(ROOT, 0, here, 1, end - 63));
}

/* Buffers that overlap each other, their own list and the count: odd, and the guest's business. */
static void overlaps(void) {
  static union {
    __wasi_ciovec_t out[4];
    __wasi_iovec_t in[4];
    uint8_t bytes[32];
  } all;
  __wasi_fd_t fd;
  __wasi_size_t count = 0;
  expect("open", open_at(ROOT, "mine", 0, BOTH, &fd), 0);
  for (int i = 0; i < 4; i++) {
    all.in[i].buf = all.bytes;
    all.in[i].buf_len = sizeof all;
  }
  expect("read over the list", __wasi_fd_pread(fd, all.in, 4, 0, &count), 0);
  expect("as much as the file has", count, 4);
  for (int i = 0; i < 4; i++) {
    all.out[i].buf = all.bytes;
    all.out[i].buf_len = sizeof all;
  }
  expect("write the list", __wasi_fd_pwrite(fd, all.out, 4, 0, &count), 0);
  expect("four times", count, 4 * sizeof all);
  expect("count over the list",
         raw_write(STDERR, (uint32_t)(uintptr_t)all.bytes, 0, (uint32_t)(uintptr_t)all.bytes), 0);
  static uint8_t strings[8192];
  uint32_t at = (uint32_t)(uintptr_t)strings;
  raw_args(at, at);
  raw_environ(at, at);
}

/* Standard streams and given directories under each other's numbers. */
static void renumber(void) {
  __wasi_fd_t fd;
  uint8_t byte[1];
  __wasi_iovec_t in = {byte, 1};
  __wasi_ciovec_t out = {(const uint8_t *)"x", 1};
  __wasi_size_t count;
  __wasi_prestat_t prestat;
  expect("open", open_at(ROOT, "mine", 0, READ, &fd), 0);
  expect("a file as input", __wasi_fd_renumber(fd, STDIN), 0);
  expect("read", __wasi_fd_read(STDIN, &in, 1, &count), 0);
  expect("of the file", byte[0], 'm');
  succeeded("what was moved", __wasi_fd_read(fd, &in, 1, &count));
  expect("the directory as standard error", __wasi_fd_renumber(ROOT, STDERR), 0);
  succeeded("write to it", __wasi_fd_write(STDERR, &out, 1, &count));
  expect("is given", __wasi_fd_prestat_get(STDERR, &prestat), 0);
  succeeded("where it was", open_at(ROOT, "mine", 0, READ, &fd));
  try_to_read("from there", STDERR, "../outside/secret");
  expect("close", __wasi_fd_close(STDERR), 0);
  succeeded("closed", open_at(STDERR, "mine", 0, READ, &fd));
}

/* A socket and a pipe in the directory, under names of files. */
static void specials(void) {
  static const char *names[] = {"socket", "pipe"};
  __wasi_fd_t fd;
  for (int i = 0; i < 2; i++) {
    succeeded("read", open_at(ROOT, names[i], 0, READ, &fd));
    succeeded("write", open_at(ROOT, names[i], 0, BOTH, &fd));
    succeeded("create", open_at(ROOT, names[i], __WASI_OFLAGS_CREAT, BOTH, &fd));
    succeeded("truncate", open_at(ROOT, names[i], __WASI_OFLAGS_TRUNC, BOTH, &fd));
    succeeded("rename", __wasi_path_rename(ROOT, names[i], ROOT, "mine"));
    succeeded("link", __wasi_path_link(ROOT, 0, names[i], ROOT, "linked"));
    succeeded("times", __wasi_path_filestat_set_times(ROOT, 1, names[i], 1, 1,
                                                      __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
  }
}

/* Changes names at random, with others who do the same, and looks for what is outside. */
static uint32_t seed;

static uint32_t next_random(void) {
  seed = seed * 1664525 + 1013904223;
  return seed >> 8;
}

static void shuffle(long times) {
  static const char *names[] = {"s",     "s/s",   "s/t",        "t",      "t/s",
                                "t/t/s", "s/s/s", "s/../mine2", "s/out2", "mine2"};
  static const char *targets[] = {"../outside", "../../outside", "../../../outside", "s", "../t"};
  static const char *secrets[] = {"s/secret",          "t/secret",  "s/s/secret",
                                  "s/out2/secret",     "s/t/../../../outside/secret",
                                  "t/t/s/../../../../outside/secret"};
  __wasi_fd_t fd;
  const char *name;
  __wasi_random_get((uint8_t *)&seed, sizeof seed);
#define NEXT(ARRAY) ARRAY[next_random() % (sizeof ARRAY / sizeof *ARRAY)]
  for (long i = 0; i < times; i++) {
    switch (next_random() % 8) {
      case 0:
      case 1:
        __wasi_path_create_directory(ROOT, NEXT(names));
        break;
      case 2:
        name = NEXT(names);
        __wasi_path_symlink(NEXT(targets), ROOT, name);
        break;
      case 3:
        name = NEXT(names);
        __wasi_path_rename(ROOT, name, ROOT, NEXT(names));
        break;
      case 4:
        __wasi_path_remove_directory(ROOT, NEXT(names));
        break;
      case 5:
        __wasi_path_unlink_file(ROOT, NEXT(names));
        break;
      case 6:
        if (open_at(ROOT, NEXT(names), __WASI_OFLAGS_CREAT, BOTH, &fd) == 0) {
          __wasi_fd_close(fd);
        }
        break;
      default:
        try_to_read("escaped", ROOT, NEXT(secrets));
    }
  }
}

/* Fills a directory with files and directories until it may no more. */
static void fill(void) {
  char name[24];
  static uint8_t block[1 << 16];
  __wasi_ciovec_t out = {block, sizeof block};
  __wasi_size_t count;
  __wasi_fd_t fd;
  long written = 0;
  int error = open_at(ROOT, "file", __WASI_OFLAGS_CREAT, BOTH, &fd);
  while (error == 0 && written < 1 << 19) {
    error = __wasi_fd_write(fd, &out, 1, &count);
    written += error == 0 ? count : 0;
  }
  long entries = 0;
  while (error == 0) {
    snprintf(name, sizeof name, "%ld", entries);
    error = entries % 2 == 0 ? __wasi_path_create_directory(ROOT, name)
                             : __wasi_path_symlink("file", ROOT, name);
    entries += error == 0;
  }
  printf("%ld bytes, %ld entries, %d\n", written, entries, error);
}

int main(void) {
  char *attack = getenv("QUERY_STRING") ? getenv("QUERY_STRING") : "";
  char *argument = strchr(attack, '&');
  if (argument) {
    *argument++ = 0;
  }
  setvbuf(stdout, NULL, _IONBF, 0);
  printf("Content-Type: text/plain\n\n");
#define IS(name) (strcmp(attack, name) == 0)
  if (IS("read-only")) {
    read_only();
  } else if (IS("between")) {
    between();
  } else if (IS("replaced")) {
    replaced();
  } else if (IS("itself")) {
    itself();
  } else if (IS("names")) {
    names();
  } else if (IS("numbers")) {
    numbers();
  } else if (IS("overlaps")) {
    overlaps();
  } else if (IS("renumber")) {
    renumber();
  } else if (IS("specials")) {
    specials();
  } else if (IS("shuffle")) {
    shuffle(argument ? atol(argument) : 0);
  } else if (IS("fill")) {
    fill();
  } else {
    printf("no such attack\n");
  }
  printf("done\n");
  return 0;
}
