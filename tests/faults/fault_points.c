// SPDX-License-Identifier: MIT
//
// The machine below a program, failing where it is told to. Preloaded (LD_PRELOAD), it counts every operation that
// changes a file whose path begins with FAULT_PATH: writes, syncs, truncations, removals, renames, links.
//
//     FAULT_REPORT=FILE      the number of operations is written there at the end
//     FAULT_AT=N             at operation N (the first is 1), FAULT_KIND happens:
//       kill                 the process is killed before the operation
//       torn                 the process is killed after half of the write
//       full                 no space left on the device, from then on
//       io                   one input/output error
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

static long done;

static int is_watched_path(char const* path) {
  char const* const prefix = getenv("FAULT_PATH");
  return prefix != NULL && strncmp(path, prefix, strlen(prefix)) == 0;
}

static int is_watched(int file) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t const size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return is_watched_path(path);
}

// What happens to the operation that is due: 0 nothing, else an errno, or -1 for half of it.
static int fault(int needs_space) {
  char const* const at = getenv("FAULT_AT");
  char const* const kind = getenv("FAULT_KIND");
  ++done;
  if (at == NULL || kind == NULL) return 0;
  long const point = atol(at);
  if (strcmp(kind, "full") == 0) return done >= point && needs_space ? ENOSPC : 0;
  if (done != point) return 0;
  if (strcmp(kind, "io") == 0) return EIO;
  if (strcmp(kind, "torn") == 0 && needs_space) return -1;
  raise(SIGKILL);
  return 0;
}

static ssize_t write_at(int file, void const* bytes, size_t size, off_t place, ssize_t (*next)(int, void const*, size_t, off_t)) {
  int const problem = is_watched(file) ? fault(1) : 0;
  if (problem == -1) {
    next(file, bytes, size / 2, place);
    raise(SIGKILL);
  }
  if (problem == 0) return next(file, bytes, size, place);
  errno = problem;
  return -1;
}

ssize_t pwrite(int file, void const* bytes, size_t size, off_t place) {
  return write_at(file, bytes, size, place, NEXT(pwrite));
}
ssize_t pwrite64(int file, void const* bytes, size_t size, off64_t place) {
  return write_at(file, bytes, size, place, NEXT(pwrite64));
}

#define FAILS(watched, needs_space)                           \
  do {                                                        \
    int const problem = (watched) ? fault(needs_space) : 0;   \
    if (problem > 0) {                                        \
      errno = problem;                                        \
      return -1;                                              \
    }                                                         \
    if (problem < 0) raise(SIGKILL);                          \
  } while (0)

ssize_t write(int file, void const* bytes, size_t size) {
  FAILS(is_watched(file), 1);
  return NEXT(write)(file, bytes, size);
}
int fsync(int file) {
  FAILS(is_watched(file), 0);
  return NEXT(fsync)(file);
}
int fdatasync(int file) {
  FAILS(is_watched(file), 0);
  return NEXT(fdatasync)(file);
}
int ftruncate(int file, off_t size) {
  FAILS(is_watched(file), 0);
  return NEXT(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
  FAILS(is_watched(file), 0);
  return NEXT(ftruncate64)(file, size);
}
int unlink(char const* path) {
  FAILS(is_watched_path(path), 0);
  return NEXT(unlink)(path);
}
int rename(char const* from, char const* to) {
  FAILS(is_watched_path(from), 0);
  return NEXT(rename)(from, to);
}
int link(char const* from, char const* to) {
  FAILS(is_watched_path(from), 0);
  return NEXT(link)(from, to);
}

__attribute__((destructor)) static void report(void) {
  char const* const path = getenv("FAULT_REPORT");
  FILE* const file = path == NULL ? NULL : fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%ld\n", done);
  fclose(file);
}
