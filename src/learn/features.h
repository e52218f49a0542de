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

/* Takes one occurrence; key is valid during the call. `block` counts copies. False stops the extraction. */
struct feature_sink {
    bool (*add)(void *ctx, size_t template_id, uint8_t block, stance_str key, float value);
    void *ctx;
    /* Both or neither. replay: true when the sink knows the occurrences of this word (those between a replay that said false and the
     * next close) and has taken them again, so that they need not be made. */
    bool (*replay)(void *ctx, size_t template_id, stance_str word);
    void (*close)(void *ctx);
};

struct feature_facts {
    uint32_t words, function_words; /* function_words: common English ones */
};

struct feature_settings {
    const struct lexicon *lexicon;
    uint64_t templates;
    bool copies; /* a copy of word and character features per target */
};

/* Memory is the arena's until its reset. */
bool features_extract(const struct feature_settings *settings, const stance_statement *in, struct arena *arena,
                      const struct feature_sink *sink, struct feature_facts *facts, stance_error *err);
#endif
