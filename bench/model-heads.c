/*
 * The floor for an inventory of safetensors files: open each and read its header, the 8 bytes of its length and the JSON.
 * Usage: model-heads THREADS < list of paths, one a line
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 100000000 };

static char **paths;
static size_t count;
static size_t next_path;
static unsigned long long total;

static void *work(void *unused) {
    (void)unused;
    char *header = NULL;
    size_t room = 0;
    unsigned long long bytes = 0;
    for (;;) {
        size_t mine = __atomic_fetch_add(&next_path, 1, __ATOMIC_RELAXED);
        if (mine >= count) break;
        int file = open(paths[mine], O_RDONLY);
        if (file < 0) continue;
        uint64_t length = 0;
        if (read(file, &length, sizeof length) == sizeof length && length <= MOST) {
            if (length > room) {
                char *larger = realloc(header, length);
                if (larger == NULL) exit(1);
                header = larger;
                room = length;
            }
            ssize_t got = read(file, header, length);
            if (got > 0) bytes += (unsigned long long)got;
        }
        close(file);
    }
    free(header);
    __atomic_fetch_add(&total, bytes, __ATOMIC_RELAXED);
    return NULL;
}

int main(int argc, char **argv) {
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    if (threads < 1 || threads > 64) return 2;
    size_t room = 0;
    char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        if (count == room) {
            room = room ? 2 * room : 1024;
            paths = realloc(paths, room * sizeof *paths);
            if (paths == NULL) return 1;
        }
        paths[count] = strdup(line);
        if (paths[count++] == NULL) return 1;
    }
    pthread_t running[64];
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&running[i], NULL, work, NULL) != 0) return 1;
    }
    for (int i = 0; i < threads; i++) pthread_join(running[i], NULL);
    printf("%llu bytes of %zu headers\n", total, count);
    return 0;
}
