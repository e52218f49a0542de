/* SPDX-License-Identifier: MIT
 * digest: rows to bytes and back.
 * Method: numbers of seven bits a byte, lowest first; ids as the distance from the one before. Limits: kinds of at most four bits. */
#include "digest.h"

static void put(struct strbuf *out, uint64_t x)
{
    for (; x >= 0x80; x >>= 7) strbuf_char(out, (char)(x | 0x80));
    strbuf_char(out, (char)x);
}

static bool take(stance_str *rest, uint64_t *x)
{
    *x = 0;
    for (unsigned shift = 0; rest->len > 0 && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)*rest->ptr++;
        rest->len--;
        *x |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

static uint64_t positive(int64_t x)
{
    return x > 0 ? (uint64_t)x : 0;
}

void digest_put(struct strbuf *out, const struct view_row *row, int64_t before)
{
    put(out, positive(row->id - before));
    put(out, positive(row->speaker));
    put(out, positive(row->target));
    put(out, positive(row->label));
    put(out, (uint64_t)(row->speaker_kind & 15) | (uint64_t)(row->kind & 15) << 4 | (uint64_t)(row->abstained & 15) << 8);
    put(out, row->start == STANCE_NONE ? 0 : (uint64_t)row->start + 1);
}

void digest_put_first(struct strbuf *out, int64_t first)
{
    put(out, positive(first));
}

bool digest_take(stance_str *rest, int64_t before, struct view_row *row)
{
    uint64_t x[7];
    for (size_t i = 0; i < 7; i++)
        if (!take(rest, &x[i])) return false;
    if (x[0] == 0 || x[0] > INT64_MAX / 2) return false;
    *row = (struct view_row){.id = before + (int64_t)x[0],
                             .speaker = (int64_t)x[1],
                             .target = (int64_t)x[2],
                             .label = (int64_t)x[3],
                             .speaker_kind = (int64_t)(x[4] & 15),
                             .kind = (int64_t)(x[4] >> 4 & 15),
                             .abstained = (int64_t)(x[4] >> 8 & 15),
                             .start = x[5] ? (size_t)x[5] - 1 : STANCE_NONE,
                             .end = STANCE_NONE,
                             .first = (int64_t)x[6]};
    return true;
}
