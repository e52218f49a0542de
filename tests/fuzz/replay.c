/* SPDX-License-Identifier: MIT
 * replay: runs a fuzz target over files: seeds, and every input that once was a finding.
 * Method: files and folders from the command line, in order. Limits: folders are not walked deeper than one level. */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/str.h"

static size_t run_file(const char *path)
{
    struct strbuf bytes = {0};
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(2);
    }
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) strbuf_add(&bytes, (stance_str){chunk, n});
    fclose(f);
    fprintf(stderr, "%s\n", path); /* the last line before a finding names its input */
    uint8_t *exact = malloc(bytes.len ? bytes.len : 1); /* so that a byte too far is seen by the sanitizer */
    CHECK(exact && !bytes.failed);
    if (bytes.len) memcpy(exact, bytes.ptr, bytes.len);
    LLVMFuzzerTestOneInput(exact, bytes.len);
    free(exact);
    strbuf_free(&bytes);
    return 1;
}

static size_t run_folder(const char *path)
{
    struct dirent **entries = NULL;
    size_t done = 0;
    int n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char inner[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        struct stat st;
        if (entries[i]->d_name[0] != '.' && stat(inner, &st) == 0 && S_ISREG(st.st_mode)) done += run_file(inner);
        free(entries[i]);
    }
    free(entries);
    return done;
}

int main(int argc, char **argv)
{
    size_t done = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        struct stat st;
        if (stat(argv[i], &st) != 0) continue;
        done += S_ISDIR(st.st_mode) ? run_folder(argv[i]) : run_file(argv[i]);
    }
    printf("%zu inputs\n", done);
    return 0;
}
