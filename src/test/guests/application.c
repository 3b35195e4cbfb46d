/*
 * An application that has something to do before it asks for its request: it reads a file, lists a
 * directory, draws a number and fills some memory. Then it tells what it has, and what it is asked.
 * Variables of its environment make it do what an application should not.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "gateway.h"

enum { MEMORY = 1 << 20 };

static char version[100] = "none";
static unsigned long long born;
static int files;
static int requests;
static unsigned char *memory;

static void read_version(void) {
    FILE *file = fopen("/app/version", "r");
    if (file) {
        version[fread(version, 1, sizeof version - 1, file)] = 0;
        fclose(file);
    }
}

static void count_files(void) {
    DIR *directory = opendir("/app");
    while (directory && readdir(directory)) {
        files++;
    }
    if (directory) {
        closedir(directory);
    }
}

static void misbehave(void) {
    if (getenv("LEAVES_A_FILE")) {
        fclose(fopen("/tmp/left", "w"));
    }
    if (getenv("SAYS")) {
        write(1, getenv("SAYS"), strlen(getenv("SAYS")));
    }
    if (getenv("COMPLAINS")) {
        write(2, getenv("COMPLAINS"), strlen(getenv("COMPLAINS")));
    }
    if (getenv("EXITS")) {
        exit(atoi(getenv("EXITS")));
    }
    while (getenv("NEVER_ASKS")) {
    }
}

static void say(const char *text) { gateway_write(text, strlen(text)); }

static void answer(const char *query) {
    unsigned long sum = 0;
    for (int i = 0; i < MEMORY; i++) {
        sum += memory[i];
    }
    char line[300];
    char body[100];
    size_t length = 0;
    for (ssize_t more; (more = gateway_read(body + length, sizeof body - 1 - length)) > 0;) {
        length += (size_t)more;
    }
    body[length] = 0;
    requests++;
    if (!strncmp(query, "log", 3)) {
        gateway_log(query, strlen(query));
    }
    say("Content-Type: text/plain\n\n");
    snprintf(line, sizeof line, "version=%s\nborn=%llu\nfiles=%d\nrequests=%d\nsum=%lu\nquery=%.80s\nbody=%s\n", version, born,
             files, requests, sum, query, body);
    say(line);
    /* What the next one would see if it were the same. */
    memset(memory, 7, MEMORY);
    strcpy(version, "spoilt");
    born = 0;
    memset(malloc(3 * MEMORY), 9, 3 * MEMORY);
}

int main(void) {
    misbehave();
    read_version();
    count_files();
    getentropy(&born, sizeof born);
    memory = malloc(MEMORY);
    memset(memory, 1, MEMORY);
    gateway_begin();
    answer(getenv("QUERY_STRING"));
    gateway_end(0);
}
