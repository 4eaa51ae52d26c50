/*
 * The floor for a triage: what it costs to open each file and read its first 64 KiB, on N threads.
 * Usage: floor THREADS < list of paths, one a line
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 65536 };

static char **paths;
static size_t count;
static size_t next_path;
static unsigned long long total;

static void *work(void *unused) {
    (void)unused;
    char *head = malloc(HEAD);
    unsigned long long bytes = 0;
    for (;;) {
        size_t mine = __atomic_fetch_add(&next_path, 1, __ATOMIC_RELAXED);
        if (mine >= count) break;
        int file = open(paths[mine], O_RDONLY);
        if (file < 0) continue;
        ssize_t got = read(file, head, HEAD);
        if (got > 0) bytes += (unsigned long long)got;
        close(file);
    }
    free(head);
    __atomic_fetch_add(&total, bytes, __ATOMIC_RELAXED);
    return NULL;
}

int main(int argc, char **argv) {
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    if (threads < 1 || threads > 64) return 2;
    size_t room = 0;
    char *line = NULL;
    size_t length = 0;
    ssize_t got;
    while ((got = getline(&line, &length, stdin)) > 0) {
        if (line[got - 1] == '\n') line[got - 1] = 0;
        if (count == room) {
            room = room ? room * 2 : 1024;
            paths = realloc(paths, room * sizeof *paths);
            if (!paths) return 1;
        }
        paths[count++] = strdup(line);
    }
    pthread_t ids[64];
    for (int i = 0; i < threads; i++) pthread_create(&ids[i], NULL, work, NULL);
    for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
    printf("%zu files, %llu bytes\n", count, total);
    return 0;
}
