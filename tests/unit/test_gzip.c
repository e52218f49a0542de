/* SPDX-License-Identifier: MIT
 * Tests of gzip: what is packed comes out again, in pieces of any size; damage is told from an end. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/gzip.h"

enum { SIZE = 100000 };

/* Text that packs, but not to nothing. */
static void fill(char *text, size_t n)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) text[i] = "abcdefghijklmno\n"[(seed = seed * 1103515245u + 12345u) >> 16 & 15];
}

static void pack(struct gzip_writer *w, enum gzip_mode mode, stance_str in, size_t room, struct strbuf *to)
{
    char out[4096];
    struct gzip_piece piece = {in.ptr, in.len, NULL, 0};
    do {
        piece.out = out;
        piece.out_n = room;
        assert_true(gzip_pack(w, mode, &piece));
        strbuf_add(to, (stance_str){out, room - piece.out_n});
    } while (piece.out_n == 0);
    assert_int_equal(piece.in_n, 0);
}

static void pack_whole(stance_str in, struct strbuf *to)
{
    struct gzip_writer *w = gzip_writer_new();
    assert_non_null(w);
    pack(w, GZIP_FINISH, in, 4096, to);
    gzip_writer_free(w);
}

/* Unpacks with `give` bytes in and `room` bytes out a step, until the state is another than "goes on" or nothing is left. */
static enum gzip_state unpack(struct gzip_reader *r, stance_str *in, size_t give, size_t room, struct strbuf *to)
{
    char out[4096];
    enum gzip_state state = GZIP_GOES_ON;
    size_t made = 1;
    while (state == GZIP_GOES_ON && (in->len || made)) {
        size_t given = in->len < give ? in->len : give;
        struct gzip_piece piece = {in->ptr, given, out, room};
        state = gzip_unpack(r, &piece);
        made = room - piece.out_n;
        assert_ptr_equal(piece.out, out + made);
        assert_ptr_equal(piece.in, in->ptr + (given - piece.in_n));
        strbuf_add(to, (stance_str){out, made});
        *in = str_slice(*in, given - piece.in_n, in->len);
    }
    return state;
}

static void there_and_back_in_pieces(void **state)
{
    (void)state;
    static const size_t steps[][2] = {{1, 4096}, {4096, 1}, {3, 7}, {100000, 4096}};
    char *text = malloc(SIZE);
    struct strbuf packed = {0}, back = {0};
    fill(text, SIZE);
    pack_whole((stance_str){text, SIZE}, &packed);
    assert_true(packed.len < SIZE * 3 / 4);
    assert_true(gzip_begins(packed.ptr, packed.len));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct gzip_reader *r = gzip_reader_new();
        stance_str rest = strbuf_str(&packed);
        strbuf_clear(&back);
        assert_int_equal(unpack(r, &rest, steps[i][0], steps[i][1], &back), GZIP_MEMBER_ENDS);
        assert_int_equal(rest.len, 0);
        assert_true(str_equal(strbuf_str(&back), (stance_str){text, SIZE}));
        gzip_reader_free(r);
    }
    free(text);
    strbuf_free(&packed);
    strbuf_free(&back);
}

static void the_size_of_pieces_does_not_show(void **state)
{
    (void)state;
    char *text = malloc(SIZE);
    struct strbuf whole = {0}, parts = {0};
    fill(text, SIZE);
    pack_whole((stance_str){text, SIZE}, &whole);
    struct gzip_writer *w = gzip_writer_new();
    for (size_t at = 0; at < SIZE; at += 1000) pack(w, GZIP_HOLD, (stance_str){text + at, 1000}, 13, &parts);
    pack(w, GZIP_FINISH, (stance_str){NULL, 0}, 13, &parts);
    gzip_writer_free(w);
    assert_true(str_equal(strbuf_str(&whole), strbuf_str(&parts)));
    free(text);
    strbuf_free(&whole);
    strbuf_free(&parts);
}

/* Others can read it: zlib's own reader, which knows nothing of ours. */
static void zlib_reads_it(void **state)
{
    (void)state;
    struct strbuf packed = {0};
    char text[64] = "";
    pack_whole(STR("as others see it"), &packed);
    gzFile f = gzopen(put_bytes("ours.gz", packed.ptr, packed.len), "rb");
    assert_non_null(f);
    assert_int_equal(gzread(f, text, sizeof text), 16);
    assert_int_equal(gzdirect(f), 0);
    assert_int_equal(gzclose(f), Z_OK);
    assert_string_equal(text, "as others see it");
    strbuf_free(&packed);
}

