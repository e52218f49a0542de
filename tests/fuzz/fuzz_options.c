/* SPDX-License-Identifier: MIT
 * fuzz_options: a command line of any words; and the small languages that options hold: recipes, templates, report keys, dates, numbers.
 * First byte: the command; words end with a NUL. Holds: a refusal is USAGE with its sentence; what a recipe says is the same after writing and reading. */
#include "fuzz.h"

#include "cli/options.h"
#include "io/date.h"
#include "learn/recipe.h"

enum { WORDS = 32 };

/* What options.c asks of main.c. */
const struct command commands[] = {{"extract", NULL, FOR_EXTRACT, "", "", ""}, {"classify", NULL, FOR_CLASSIFY, "", "", ""},
                                   {"predict", NULL, FOR_PREDICT, "", "", ""}, {"train", NULL, FOR_TRAIN, "", "", ""},
                                   {"eval", NULL, FOR_EVAL, "", "", ""},       {"explain", NULL, FOR_EXPLAIN, "", "", ""},
                                   {"model", NULL, FOR_MODEL, "", "", ""},     {"vectors", NULL, FOR_VECTORS, "", "", ""},
                                   {"report", NULL, FOR_REPORT, "", "", ""},   {"compare", NULL, FOR_COMPARE, "", "", ""},
                                   {"summary", NULL, FOR_SUMMARY, "", "", ""}};
const size_t commands_n = sizeof commands / sizeof *commands;

static void check_recipe(const char *text)
{
    struct recipe r = recipe_default(), back = recipe_default();
    struct strbuf first = {0}, second = {0};
    stance_error err = {0};
    bool ok = recipe_read(&r, str_of(text), &err);
    CHECK(ok || (err.code == STANCE_USAGE && err.text[0]));
    if (ok) {
        recipe_write(&r, &first);
        CHECK(recipe_read(&back, strbuf_str(&first), NULL));
        recipe_write(&back, &second);
        CHECK(str_equal(strbuf_str(&first), strbuf_str(&second)));
    }
    strbuf_free(&first);
    strbuf_free(&second);
}

static void check_report(const struct options *o)
{
    stance_error err = {0};
    const stance_report_options options = {.by = o->by, .since = o->since, .until = o->until, .sort = o->sort, .dedup = o->dedup, .kind = o->kind};
    stance_report *r = stance_report_new(&options, &err);
    CHECK(r || (err.code != STANCE_OK && err.text[0]));
    stance_report_free(r);
}

static void check_words(int argc, char **argv, const struct command *command)
{
    struct options o = {0};
    stance_error err = {0};
    char iso[11];
    bool ok = options_parse(&o, command, argc, argv, &err);
    CHECK(ok || (err.code == STANCE_USAGE && err.text[0]));
    if (ok && o.recipe) check_recipe(o.recipe);
    if (ok && (o.by || o.since)) check_report(&o);
    if (ok) options_format(&o, "table");
    for (size_t i = 0; ok && i < o.inputs.n; i++) {
        if (date_normalise(str_of(o.inputs.items[i]), iso)) CHECK(strlen(iso) <= 10);
    }
    options_free(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *argv[WORDS + 2] = {0}, name[] = "stance";
    const struct command *command = &commands[fuzz_byte(&data, &size) % commands_n];
    char *words = malloc(size + 1);
    int argc = 1;
    CHECK(words);
    if (size) memcpy(words, data, size);
    words[size] = '\0';
    argv[0] = name;
    for (size_t at = 0; at < size && argc <= WORDS; at += strlen(words + at) + 1) argv[argc++] = words + at;
    check_words(argc, argv, command);
    free(words);
    return 0;
}
