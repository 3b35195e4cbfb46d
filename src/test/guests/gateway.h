/*
 * What lies between a program and its server: CGI where the environment has the request, FastCGI
 * where a connection can be accepted, else SCGI. The request's variables become the environment's,
 * but for those that it has.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GATEWAY_END = 3, GATEWAY_PARAMS = 4, GATEWAY_STDIN = 5, GATEWAY_STDOUT = 6, GATEWAY_STDERR = 7 };

static int gateway_is_cgi;
static int gateway_connection = -1;
static size_t gateway_left; /* of the record that is being read, or of an SCGI body */
static unsigned char gateway_padding;

static void gateway_send(const void *bytes, size_t length) {
    const char *from = bytes;
    while (length > 0) {
        ssize_t sent = gateway_connection < 0 ? write(1, from, length) : send(gateway_connection, from, length, 0);
        if (sent < 0) {
            return;
        }
        from += sent;
        length -= (size_t)sent;
    }
}

/* Returns whether there was so much. */
static int gateway_receive(void *bytes, size_t length) {
    char *to = bytes;
    while (length > 0) {
        ssize_t got = gateway_connection < 0 ? read(0, to, length) : recv(gateway_connection, to, length, 0);
        if (got <= 0) {
            return 0;
        }
        to += got;
        length -= (size_t)got;
    }
    return 1;
}

static void gateway_record(int type, const void *bytes, size_t length) {
    do {
        size_t now = length < 0xffff ? length : 0xffff;
        unsigned char padding = (unsigned char)(-now & 7);
        unsigned char header[8] = {1, (unsigned char)type, 0, 1, (unsigned char)(now >> 8), (unsigned char)now, padding, 0};
        gateway_send(header, 8);
        gateway_send(bytes, now);
        gateway_send("\0\0\0\0\0\0\0", padding);
        bytes = (const char *)bytes + now;
        length -= now;
    } while (length > 0);
}

static void gateway_write(const void *bytes, size_t length) {
    if (gateway_connection < 0) {
        gateway_send(bytes, length);
    } else if (length > 0) {
        gateway_record(GATEWAY_STDOUT, bytes, length);
    }
}

static void gateway_log(const void *bytes, size_t length) {
    if (gateway_connection < 0) {
        write(2, bytes, length);
    } else if (length > 0) {
        gateway_record(GATEWAY_STDERR, bytes, length);
    }
}

/* The type of the next record, whose content is then left to read; 0 if there is none. */
static int gateway_next(void) {
    unsigned char header[8];
    if (!gateway_receive(header, gateway_padding) || !gateway_receive(header, 8)) {
        return 0;
    }
    gateway_left = (size_t)(header[4] << 8 | header[5]);
    gateway_padding = header[6];
    return header[1];
}

/* Bytes of the body: at least one until its end, then 0. */
static ssize_t gateway_read(void *bytes, size_t length) {
    static int ended;
    if (gateway_is_cgi) {
        return read(0, bytes, length);
    }
    if (gateway_left == 0 && gateway_connection >= 0 && !ended) {
        ended = gateway_next() != GATEWAY_STDIN || gateway_left == 0;
    }
    size_t want = length < gateway_left ? length : gateway_left;
    if (want == 0) {
        return 0;
    }
    ssize_t got = gateway_connection < 0 ? read(0, bytes, want) : recv(gateway_connection, bytes, want, 0);
    if (got > 0) {
        gateway_left -= (size_t)got;
    }
    return got;
}

static size_t gateway_length(const unsigned char **at) {
    const unsigned char *p = *at;
    if (p[0] < 128) {
        *at = p + 1;
        return p[0];
    }
    *at = p + 4;
    return (size_t)(p[0] & 127) << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

static void gateway_begin_fastcgi(void) {
    size_t size = 0;
    unsigned char *params = NULL;
    int type;
    while ((type = gateway_next()) != 0 && !(type == GATEWAY_PARAMS && gateway_left == 0)) {
        params = realloc(params, size + gateway_left);
        if (!gateway_receive(params + size, gateway_left)) {
            _Exit(100);
        }
        size += type == GATEWAY_PARAMS ? gateway_left : 0;
        gateway_left = 0;
    }
    for (const unsigned char *at = params; at < params + size;) {
        size_t name = gateway_length(&at);
        size_t value = gateway_length(&at);
        char *key = strndup((const char *)at, name);
        char *text = strndup((const char *)at + name, value);
        setenv(key, text, 0);
        at += name + value;
    }
}

static void gateway_begin_scgi(void) {
    size_t size = 0;
    char c;
    while (gateway_receive(&c, 1) && c != ':') {
        size = size * 10 + (size_t)(c - '0');
    }
    char *pairs = malloc(size + 1);
    /* The length comes first, and the netstring ends with a comma. */
    if (!gateway_receive(pairs, size + 1) || pairs[size] != ',' || strcmp(pairs, "CONTENT_LENGTH")) {
        _Exit(101);
    }
    gateway_left = (size_t)atol(pairs + 15);
    for (char *at = pairs; at < pairs + size;) {
        char *value = at + strlen(at) + 1;
        setenv(at, value, 0);
        at = value + strlen(value) + 1;
    }
}

static void gateway_begin(void) {
    if (getenv("GATEWAY_INTERFACE") || getenv("QUERY_STRING")) {
        gateway_is_cgi = 1;
        return;
    }
    gateway_connection = accept(0, NULL, NULL);
    if (gateway_connection >= 0) {
        gateway_begin_fastcgi();
    } else {
        gateway_begin_scgi();
    }
}

static void gateway_end(int code) {
    if (gateway_connection >= 0) {
        unsigned char body[8] = {(unsigned char)(code >> 24), (unsigned char)(code >> 16), (unsigned char)(code >> 8), (unsigned char)code, 0, 0, 0, 0};
        gateway_record(GATEWAY_STDOUT, "", 0);
        gateway_record(GATEWAY_END, body, 8);
        shutdown(gateway_connection, SHUT_WR);
        close(gateway_connection);
        accept(0, NULL, NULL);
    }
    _Exit(code);
}
