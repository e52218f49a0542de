/* SPDX-License-Identifier: MIT
 * test_unicode: repair against Python's, classes, folding, width, code pages. */
#include "test_text_help.h"

/* bytes.decode("utf-8", "replace").encode() in Python 3, and how many sequences were replaced. */
#define STR_CONST(literal) {"" literal, sizeof(literal) - 1}
static const struct {
    stance_str raw, repaired;
    size_t n;
} python[] = {
    {STR_CONST(""), STR_CONST(""), 0},
    {STR_CONST("\141\142\143"), STR_CONST("\141\142\143"), 0},
    {STR_CONST("\200"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\277\277"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\300\200"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\301\277"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\302"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\302\101"), STR_CONST("\357\277\275\101"), 1},
    {STR_CONST("\302\251"), STR_CONST("\302\251"), 0},
    {STR_CONST("\340\200\200"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\340\240"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\340\240\101"), STR_CONST("\357\277\275\101"), 1},
    {STR_CONST("\340\237\277"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\341\200\342\360\221\222\361\277\101"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\101"), 4},
    {STR_CONST("\355\240\200"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\355\237\277"), STR_CONST("\355\237\277"), 0},
    {STR_CONST("\355\277\277"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\357\277\275"), STR_CONST("\357\277\275"), 0},
    {STR_CONST("\357\273\277\170"), STR_CONST("\357\273\277\170"), 0},
    {STR_CONST("\360\200\200\200"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\360\217\277\277"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\360\220\200"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\360\220\200\101"), STR_CONST("\357\277\275\101"), 1},
    {STR_CONST("\360\237\230"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\360\237\230\200"), STR_CONST("\360\237\230\200"), 0},
    {STR_CONST("\364\217\277\277"), STR_CONST("\364\217\277\277"), 0},
    {STR_CONST("\364\220\200\200"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\365\200\200\200"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\370\210\200\200\200"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\376\377"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\377"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\141\200\142\303\143\342\202\144\360\237\230\145"), STR_CONST("\141\357\277\275\142\357\277\275\143\357\277\275\144\357\277\275\145"),
     4},
    {STR_CONST("\342\200\234\161\165\157\164\145\342\200"), STR_CONST("\342\200\234\161\165\157\164\145\357\277\275"), 1},
    {STR_CONST("\061\062\063\064\065\066\067\070\377\061\062\063\064\065\066\067\070"),
     STR_CONST("\061\062\063\064\065\066\067\070\357\277\275\061\062\063\064\065\066\067\070"), 1},
    {STR_CONST("\061\062\063\064\065\066\067\351"), STR_CONST("\061\062\063\064\065\066\067\357\277\275"), 1},
    {STR_CONST("\351\164\351"), STR_CONST("\357\277\275\164\357\277\275"), 2},
    {STR_CONST("\000\200\000"), STR_CONST("\000\357\277\275\000"), 1},
    {STR_CONST("\360\237\342\200\235"), STR_CONST("\357\277\275\342\200\235"), 1},
    {STR_CONST("\300\340\361\000\357\277\101\237\217\340\360"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\000\357\277\275\101\357\277\275\357\277\275\357\277\275\357\277\275"), 8},
    {STR_CONST("\341\364\217\365\277"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\240\355"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\237\341\237\200\220\377"), STR_CONST("\357\277\275\341\237\200\357\277\275\357\277\275"), 3},
    {STR_CONST("\357\220\220\000\000\240\240\237\237\302\337"),
     STR_CONST("\357\220\220\000\000\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\364\240\237\240\341"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\000\340\355\237\220\300"), STR_CONST("\000\357\277\275\355\237\220\357\277\275"), 2},
    {STR_CONST("\337\302\377"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\000\377\337\200\302\340\302\360\337\237\360"),
     STR_CONST("\000\357\277\275\337\200\357\277\275\357\277\275\357\277\275\357\277\275\337\237\357\277\275"), 6},
    {STR_CONST("\237\101\300\000\340\341\000\364\355"),
     STR_CONST("\357\277\275\101\357\277\275\000\357\277\275\357\277\275\000\357\277\275\357\277\275"), 6},
    {STR_CONST("\341\365\000\357\101\237\377"), STR_CONST("\357\277\275\357\277\275\000\357\277\275\101\357\277\275\357\277\275"), 5},
    {STR_CONST("\217\277\357\340\361"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\361\300\357\217\365\340\302"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\355\200"), STR_CONST("\357\277\275"), 1},
    {STR_CONST("\337\361\377\340\220"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\300\364\200\302\337\302\237"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\302\237"), 4},
    {STR_CONST("\220\302\360"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\101\200\377\364"), STR_CONST("\101\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\101\277\377\340\300\357\355\220"), STR_CONST("\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\101\360"), STR_CONST("\101\357\277\275"), 1},
    {STR_CONST("\240\220\365\220\355\217\237"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\355\217\237"), 4},
    {STR_CONST("\340\220\101\355\302\220\357\377"), STR_CONST("\357\277\275\357\277\275\101\357\277\275\302\220\357\277\275\357\277\275"), 5},
    {STR_CONST("\361\357\360\337"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\300\302\360\341\220\217\341\364\237"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\341\220\217\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\360\337\237\200\360\300\361\364\361\340\200\340"),
     STR_CONST("\357\277\275\337\237\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"),
     10},
    {STR_CONST("\101\302\340\364\300\360\300\302\337\237\365"),
     STR_CONST("\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\337\237\357\277\275"), 8},
    {STR_CONST("\360\364"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\337\300\357\302\361\340"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\300\340\355\340\237\357\340"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 7},
    {STR_CONST("\361\220\361\237\240\340\360"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\200\355\237\377\365\361"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\355\302\377\364\300\000\240\237\365\357\377\237"),
     STR_CONST(
         "\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\000\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"),
     11},
    {STR_CONST("\237\101\360\277\237"), STR_CONST("\357\277\275\101\357\277\275"), 2},
    {STR_CONST("\220\217"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\237\360\240\364\101\355\357"), STR_CONST("\357\277\275\357\277\275\357\277\275\101\357\277\275\357\277\275"), 5},
    {STR_CONST("\341\377\200\365\240\277\340"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 7},
    {STR_CONST("\340\341"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\355\217\364\340\101\364"), STR_CONST("\357\277\275\357\277\275\357\277\275\101\357\277\275"), 4},
    {STR_CONST("\302\217\302\364\361\337\365\302\340\220\355"),
     STR_CONST("\302\217\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 9},
    {STR_CONST("\365\364\340\357\220\237\377\341"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\220\237\357\277\275\357\277\275"), 5},
    {STR_CONST("\360\240\220\377\200\340\000\341\217\337\365"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\000\357\277\275\357\277\275\357\277\275"), 7},
    {STR_CONST("\364\220\337\365\341\355\355\277\360\302\360"),
     STR_CONST(
         "\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"),
     11},
    {STR_CONST("\341\237\377\377\300\302\360\300"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"),
     7},
    {STR_CONST("\000\337\302\360\302\220\360\000"), STR_CONST("\000\357\277\275\357\277\275\357\277\275\302\220\357\277\275\000"), 4},
    {STR_CONST("\377\357\277"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\101\220\341\000\360\364"), STR_CONST("\101\357\277\275\357\277\275\000\357\277\275\357\277\275"), 4},
    {STR_CONST("\300\277\360\101\277\360\300\220\302\302"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 9},
    {STR_CONST("\377\360\361\377\217\000\220\302\302"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\000\357\277\275\357\277\275\357\277\275"), 8},
    {STR_CONST("\337\377\302\361\000\357\340\340\365\220"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\000\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 9},
    {STR_CONST("\000\300"), STR_CONST("\000\357\277\275"), 1},
    {STR_CONST("\357\217\364\240\000\355\355\377\365\360"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\000\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 8},
    {STR_CONST("\360\341\240\302\357\200\302\000"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\000"), 5},
    {STR_CONST("\365\302\360\302\220\237\360\364"), STR_CONST("\357\277\275\357\277\275\357\277\275\302\220\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\337\364\220\355\365\364\101\200\277"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\101\357\277\275\357\277\275"), 8},
    {STR_CONST("\200\200\000\337\355\200"), STR_CONST("\357\277\275\357\277\275\000\357\277\275\357\277\275"), 4},
    {STR_CONST("\360\101\217\217\277\377\217\220"),
     STR_CONST("\357\277\275\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 7},
    {STR_CONST("\357\220\237\377\237\355"), STR_CONST("\357\220\237\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\200\377\240\101"), STR_CONST("\357\277\275\357\277\275\357\277\275\101"), 3},
    {STR_CONST("\217\341\200\300\101\365\365\217\341\377"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 8},
    {STR_CONST("\000\355\200\337"), STR_CONST("\000\357\277\275\357\277\275"), 2},
    {STR_CONST("\377\360\360\340\340\101\220\302\220\365\361\302"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\101\357\277\275\302\220\357\277\275\357\277\275\357\277\275"), 9},
    {STR_CONST("\364\377\277\300\200\364\277\300\302\361"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 10},
    {STR_CONST("\277\340\357\341"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275"), 4},
    {STR_CONST("\220\000\337\200"), STR_CONST("\357\277\275\000\337\200"), 1},
    {STR_CONST("\101\200\217\361\377\357\277\341\357\360\337"),
     STR_CONST("\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 9},
    {STR_CONST("\361\000\364"), STR_CONST("\357\277\275\000\357\277\275"), 2},
    {STR_CONST("\101\220\355\277\217\200\360\240"), STR_CONST("\101\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 6},
    {STR_CONST("\377\341\340\277"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\337\377\340\341\341\220"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\302\355\340\361\101\365\365"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\101\357\277\275\357\277\275"), 6},
    {STR_CONST("\237\341\200\217\101"), STR_CONST("\357\277\275\341\200\217\101"), 1},
    {STR_CONST("\237\240"), STR_CONST("\357\277\275\357\277\275"), 2},
    {STR_CONST("\101\360\360\340\000"), STR_CONST("\101\357\277\275\357\277\275\357\277\275\000"), 3},
    {STR_CONST("\360\302\377\355\337\357\357\217"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"),
     7},
    {STR_CONST("\220\237\200\340\341"), STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"), 5},
    {STR_CONST("\220\364\300\217\300\237\302\277\101"),
     STR_CONST("\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\302\277\101"), 6},
    {STR_CONST("\101\340\340\337\101\000\357\360\220"), STR_CONST("\101\357\277\275\357\277\275\357\277\275\101\000\357\277\275\357\277\275"), 5},
    {STR_CONST("\337\302\357"), STR_CONST("\357\277\275\357\277\275\357\277\275"), 3},
    {STR_CONST("\277\237\101\240\000\365\277\200\377\341\340\302"),
     STR_CONST("\357\277\275\357\277\275\101\357\277\275\000\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"),
     10},
    {STR_CONST("\357\340\302\200"), STR_CONST("\357\277\275\357\277\275\302\200"), 2},
};

static void repairs_as_python_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof python / sizeof *python; i++) {
        struct strbuf out = {0};
        size_t n = 0;
        unicode_repair(python[i].raw, &out, &n);
        if (!str_equal(strbuf_str(&out), python[i].repaired)) print_error("row %zu\n", i);
        assert_true(str_equal(strbuf_str(&out), python[i].repaired));
        assert_int_equal(n, python[i].n);
        assert_int_equal(unicode_valid(python[i].raw), python[i].n == 0);
        strbuf_free(&out);
    }
}

static void repaired_noise_is_valid_and_stays(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 2000; round++) {
        char raw[64];
        size_t len = help_below(&seed, sizeof raw), n = 0;
        for (size_t i = 0; i < len; i++) raw[i] = (char)(help_below(&seed, 3) ? help_random(&seed) & 0xFF : 'a');
        struct strbuf once = {0}, twice = {0};
        unicode_repair((stance_str){raw, len}, &once, &n);
        assert_true(unicode_valid(strbuf_str(&once)));
        assert_int_equal(unicode_valid((stance_str){raw, len}), n == 0);
        unicode_repair(strbuf_str(&once), &twice, NULL);
        assert_true(str_equal(strbuf_str(&once), strbuf_str(&twice)));
        strbuf_free(&once);
        strbuf_free(&twice);
    }
}

static void every_code_point_makes_the_round_trip(void **state)
{
    (void)state;
    struct strbuf all = {0};
    size_t n = 0, at = 0;
    for (uint32_t c = 0; c <= 0x10FFFF; c++)
        if (c < 0xD800 || c > 0xDFFF) unicode_put(&all, c), n++;
    stance_str s = strbuf_str(&all);
    assert_true(unicode_valid(s));
    assert_int_equal(unicode_count(s), n);
    for (uint32_t c = 0; c <= 0x10FFFF; c++)
        if (c < 0xD800 || c > 0xDFFF) {
            if (unicode_next(s, &at) != c) fail_msg("U+%04X", c);
            enum unicode_class class = unicode_classify(c);
            if (class > UNICODE_SYMBOL) fail_msg("U+%04X has class %d", c, (int)class);
        }
    assert_int_equal(at, s.len);
    strbuf_free(&all);
}

static void classes_of_the_characters_that_matter(void **state)
{
    (void)state;
    static const struct {
        uint32_t c;
        enum unicode_class class;
    } rows[] = {{'A', UNICODE_UPPER},       {'z', UNICODE_LOWER},        {0xC9, UNICODE_UPPER},         {0xDF, UNICODE_LOWER},        {0x4F60, UNICODE_LETTER},
                {0x301, UNICODE_MARK},      {'7', UNICODE_DIGIT},        {0x663, UNICODE_DIGIT},        {' ', UNICODE_BLANK},         {'\t', UNICODE_BLANK},
                {0xA0, UNICODE_BLANK},      {0x3000, UNICODE_BLANK},     {'\n', UNICODE_NEWLINE},       {'\r', UNICODE_NEWLINE},      {0x2028, UNICODE_NEWLINE},
                {0x85, UNICODE_NEWLINE},    {0x200B, UNICODE_FORMAT},    {0xFEFF, UNICODE_FORMAT},      {0xAD, UNICODE_FORMAT},       {0, UNICODE_FORMAT},
                {0x201C, UNICODE_OPEN_QUOTE}, {0x201D, UNICODE_CLOSE_QUOTE}, {0x2018, UNICODE_OPEN_SINGLE}, {0x2019, UNICODE_CLOSE_SINGLE}, {0xAB, UNICODE_OPEN_QUOTE},
                {'-', UNICODE_DASH},        {0x2014, UNICODE_DASH},      {'.', UNICODE_PUNCT},          {0x2026, UNICODE_PUNCT},      {'$', UNICODE_SYMBOL},
                {0x1F680, UNICODE_EMOJI},   {0x2615, UNICODE_EMOJI},     {0xFFFD, UNICODE_SYMBOL},      {0x20AC, UNICODE_SYMBOL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (unicode_classify(rows[i].c) != rows[i].class) fail_msg("U+%04X: class %d", rows[i].c, (int)unicode_classify(rows[i].c));
}

static void expect_fold(stance_str in, stance_str folded, stance_str plain)
{
    struct strbuf out = {0};
    unicode_fold(in, &out);
    assert_true(str_equal(strbuf_str(&out), folded));
    strbuf_clear(&out);
    unicode_fold_plain(in, &out);
    if (!str_equal(strbuf_str(&out), plain)) print_error("[%.*s]\n", (int)out.len, out.ptr ? out.ptr : "");
    assert_true(str_equal(strbuf_str(&out), plain));
    strbuf_free(&out);
}

static void folds_case_and_apostrophes(void **state)
{
    (void)state;
    expect_fold(STR(""), STR(""), STR(""));
    expect_fold(STR("OpenAI"), STR("openai"), STR("openai"));
    expect_fold(STR("Don\xE2\x80\x99T"), STR("don't"), STR("don't"));
    expect_fold(STR("\xC3\x89mile Zol\xC3\xA0"), STR("\xC3\xA9mile zol\xC3\xA0"), STR("emile zola"));
    expect_fold(STR("e\xCC\x81t\xC3\xA9"), STR("e\xCC\x81t\xC3\xA9"), STR("ete"));
    expect_fold(STR("Stra\xC3\x9F" "e"), STR("stra\xC3\x9F" "e"), STR("stra\xC3\x9F" "e"));
    expect_fold(STR("A\0B"), STR("a\0b"), STR("a\0b"));
    expect_fold(STR("\xD0\x9F\xD1\x83"), STR("\xD0\xBF\xD1\x83"), STR("\xD0\xBF\xD1\x83"));
}

static void width_on_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(unicode_width(STR("abc")), 3);
    assert_int_equal(unicode_width(STR("\xE4\xBD\xA0\xE5\xA5\xBD")), 4);
    assert_int_equal(unicode_width(STR("e\xCC\x81")), 1);
    assert_int_equal(unicode_width(STR("\xE2\x80\x8B")), 0);
    assert_int_equal(unicode_width(STR("")), 0);
}

static void converts_cp1252(void **state)
{
    (void)state;
    struct strbuf out = {0};
    unicode_from_cp1252(STR("\x93" "Fa\xE7" "ade\x94 \x80" "5 \x97 it\x92s\0."), &out);
    assert_text(strbuf_str(&out), "\xE2\x80\x9C" "Fa\xC3\xA7" "ade\xE2\x80\x9D \xE2\x82\xAC" "5 \xE2\x80\x94 it\xE2\x80\x99s\0.");
    strbuf_clear(&out);
    char all[256];
    for (int i = 0; i < 256; i++) all[i] = (char)i;
    unicode_from_cp1252((stance_str){all, 256}, &out);
    assert_true(unicode_valid(strbuf_str(&out)));
    assert_int_equal(unicode_count(strbuf_str(&out)), 256);
    strbuf_free(&out);
}

static void long_runs_fold_and_count(void **state)
{
    (void)state;
    for (size_t n = 0; n < 600; n += n < 40 ? 1 : 37) {
        struct strbuf text = {0}, out = {0};
        for (size_t i = 0; i < n; i++) strbuf_add(&text, i % 7 == 3 ? STR("\xC3\x89") : STR("Q"));
        assert_int_equal(unicode_count(strbuf_str(&text)), n);
        unicode_fold(strbuf_str(&text), &out);
        assert_int_equal(out.len, text.len);
        for (size_t i = 0; i < out.len; i++) assert_true(out.ptr[i] == 'q' || (unsigned char)out.ptr[i] == 0xC3 || (unsigned char)out.ptr[i] == 0xA9);
        strbuf_clear(&out);
        unicode_fold_plain(strbuf_str(&text), &out);
        for (size_t i = 0; i < n; i++) assert_int_equal(out.ptr[i], i % 7 == 3 ? 'e' : 'q');
        strbuf_free(&text);
        strbuf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_runs_fold_and_count),
        cmocka_unit_test(repairs_as_python_does),   cmocka_unit_test(repaired_noise_is_valid_and_stays),
        cmocka_unit_test(every_code_point_makes_the_round_trip),
        cmocka_unit_test(classes_of_the_characters_that_matter), cmocka_unit_test(folds_case_and_apostrophes), cmocka_unit_test(width_on_a_terminal),
        cmocka_unit_test(converts_cp1252),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
