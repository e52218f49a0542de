/* SPDX-License-Identifier: MIT
 * features: the table of feature templates, and the one path from a statement to features, for training and scoring alike. */
#ifndef LEARN_FEATURES_H
#define LEARN_FEATURES_H
#include "lexicon.h"
#include "terms.h"

/* Features of one block are weighted and normalised together. Blocks of the copies per target follow those of the originals. */
enum feature_block { BLOCK_WORD, BLOCK_CHAR, BLOCK_TARGET, BLOCK_MISC, BLOCK_REAL, BLOCKS, BLOCKS_WITH_COPIES = 2 * BLOCKS };

struct extraction;
struct feature_template {
    const char *name;             /* begins each key: "w2=not bad" */
    void (*extract)(struct extraction *x, const struct feature_template *self);
    uint8_t block, from, to;      /* from, to: what the extractor makes of them */
    bool known;                   /* counts for stance_prediction.known */
    bool off;                     /* not in the default set */
    const char *comment;
};
extern const struct feature_template feature_templates[];
extern const size_t feature_templates_n; /* at most 64 */
/* The templates that are on by default, as bits. */
uint64_t feature_defaults(void);
/* Applies "+name,-name" to *set; names without a sign replace the set. False at an unknown name, given back in *bad. */
bool feature_select(stance_str list, uint64_t *set, stance_str *bad);

/* FEATURE_FIXED: features whose keys hold no word of the text, at most; FEATURE_SPELLED: n-grams of characters of a word, of all templates. */
enum { MOST_PIECES = 8, FEATURE_FIXED = 256, FEATURE_SPELLED = 256, FEATURE_SPELLERS = 2 };

/* One occurrence of a feature; all of it is valid during the call of the sink only. */
struct occurrence {
    uint8_t template_id, block;   /* block counts copies */
    uint8_t pieces_n;
    float value;
    uint64_t hash;                /* of the whole key */
    stance_str target;            /* of a copy: stands before the key, with "|" behind it; else empty */
    const stance_str *pieces;     /* [pieces_n] text behind "name=" */
    stance_span at;               /* bytes of the statement's text it was made from; STANCE_NONE: from the whole */
};
/* Appends the key: "w2=not bad", "fed|w2=not bad". piece_of(key).hash is the occurrence's hash, unless features are hashed. */
void occurrence_key(const struct occurrence *o, struct strbuf *out);

struct feature_sink {
    bool (*add)(void *ctx, const struct occurrence *o); /* false stops the extraction */
    void *ctx;
    struct memo *memo; /* instead of both: takes what occurs by ids and hashes; the terms are of its words */
};

struct feature_facts {
    uint32_t words, function_words; /* function_words: common English ones */
};

struct feature_settings {
    const struct lexicon *lexicon;
    uint64_t templates;
    bool copies; /* a copy of word and character features per target */
    unsigned hash_bits; /* features of a block share 2^hash_bits places, and keys are numbers; 0: a feature per key */
};

struct feature_facts features_facts(const struct terms *t);
/* Of terms made before, on their statement. */
bool features_of(const struct feature_settings *settings, const stance_statement *in, const struct terms *terms, const struct feature_sink *sink,
                 stance_error *err);
/* Whether a template asks for negation, polarity or contrast, which cost a look into the lexicon for each word. */
bool features_want_lexicon(uint64_t templates);
/* "name=" of a template. */
struct piece feature_head(size_t template_id);
/* Those among the templates, but of characters, in their order; returns how many. */
size_t features_active(uint64_t templates, uint8_t out[64]);
/* Templates of single words and of single tokens, when both are there: a word that is a token has a feature of each as often as it occurs. */
bool features_joint(uint64_t templates, uint8_t *words, uint8_t *tokens);
/* enum known_flag of a word. */
uint8_t features_word_flags(stance_str word);
/* What a template of characters makes: n-grams from so many letters to so many, behind its name. */
struct speller {
    uint64_t head;
    uint8_t from, to;
};
/* Those among the templates, in their order; returns how many. */
size_t features_spellers(uint64_t templates, struct speller out[FEATURE_SPELLERS]);
/* Hashes of the keys that they make of a word; returns how many. */
size_t features_spell(const struct speller *spellers, size_t n, stance_str word, uint64_t keys[FEATURE_SPELLED]);
/* Memory is the arena's until its reset. */
bool features_extract(const struct feature_settings *settings, const stance_statement *in, struct arena *arena,
                      const struct feature_sink *sink, struct feature_facts *facts, stance_error *err);
#endif
