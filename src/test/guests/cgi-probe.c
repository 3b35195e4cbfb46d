/*
 * A CGI, SCGI and FastCGI program for tests: does what its query string says. The query is a command
 * and its arguments, separated by '&', percent-encoded. Output goes out unbuffered.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway.h"

extern char **environ;

static void put(const char *bytes, size_t length) { gateway_write(bytes, length); }

static void puts_out(const char *text) { put(text, strlen(text)); }

static void begin(void) { puts_out("Content-Type: text/plain\n\n"); }

static int hex(char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* Decodes in place; gives the length, since the result may contain NUL. */
static size_t decode(char *text) {
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
            *to++ = (char)(hex(from[1]) << 4 | hex(from[2]));
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = 0;
    return (size_t)(to - text);
}

static void fill(long count) {
    char block[4096];
    memset(block, 'x', sizeof block);
    for (; count > 0; count -= (long)sizeof block) {
        put(block, count < (long)sizeof block ? (size_t)count : sizeof block);
    }
}

static long copy_input(long limit) {
    char block[4096];
    long total = 0;
    while (total < limit) {
        long want = limit - total < (long)sizeof block ? limit - total : (long)sizeof block;
        ssize_t got = gateway_read(block, (size_t)want);
        if (got <= 0) {
            break;
        }
        put(block, (size_t)got);
        total += got;
    }
    return total;
}

static void print_environment(int argc, char **argv) {
    char line[64];
    begin();
    for (int i = 0; i < argc; i++) {
        snprintf(line, sizeof line, "argv[%d]=", i);
        puts_out(line);
        puts_out(argv[i]);
        puts_out("\n");
    }
    for (char **entry = environ; *entry; entry++) {
        puts_out(*entry);
        puts_out("\n");
    }
}

static void print_file(const char *path) {
    char block[4096];
    ssize_t got;
    int file = open(path, O_RDONLY);
    begin();
    if (file < 0) {
        puts_out("cannot open: ");
        puts_out(strerror(errno));
        return;
    }
    while ((got = read(file, block, sizeof block)) > 0) {
        put(block, (size_t)got);
    }
    close(file);
}

static volatile unsigned long sum;

/* Asks for the time once in a while only: between that, no host function is called. */
static void compute(long milliseconds) {
    struct timespec begun, now;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    do {
        for (unsigned long i = 0; i < 20000000; i++) {
            sum += i;
        }
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((now.tv_sec - begun.tv_sec) * 1000 + (now.tv_nsec - begun.tv_nsec) / 1000000 < milliseconds);
}

static void print_errors(long lines, const char *text, size_t length) {
    for (long i = 0; i < lines; i++) {
        gateway_log(text, length);
        gateway_log("\n", 1);
    }
}

int main(int argc, char **argv) {
    gateway_begin();
    char *query = strdup(getenv("QUERY_STRING") ? getenv("QUERY_STRING") : "");
    char *arguments[4] = {"", "", "", ""};
    size_t lengths[4] = {0};
    for (int i = 0; i < 4 && query; i++) {
        arguments[i] = strsep(&query, "&");
        lengths[i] = decode(arguments[i]);
    }
    const char *command = arguments[0];
    long number = atol(arguments[1]);

    if (!strcmp(command, "env")) {
        print_environment(argc, argv);
    } else if (!strcmp(command, "raw")) {
        put(arguments[1], lengths[1]);
    } else if (!strcmp(command, "records")) { /* what is to be records, filler, more of it */
        gateway_send(arguments[1], lengths[1]);
        fill(atol(arguments[2]));
        gateway_send(arguments[3], lengths[3]);
        _Exit(0);
    } else if (!strcmp(command, "echo")) {
        begin();
        copy_input(1L << 30);
    } else if (!strcmp(command, "swallow")) { /* nothing goes out before all is in */
        char block[4096];
        while (gateway_read(block, sizeof block) > 0) {
        }
        begin();
        puts_out("swallowed\n");
    } else if (!strcmp(command, "read")) {
        begin();
        copy_input(number);
    } else if (!strcmp(command, "bytes")) {
        begin();
        fill(number);
    } else if (!strcmp(command, "exit")) { /* code, raw output, filler */
        put(arguments[2], lengths[2]);
        fill(atol(arguments[3]));
        gateway_end((int)number);
    } else if (!strcmp(command, "trap")) { /* filler, raw output */
        put(arguments[2], lengths[2]);
        fill(number);
        __builtin_trap();
    } else if (!strcmp(command, "grow")) { /* filler: then it takes all memory that it gets */
        begin();
        fill(number);
        while (__builtin_wasm_memory_grow(0, 1) != (size_t)-1) {
        }
        _Exit(3);
    } else if (!strcmp(command, "forever")) {
        begin();
        for (;;) {
            fill(1 << 16);
        }
    } else if (!strcmp(command, "stream")) {
        char c;
        begin();
        puts_out("first\n");
        gateway_read(&c, 1);
        puts_out("second\n");
    } else if (!strcmp(command, "sleep")) { /* milliseconds */
        struct timespec time = {number / 1000, number % 1000 * 1000000};
        begin();
        puts_out("before\n");
        nanosleep(&time, NULL);
        puts_out("after\n");
    } else if (!strcmp(command, "compute")) { /* raw output, milliseconds: then it computes */
        put(arguments[1], lengths[1]);
        compute(atol(arguments[2]));
        puts_out("computed\n");
    } else if (!strcmp(command, "stderr")) { /* lines, text */
        print_errors(number, arguments[2], lengths[2]);
        begin();
        puts_out("done");
    } else if (!strcmp(command, "header")) { /* bytes of each value, fields */
        char name[32];
        puts_out("Content-Type: text/plain\n");
        for (long i = 0; i < atol(arguments[2]); i++) {
            snprintf(name, sizeof name, "X-Large-%ld: ", i);
            puts_out(name);
            fill(number);
            puts_out("\n");
        }
        puts_out("\nbody");
    } else if (!strcmp(command, "cat")) {
        print_file(arguments[1]);
    } else {
        begin();
        puts_out("unknown command");
    }
    gateway_end(0);
}
