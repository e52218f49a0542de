/* SPDX-License-Identifier: MIT
 * recipe: all settings of a training run, as text `key = value` and as a struct. */
#ifndef LEARN_RECIPE_H
#define LEARN_RECIPE_H
#include "calibration.h"
#include "vectors.h"

enum class_weight { CLASS_WEIGHT_NONE, CLASS_WEIGHT_SQRT, CLASS_WEIGHT_BALANCED, CLASS_WEIGHTS };
enum solver { SOLVER_SVC, SOLVER_LR, SOLVERS };
enum feature_scale { SCALE_IDF, SCALE_NB, SCALES };
enum copies { COPIES_OFF, COPIES_ON, COPIES_AUTO, COPIES_CHOICES };

/* How many times a label's probability counts: for texts where labels are more or less frequent than in the rows. Others count once. */
struct label_odds {
    char label[STANCE_MAX_LABELS][32];
    double odds[STANCE_MAX_LABELS];
    size_t n;
};

struct recipe {
    uint64_t templates;
    enum solver solver;
    enum feature_scale scale;
    enum class_weight class_weight;
    enum copies copies;          /* a copy of each feature per target */
    double c;
    double min_rows;             /* features in fewer rows go */
    double block[BLOCKS];        /* length of each block */
    double copy;                 /* length of the copies, times that of their originals */
    double hash_bits;            /* features of a block share 2^hash_bits places; 0: a feature per key */
    double stop;                 /* liblinear's tolerance in the last fit */
    double temperature;          /* of the softmax over scores; 0: not yet known */
    struct label_odds odds;      /* needs the temperature: searches go without */
    struct curve curve;          /* then of the best label's probability */
    double min_margin;           /* answers that lead by less are marked as abstained unless the user says otherwise; below 0: not yet known */
};

struct recipe recipe_default(void);
/* Reads text over what *r holds; '#' begins a comment. False with STANCE_USAGE. */
bool recipe_read(struct recipe *r, stance_str text, stance_error *err);
/* What is added to the score of this label for its odds. */
double recipe_score_shift(const struct recipe *r, const char *label);
/* Writes every setting, so that reading it back gives the same recipe to the last bit. */
void recipe_write(const struct recipe *r, struct strbuf *out);
/* Weighting by the recipe's block lengths over a scale. */
struct weighting recipe_weighting(const struct recipe *r, const double *scale, const uint8_t *block);
bool recipe_class_weight(const char *name, enum class_weight *out);
#endif
