/* Makes one system call that changes files fail, or kills the program before or after it.
 *
 * Loaded with LD_PRELOAD. `torture_arm` says which of the calls below one folder, counted from 1, and how.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHORT_WRITE = -1, KILL_BEFORE = -2, KILL_AFTER = -3 };
enum { MOST_FILES = 4096, MOST_INTERRUPTS = 3 };

static char folder[PATH_MAX];
static int fault_at, fault_kind, is_sticky, calls, interrupts;
static char is_ours[MOST_FILES];

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

void torture_arm(const char *below, int at, int kind, int sticky) {
    snprintf(folder, sizeof folder, "%s", below);
    fault_at = at, fault_kind = kind, is_sticky = sticky, calls = interrupts = 0;
}

int torture_calls(void) { return calls; }

static int concerns_us(const char *path) { return folder[0] && path && strncmp(path, folder, strlen(folder)) == 0; }

static int file_is_ours(int fd) { return fd >= 0 && fd < MOST_FILES && is_ours[fd]; }

/* Counts a call; returns whether it is to fail, with errno set, and dies here if that is what is to happen. */
static int fails(void) {
    calls++;
    if (calls != fault_at && !(is_sticky && fault_at && calls > fault_at)) return 0;
    if (fault_kind == KILL_BEFORE) raise(SIGKILL);
    if (fault_kind <= 0) return 0;
    /* Python tries an interrupted call again for ever. */
    if (fault_kind == EINTR && ++interrupts > MOST_INTERRUPTS) return 0;
    errno = fault_kind;
    return 1;
}

static void after(void) {
    if (calls == fault_at && fault_kind == KILL_AFTER) {
        raise(SIGKILL);
    }
}

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < MOST_FILES) is_ours[fd] = concerns_us(path);
    return fd;
}

static int changes_files(int flags) { return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT); }

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        int counts = concerns_us(path) && changes_files(flags); \
        if (counts && fails()) return -1; \
        int fd = real(path, flags, mode); \
        if (counts) after(); \
        return counts || (flags & O_DIRECTORY) ? opened(fd, path) : fd; \
    }

OPEN(open)
OPEN(open64)

#define OPEN_AT(name) \
    int name(int at, const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        int counts = concerns_us(path) && changes_files(flags); \
        if (counts && fails()) return -1; \
        int fd = real(at, path, flags, mode); \
        if (counts) after(); \
        return counts || (flags & O_DIRECTORY) ? opened(fd, path) : fd; \
    }

OPEN_AT(openat)
OPEN_AT(openat64)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (!file_is_ours(fd)) return real(fd, data, size);
    int was_short = calls + 1 == fault_at && fault_kind == SHORT_WRITE;
    if (calls == fault_at && fault_kind == SHORT_WRITE && fault_at) {
        /* The disk is full where the short write ended. */
        calls++;
        errno = ENOSPC;
        return -1;
    }
    if (fails()) return -1;
    if (fault_kind == KILL_AFTER && calls == fault_at) size = size > 1 ? size / 2 : size;
    ssize_t written = real(fd, data, was_short && size > 1 ? size / 2 : size);
    after();
    return written;
}

#define ON_FILE(name) \
    int name(int fd) { \
        REAL(name); \
        if (!file_is_ours(fd)) return real(fd); \
        if (fails()) return -1; \
        int result = real(fd); \
        after(); \
        return result; \
    }

ON_FILE(fsync)
ON_FILE(fdatasync)

int close(int fd) {
    REAL(close);
    if (!file_is_ours(fd)) return real(fd);
    is_ours[fd] = 0;
    int failed = fails(), number = errno;
    /* A close that fails has closed the file all the same. */
    int result = real(fd);
    if (failed) {
        errno = number;
        return -1;
    }
    after();
    return result;
}

#define ON_PATH(name, parameters, arguments, path) \
    int name parameters { \
        REAL(name); \
        if (!concerns_us(path)) return real arguments; \
        if (fails()) return -1; \
        int result = real arguments; \
        int number = errno; \
        after(); \
        errno = number; \
        return result; \
    }

ON_PATH(rename, (const char *from, const char *to), (from, to), to)
ON_PATH(renameat2, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags), to)
ON_PATH(link, (const char *from, const char *to), (from, to), to)
ON_PATH(unlink, (const char *path), (path), path)
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode), path)
ON_PATH(chmod, (const char *path, mode_t mode), (path, mode), path)
