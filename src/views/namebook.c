/* SPDX-License-Identifier: MIT
 * namebook: names and surnames of an article, each with its entity.
 * Method: names are folded eight bytes at a time and hashed on the way; tables with open addressing in the article's arena. Limits: what a table
 * has grown out of stays in the arena. */
#include "namebook.h"

#include "article.h"

struct name_keys name_keys_of(stance_str name)
{
    char initials[NAME_INITIALS];
    size_t n = 0, first = 0;
    for (stance_str rest = name; rest.ptr && n < NAME_INITIALS;) {
        size_t at = (size_t)(rest.ptr - name.ptr);
        stance_str word = str_split(&rest, ' ');
        if (word.len && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z') initials[n++] = word.ptr[0];
        if (at == 0 && rest.ptr) first = word.len;
    }
    return (struct name_keys){first ? name_word_key(str_slice(name, 0, first)) : 0, n >= 2 ? name_word_key((stance_str){initials, n}) : 0};
}

static inline uint64_t hash_step(uint64_t h, uint64_t eight)
{
    h = (h ^ eight) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static inline uint64_t hash_end(uint64_t h, size_t len)
{
    return hash_step(h, len) * 0xFF51AFD7ED558CCDu;
}

uint64_t name_hash(stance_str folded)
{
    uint64_t h = 0;
    for (size_t i = 0; i < folded.len; i += 8) h = hash_step(h, str_eight(folded, i));
    return hash_end(h, folded.len);
}

bool namebook_fold(struct strbuf *scratch, stance_str name, struct folded_name *out)
{
    strbuf_clear(scratch);
    if (scratch->cap <= name.len + 8 && !strbuf_reserve(scratch, name.len + 8)) return false;
    uint64_t h = 0, beyond = 0;
    for (size_t i = 0; i < name.len; i += 8) {
        uint64_t eight = str_eight(name, i);
        beyond |= eight;
        eight |= bytes_that_are_letters(eight) >> 2;
        memcpy(scratch->ptr + i, &eight, 8);
        h = hash_step(h, eight);
    }
    bool ascii = !(beyond & 0x8080808080808080u) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    if (ascii) {
        scratch->len = name.len;
        scratch->ptr[name.len] = '\0';
        *out = (struct folded_name){strbuf_str(scratch), hash_end(h, name.len)};
        return true;
    }
    gazetteer_fold(name, scratch);
    *out = (struct folded_name){strbuf_str(scratch), name_hash(strbuf_str(scratch))};
    return !scratch->failed;
}

static size_t place_of(const struct namebook *b, const struct folded_name *name)
{
    size_t at = (size_t)(name->hash >> 32) & (b->names_size - 1);
    for (; b->names[at].folded; at = (at + 1) & (b->names_size - 1)) {
        const struct name_slot *slot = &b->names[at];
        if (slot->hash == name->hash && str_equal((stance_str){slot->folded, slot->len}, name->text)) break;
    }
    return at;
}

uint32_t namebook_bearer(const struct namebook *b, const struct folded_name *name)
{
    size_t at = b->names_size ? place_of(b, name) : 0;
    return b->names_size && b->names[at].folded ? b->names[at].entity : UINT32_MAX;
}

static bool grow_names(struct namebook *b)
{
    size_t size = b->names_size ? b->names_size * 2 : 128;
    struct name_slot *slots = arena_array(b->arena, size, sizeof *slots);
    for (size_t i = 0; slots && i < b->names_size; i++) {
        if (!b->names[i].folded) continue;
        size_t at = (size_t)(b->names[i].hash >> 32) & (size - 1);
        while (slots[at].folded) at = (at + 1) & (size - 1);
        slots[at] = b->names[i];
    }
    if (slots) b->names = slots, b->names_size = size;
    return slots;
}

bool namebook_add(struct namebook *b, const struct folded_name *name, uint32_t entity)
{
    stance_str own;
    if ((b->names_n + 1) * 2 > b->names_size && !grow_names(b)) return false;
    if (!arena_copy(b->arena, name->text, &own)) return false;
    b->names[place_of(b, name)] = (struct name_slot){name->hash, own.ptr, (uint32_t)own.len, entity};
    b->names_n++;
    return true;
}

static size_t surname_at(const struct surname_slot *slots, size_t size, uint32_t form)
{
    size_t at = (size_t)(form * 0x9E3779B9u >> 7) & (size - 1);
    while (slots[at].form && slots[at].form != form + 1) at = (at + 1) & (size - 1);
    return at;
}

uint32_t namebook_surname(const struct namebook *b, uint32_t form)
{
    if (!b->surnames_size) return UINT32_MAX;
    const struct surname_slot *slot = &b->surnames[surname_at(b->surnames, b->surnames_size, form)];
    return slot->form ? slot->entity : UINT32_MAX;
}

static bool grow_surnames(struct namebook *b)
{
    size_t size = b->surnames_size ? b->surnames_size * 2 : 128;
    struct surname_slot *slots = arena_array(b->arena, size, sizeof *slots);
    for (size_t i = 0; slots && i < b->surnames_size; i++)
        if (b->surnames[i].form) slots[surname_at(slots, size, b->surnames[i].form - 1)] = b->surnames[i];
    if (slots) b->surnames = slots, b->surnames_size = size;
    return slots;
}

bool namebook_set_surname(struct namebook *b, uint32_t form, uint32_t entity)
{
    if ((b->surnames_n + 1) * 2 > b->surnames_size && !grow_surnames(b)) return false;
    struct surname_slot *slot = &b->surnames[surname_at(b->surnames, b->surnames_size, form)];
    b->surnames_n += !slot->form;
    *slot = (struct surname_slot){form + 1, entity};
    return true;
}

void namebook_free(struct namebook *b)
{
    strbuf_free(&b->scratch);
}
