/* SPDX-License-Identifier: MIT
 * walk: folders in depth, without recursion.
 * Method: a stack of sorted listings; folders sort as "name/", which is the order of the full paths. Limits: one listing per level in
 * memory; nesting to 256. */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

enum { MAX_DEPTH = 256 };

struct listing {
    char **names;      /* [n] sorted; folders end with '/' */
    size_t n, cap, next;
    size_t path_len;   /* of the folder's path with its '/' */
};

struct place {
    dev_t device;
    ino_t inode;
};

struct walk {
    struct strbuf path;
    size_t root;       /* length of the root with its '/' */
    struct listing levels[MAX_DEPTH];
    size_t depth;
    struct place *entered;
    size_t entered_n, entered_cap;
    bool begun;
};

bool walk_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

struct walk *walk_open(const char *folder, stance_error *err)
{
    struct walk *w = calloc(1, sizeof *w);
    if (w) {
        strbuf_add(&w->path, str_of(folder));
        if (w->path.len && w->path.ptr[w->path.len - 1] != '/') strbuf_char(&w->path, '/');
        w->root = w->path.len;
        if (!w->path.failed) return w;
    }
    walk_free(w);
    error_nomem(err, "walking a folder");
    return NULL;
}

static void drop_listing(struct listing *l)
{
    for (size_t i = 0; i < l->n; i++) free(l->names[i]);
    free(l->names);
    *l = (struct listing){0};
}

void walk_free(struct walk *w)
{
    if (!w) return;
    while (w->depth) drop_listing(&w->levels[--w->depth]);
    free(w->entered);
    strbuf_free(&w->path);
    free(w);
}

static bool known(const struct walk *w, const struct stat *st)
{
    for (size_t i = 0; i < w->entered_n; i++)
        if (w->entered[i].device == st->st_dev && w->entered[i].inode == st->st_ino) return true;
    return false;
}

static bool remember(struct walk *w, const struct stat *st)
{
    void *entered = w->entered;
    bool ok = array_reserve(&entered, &w->entered_cap, w->entered_n + 1, sizeof *w->entered);
    w->entered = entered;
    if (ok) w->entered[w->entered_n++] = (struct place){st->st_dev, st->st_ino};
    return ok;
}

static bool set_path(struct walk *w, size_t keep, const char *name)
{
    w->path.len = keep;
    strbuf_add(&w->path, str_of(name));
    return !w->path.failed;
}

/* What the name in the folder stands for: '/' a folder to enter, 'f' a file, 0 nothing for us, '!' memory is out. */
static char kind_of(struct walk *w, size_t folder, const char *name)
{
    struct stat st;
    if (name[0] == '.') return 0;
    if (!set_path(w, folder, name)) return '!';
    if (stat(w->path.ptr, &st) != 0) return 0;
    if (S_ISREG(st.st_mode)) return 'f';
    return S_ISDIR(st.st_mode) ? '/' : 0;
}

static bool add_name(struct listing *l, const char *name, bool folder)
{
    void *names = l->names;
    size_t n = strlen(name);
    bool ok = array_reserve(&names, &l->cap, l->n + 1, sizeof *l->names);
    l->names = names;
    char *copy = ok ? malloc(n + 2) : NULL;
    if (!copy) return false;
    memcpy(copy, name, n);
    memcpy(copy + n, folder ? "/" : "", folder ? 2 : 1);
    l->names[l->n++] = copy;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool read_listing(struct walk *w, DIR *dir, struct listing *l)
{
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        char kind = kind_of(w, l->path_len, entry->d_name);
        if (kind == '!' || (kind && !add_name(l, entry->d_name, kind == '/'))) return false;
    }
    if (l->n) qsort(l->names, l->n, sizeof *l->names, by_name);
    w->path.len = l->path_len;
    if (w->path.ptr) w->path.ptr[w->path.len] = '\0';
    return true;
}

/* Enters the folder that path names. 1, or -1 with err. */
static int enter(struct walk *w, stance_error *err)
{
    struct stat st;
    if (w->depth == MAX_DEPTH) {
        error_set(err, STANCE_INPUT, 0, "%s: folders are nested deeper than %d; name a folder further down", w->path.ptr, MAX_DEPTH);
        return -1;
    }
    DIR *dir = opendir(w->path.ptr);
    if (!dir || stat(w->path.ptr, &st) != 0) {
        int why = errno;
        if (dir) closedir(dir);
        if (why == EACCES) error_set(err, STANCE_INPUT, 0, "%s: no permission to read this folder; try chmod u+rx", w->path.ptr);
        else file_error(w->path.ptr, why, err);
        return -1;
    }
    struct listing *l = &w->levels[w->depth++];
    *l = (struct listing){.path_len = w->path.len};
    bool ok = remember(w, &st) && read_listing(w, dir, l);
    closedir(dir);
    if (!ok) error_nomem(err, "walking a folder");
    return ok ? 1 : -1;
}

/* True when path is a link to a folder that was entered already: a circle, or a second way to the same files. */
static bool entered_before(struct walk *w)
{
    struct stat st, link;
    w->path.ptr[w->path.len - 1] = '\0'; /* lstat("x/") would follow the link */
    bool linked = lstat(w->path.ptr, &link) == 0 && S_ISLNK(link.st_mode) && stat(w->path.ptr, &st) == 0;
    w->path.ptr[w->path.len - 1] = '/';
    return linked && known(w, &st);
}

int walk_next(struct walk *w, const char **path, size_t *inside, stance_error *err)
{
    int entered = w->begun ? 1 : enter(w, err);
    w->begun = true;
    while (entered > 0 && w->depth) {
        struct listing *l = &w->levels[w->depth - 1];
        if (l->next == l->n) {
            drop_listing(l);
            w->depth--;
            continue;
        }
        const char *name = l->names[l->next++];
        if (!set_path(w, l->path_len, name)) {
            error_nomem(err, "walking a folder");
            return -1;
        }
        *path = w->path.ptr;
        *inside = w->root;
        if (w->path.ptr[w->path.len - 1] != '/') return 1;
        if (!entered_before(w)) entered = enter(w, err);
    }
    *path = w->path.ptr;
    *inside = w->root;
    return entered > 0 ? 0 : -1;
}