static void flushed_bytes_can_be_read(void **state)
{
    (void)state;
    struct strbuf packed = {0}, back = {0};
    struct gzip_writer *w = gzip_writer_new();
    struct gzip_reader *r = gzip_reader_new();
    pack(w, GZIP_HOLD, STR("held "), 4096, &packed);
    size_t held = packed.len;
    pack(w, GZIP_FLUSH, STR("and flushed"), 4096, &packed);
    assert_true(packed.len > held);
    stance_str rest = strbuf_str(&packed);
    assert_int_equal(unpack(r, &rest, 4096, 4096, &back), GZIP_GOES_ON);
    assert_str(strbuf_str(&back), "held and flushed");
    gzip_writer_free(w);
    gzip_reader_free(r);
    strbuf_free(&packed);
    strbuf_free(&back);
}

static void members_one_after_the_other(void **state)
{
    (void)state;
    struct strbuf packed = {0}, back = {0};
    pack_whole(STR("first "), &packed);
    pack_whole(STR(""), &packed);
    pack_whole(STR("third"), &packed);
    struct gzip_reader *r = gzip_reader_new();
    stance_str rest = strbuf_str(&packed);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(unpack(r, &rest, 5, 4, &back), GZIP_MEMBER_ENDS);
        assert_true(gzip_next_member(r));
    }
    assert_int_equal(rest.len, 0);
    assert_str(strbuf_str(&back), "first third");
    gzip_reader_free(r);
    strbuf_free(&packed);
    strbuf_free(&back);
}

/* Cut anywhere, a member never ends; it only asks for more. */
static void a_cut_member_does_not_end(void **state)
{
    (void)state;
    char text[3000];
    struct strbuf packed = {0}, back = {0};
    fill(text, sizeof text);
    pack_whole((stance_str){text, sizeof text}, &packed);
    for (size_t n = 0; n < packed.len; n += 97) {
        struct gzip_reader *r = gzip_reader_new();
        stance_str cut = {packed.ptr, n};
        strbuf_clear(&back);
        assert_int_equal(unpack(r, &cut, 64, 4096, &back), GZIP_GOES_ON);
        assert_int_equal(cut.len, 0);
        assert_true(str_starts((stance_str){text, sizeof text}, strbuf_str(&back)));
        gzip_reader_free(r);
    }
    strbuf_free(&packed);
    strbuf_free(&back);
}

/* The checksum sees a flipped bit anywhere behind the head, whose time and system nobody checks. */
static void a_flipped_bit_is_damage(void **state)
{
    (void)state;
    enum { HEAD = 10 };
    char text[3000];
    struct strbuf packed = {0}, back = {0};
    fill(text, sizeof text);
    pack_whole((stance_str){text, sizeof text}, &packed);
    for (size_t i = HEAD; i < packed.len; i += 31) {
        struct gzip_reader *r = gzip_reader_new();
        stance_str rest = strbuf_str(&packed);
        strbuf_clear(&back);
        packed.ptr[i] = (char)(packed.ptr[i] ^ (1 << (i & 7)));
        assert_int_not_equal(unpack(r, &rest, 4096, 4096, &back), GZIP_MEMBER_ENDS);
        packed.ptr[i] = (char)(packed.ptr[i] ^ (1 << (i & 7)));
        gzip_reader_free(r);
    }
    strbuf_free(&packed);
    strbuf_free(&back);
}

static void other_bytes_are_damage(void **state)
{
    (void)state;
    struct strbuf back = {0};
    struct gzip_reader *r = gzip_reader_new();
    stance_str plain = STR("no gzip at all");
    assert_int_equal(unpack(r, &plain, 4096, 4096, &back), GZIP_DAMAGED);
    assert_int_equal(back.len, 0);
    gzip_reader_free(r);
    gzip_reader_free(NULL);
    gzip_writer_free(NULL);
    assert_false(gzip_begins("\x1f\x8b", 1));
    assert_false(gzip_begins("\x1f\x9d", 2)); /* compress(1) */
    assert_true(gzip_begins("\x1f\x8b", 2));
    strbuf_free(&back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back_in_pieces), cmocka_unit_test(the_size_of_pieces_does_not_show), cmocka_unit_test(zlib_reads_it),
        cmocka_unit_test(flushed_bytes_can_be_read), cmocka_unit_test(members_one_after_the_other), cmocka_unit_test(a_cut_member_does_not_end),
        cmocka_unit_test(a_flipped_bit_is_damage), cmocka_unit_test(other_bytes_are_damage),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
