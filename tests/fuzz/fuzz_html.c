/* SPDX-License-Identifier: MIT
 * fuzz_html: a page of any bytes to readable text. First byte: encoding told or not.
 * Holds: text and what the meta tags give are UTF-8; a page refused has its sentence; twice the same. */
#include "fuzz.h"

#include "text/html.h"
#include "text/unicode.h"

static uint64_t digest(const struct html_page *p)
{
    const stance_str fields[] = {p->text, p->title, p->date, p->author, p->url, p->site};
    uint64_t d = p->repaired;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        CHECK(fuzz_utf8(fields[i]));
        d = fuzz_mix(d, fields[i]);
    }
    return d;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL, "utf-8", "latin1", "shift_jis"};
    const char *encoding = encodings[fuzz_byte(&data, &size) % 4];
    struct arena arena = ARENA_EMPTY;
    struct html_page first, second;
    stance_error err = {0};
    stance_str bytes = {(const char *)data, size};
    bool ok = html_extract(bytes, encoding, NULL, &arena, &first, &err);
    CHECK(ok || (err.code == STANCE_INPUT && err.text[0]));
    bool again = html_extract(bytes, encoding, NULL, &arena, &second, NULL);
    CHECK(again == ok && (!ok || digest(&first) == digest(&second)));
    arena_free(&arena);
    return 0;
}
