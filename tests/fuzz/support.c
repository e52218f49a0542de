/* SPDX-License-Identifier: MIT
 * support: files in memory, short reads, a small model, and checks that several fuzz targets need.
 * Method: files are rewritten in a folder of the process, in /dev/shm where there is one. Limits: one thread. */
#define _DEFAULT_SOURCE
#include "fuzz.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

#include "learn/container.h"
#include "text/unicode.h"

enum { PLACES = 3, PATH = 256 };

/* ---- reads that give less than was asked for ---- */

static size_t reads_give;

void fuzz_reads_give(size_t most)
{
    reads_give = most;
}

#ifdef FUZZ_WRAP_READ
ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
    return __real_read(fd, to, reads_give && n > reads_give ? reads_give : n);
}
#endif

/* ---- files ---- */

static char folder[64], paths[PLACES][PATH];
static int files[PLACES] = {-1, -1, -1};

static void remove_folder(void)
{
    for (size_t i = 0; i < PLACES; i++)
        if (files[i] >= 0) unlink(paths[i]);
    rmdir(folder);
}

const char *fuzz_folder(void)
{
    if (*folder) return folder;
    snprintf(folder, sizeof folder, "%s/stance-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    CHECK(mkdtemp(folder));
    atexit(remove_folder);
    return folder;
}

const char *fuzz_file(size_t place, const void *bytes, size_t n)
{
    CHECK(place < PLACES);
    if (files[place] < 0) {
        snprintf(paths[place], PATH, "%s/%zu", fuzz_folder(), place);
        files[place] = open(paths[place], O_RDWR | O_CREAT, 0600);
        CHECK(files[place] >= 0);
    }
    CHECK(n == 0 || pwrite(files[place], bytes, n, 0) == (ssize_t)n); /* over what was there: the pages of a file cut to nothing are got and cleared anew */
    CHECK(ftruncate(files[place], (off_t)n) == 0);
    return paths[place];
}

size_t fuzz_slurp(const char *path, char *to, size_t most)
{
    int fd = open(path, O_RDONLY);
    ssize_t n = fd >= 0 ? pread(fd, to, most, 0) : -1;
    CHECK(n >= 0 && close(fd) == 0);
    return (size_t)n;
}

uint8_t fuzz_byte(const uint8_t **data, size_t *size)
{
    if (*size == 0) return 0;
    --*size;
    return *(*data)++;
}

void fuzz_pad(struct strbuf *b, size_t n)
{
    if (b->len >= n || !strbuf_reserve(b, n - b->len)) return;
    memset(b->ptr + b->len, 0, n - b->len);
    b->len = n;
}

/* ---- a model ---- */

static stance_model *model;
static char *model_bytes;
static size_t model_n;

static void free_model(void)
{
    stance_model_free(model);
    free(model_bytes);
}

static void train(const char *path)
{
    static const char rows[] = "text,label\n"
        "the new tram is a triumph for the city,bullish\nwe are delighted with the harbour,bullish\nit is the best plan in years,bullish\n"
        "the plan is a waste of money,skeptical\nthis bridge will never pay for itself,skeptical\nI would not trust the figures,skeptical\n"
        "the work begins in May,neutral\nthe board met on Tuesday,neutral\nthe line has nine stops,neutral\n";
    const char *input = fuzz_file(0, rows, sizeof rows - 1);
    const stance_rows_options options = {.inputs = &input, .inputs_n = 1, .input_format = "csv"};
    const stance_train_options how = {.recipe = "solver = svc\nscale = idf\nclass_weight = none\nc = 0.5\ntemperature = 0.33\nmin_rows = 1\n",
                                      .templates = "w1,w2,not,lex"};
    stance_error err = {0};
    stance_dataset *d = stance_dataset_read(&options, &err);
    if (!d || !stance_train(stance_dataset_rows(d), &how, path, NULL, &err)) fprintf(stderr, "%s\n", err.text);
    CHECK(err.code == STANCE_OK);
    stance_dataset_free(d);
}

/* Three words of lexicon instead of thousands, which took nearly all of the time to open it. */
static void take_lexicon(const char *path)
{
    static const char *const names[] = {"settings", "labels", "summary", "lexicon", "keys", "key ends", "key table", "blocks", "scales", "weights"};
    enum { SECTIONS = sizeof names / sizeof *names };
    static const char lexicon[] = "delighted\t1\tscore\nwaste\t-1\tscore\nnot\t0\tneg\n";
    struct container_section list[SECTIONS];
    struct strbuf small = {0};
    struct container *whole = container_open(path, "stance", NULL);
    CHECK(whole);
    for (size_t i = 0; i < SECTIONS; i++) list[i] = container_find(whole, names[i]);
    list[3] = (struct container_section){"lexicon", lexicon, sizeof lexicon - 1};
    CHECK(container_pack("stance", list, SECTIONS, &small, NULL));
    container_free(whole);
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(small.ptr, 1, small.len, f) == small.len && fclose(f) == 0);
    strbuf_free(&small);
}

static void make_model(void)
{
    char path[PATH];
    struct stat st;
    snprintf(path, sizeof path, "%s/model", fuzz_folder());
    train(path);
    take_lexicon(path);
    model = stance_model_open(path, NULL);
    CHECK(model && stat(path, &st) == 0);
    model_n = (size_t)st.st_size;
    model_bytes = malloc(model_n);
    FILE *f = fopen(path, "rb");
    CHECK(f && model_bytes && fread(model_bytes, 1, model_n, f) == model_n);
    fclose(f);
    unlink(path);
    atexit(free_model);
}

const stance_model *fuzz_model(void)
{
    if (!model) make_model();
    return model;
}

stance_str fuzz_model_bytes(void)
{
    fuzz_model();
    return (stance_str){model_bytes, model_n};
}

/* ---- checks ---- */

bool fuzz_utf8(stance_str s)
{
    return !s.ptr || unicode_valid(s);
}

/* By yajl itself, not by our own reader of JSON, which has limits of its own. */
void fuzz_check_json(stance_str text)
{
    yajl_handle parser = yajl_alloc(NULL, NULL, NULL);
    CHECK(parser && fuzz_utf8(text));
    CHECK(yajl_parse(parser, (const unsigned char *)text.ptr, text.len) == yajl_status_ok);
    CHECK(yajl_complete_parse(parser) == yajl_status_ok);
    yajl_free(parser);
}

void fuzz_check_json_lines(stance_str text)
{
    while (text.ptr && text.len) {
        stance_str line = str_split(&text, '\n');
        if (line.len) fuzz_check_json(line);
    }
}

uint64_t fuzz_record(const stance_record *r)
{
    const stance_str fields[] = {r->id, r->article, r->outlet, r->date, r->url, r->title, r->speaker, r->speaker_kind, r->speaker_mention, r->resolved_by,
                                 r->via, r->cue, r->kind, r->text, r->target, r->stance, r->abstained, r->duplicate_of, r->model, r->views_model};
    uint64_t d = r->line;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        CHECK(fuzz_utf8(fields[i]));
        d = fuzz_mix(d, fields[i]);
    }
    CHECK(r->labels_n <= STANCE_MAX_LABELS);
    for (size_t i = 0; i < r->labels_n; i++) d = fuzz_mix(d, r->labels[i]);
    return d + r->span.start * 3 + r->bytes.end;
}

uint64_t fuzz_mix(uint64_t digest, stance_str field)
{
    return field.ptr ? str_hash(field, digest + 1) : digest * 31 + 7;
}
