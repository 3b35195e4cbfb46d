// Does what it is told: first by its arguments, then, a line each, by its standard input. So a test
// says what is there before the program is frozen and what is done with it afterwards.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wasi/api.h>

static int out = 1;
static long counter;
static long long clock_seen;
static DIR *listed;
static char *grown;
static size_t grown_size;

static void say(const char *text) {
  write(out, text, strlen(text));
}

static void say_number(const char *name, long long number) {
  char line[100];
  snprintf(line, sizeof line, "%s %lld\n", name, number);
  say(line);
}

static void say_result(const char *name, long long result) {
  say_number(result < 0 ? "errno" : name, result < 0 ? errno : result);
}

static long long now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int flags_of(const char *mode) {
  switch (mode[0]) {
    case 'r': return O_RDONLY;
    case 'w': return O_RDWR | O_CREAT;
    default: return O_WRONLY | O_CREAT | O_APPEND;
  }
}

static void __attribute__((noinline)) list_more(int count) {
  for (int i = 0; i < count; i++) {
    struct dirent *entry = readdir(listed);
    say(entry ? entry->d_name : "end");
    say("\n");
  }
}

static void __attribute__((noinline)) trap(void) {
  __builtin_trap();
}

static void __attribute__((noinline)) execute(char *line) {
  char *command = strtok(line, " \n");
  char *first = strtok(NULL, " \n");
  char *second = strtok(NULL, " \n");
  if (!command) {
    return;
  }
  if (!strcmp(command, "count")) {
    say_number("count", ++counter);
  } else if (!strcmp(command, "say")) {
    say(first);
    say("\n");
  } else if (!strcmp(command, "open")) {
    say_result("fd", open(first, flags_of(second), 0600));
  } else if (!strcmp(command, "close")) {
    say_result("closed", close(atoi(first)));
  } else if (!strcmp(command, "read")) {
    char bytes[100];
    long length = read(atoi(first), bytes, atoi(second));
    if (length < 0) {
      say_result("", length);
    } else {
      write(out, bytes, length);
      say("\n");
    }
  } else if (!strcmp(command, "write")) {
    say_result("written", write(atoi(first), second, strlen(second)));
  } else if (!strcmp(command, "move")) {
    say_number("moved", __wasi_fd_renumber(atoi(first), atoi(second)));
  } else if (!strcmp(command, "stat")) {
    struct stat status;
    int result = stat(first, &status);
    say_result("size", result < 0 ? result : status.st_size);
  } else if (!strcmp(command, "unlink")) {
    say_result("unlinked", unlink(first));
  } else if (!strcmp(command, "list")) {
    if (first) {
      listed = opendir(first);
    }
    list_more(3);
  } else if (!strcmp(command, "clock")) {
    long long time = now(CLOCK_MONOTONIC);
    say(time >= clock_seen && (!clock_seen || time - clock_seen < 60000000000LL) ? "later\n" : "wrong\n");
    clock_seen = time;
  } else if (!strcmp(command, "wall")) {
    say_number("wall", now(CLOCK_REALTIME) / 1000000);
  } else if (!strcmp(command, "random")) {
    unsigned long long number;
    getentropy(&number, sizeof number);
    say_number("random", number >> 1);
  } else if (!strcmp(command, "grow")) {
    grown_size = atol(first);
    grown = malloc(grown_size);
    if (grown) {
      memset(grown, counter + 1, grown_size);
    }
    say_number("grown", grown != NULL);
  } else if (!strcmp(command, "sum")) {
    long sum = 0;
    for (size_t i = 0; i < grown_size; i++) {
      sum += grown[i];
    }
    say_number("sum", sum);
  } else if (!strcmp(command, "spoil")) {
    memset(grown, 0x55, grown_size);
    counter = 1000;
  } else if (!strcmp(command, "env")) {
    say(getenv(first) ? getenv(first) : "none");
    say("\n");
  } else if (!strcmp(command, "accept")) {
    out = accept(77, NULL, NULL);
    say_result("accepted", out);
  } else if (!strcmp(command, "receive")) {
    char bytes[100];
    long length = recv(out, bytes, sizeof bytes, 0);
    send(out, bytes, length, 0);
  } else if (!strcmp(command, "loop")) {
    for (volatile long i = 0;; i++) {
    }
  } else if (!strcmp(command, "trap")) {
    trap();
  } else if (!strcmp(command, "exit")) {
    exit(atoi(first));
  }
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    execute(argv[i]);
  }
  static char commands[1 << 16];
  size_t length = 0;
  long more;
  while ((more = read(0, commands + length, sizeof commands - 1 - length)) > 0) {
    length += more;
  }
  char *rest = commands;
  for (char *line; (line = strsep(&rest, "\n"));) {
    execute(line);
  }
  return 0;
}
