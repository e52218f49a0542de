/* SPDX-License-Identifier: MIT
 * eval_table: metrics for reading (table) and for programs (csv, json).
 * Method: one function per format. Limits: four decimals. */
#include "eval_table.h"

#include <string.h>

#include "../base/error.h"
#include "../io/json.h"
#include "../io/writer.h"

static void figure_line(struct strbuf *out, const char *name, stance_figure f)
{
    if (f.value < 0) return;
    strbuf_print(out, "%-12s %.4f  [%.4f, %.4f]\n", name, f.value, f.lo, f.hi);
}

static void put_confusion(struct strbuf *out, const stance_rows *rows, const stance_metrics *m)
{
    strbuf_print(out, "\ngold \\ predicted");
    for (size_t k = 0; k < m->labels; k++) strbuf_print(out, " %12s", rows->labels[k]);
    for (size_t i = 0; i < m->labels; i++) {
        strbuf_print(out, "\n%-16s", rows->labels[i]);
        for (size_t k = 0; k < m->labels; k++) strbuf_print(out, " %12zu", m->confusion[i][k]);
    }
    strbuf_char(out, '\n');
}

static void put_coverage(struct strbuf *out, const stance_metrics *m)
{
    strbuf_print(out, "\nmin-margin  coverage  accuracy\n");
    for (size_t i = 0; i < STANCE_COVERAGE_STEPS; i++)
        strbuf_print(out, "%10.1f  %8.3f  %8.3f\n", m->coverage[i].margin, m->coverage[i].coverage, m->coverage[i].accuracy);
}

static void put_comparison(struct strbuf *out, const struct eval_extra *extra)
{
    const stance_comparison *c = extra->comparison;
    strbuf_print(out, "\nagainst %s: macro-F1 %.4f, accuracy %.4f; right both %zu, first only %zu, second only %zu, neither %zu\n", extra->against,
                 c->second_macro_f1, c->second_accuracy, c->both, c->only_first, c->only_second, c->neither);
    strbuf_print(out, "%-12s %+.4f  [%+.4f, %+.4f]  macro-F1, first minus second, paired bootstrap by group\n", "difference", c->macro_f1.value,
                 c->macro_f1.lo, c->macro_f1.hi);
    strbuf_print(out, "%-12s %+.4f  [%+.4f, %+.4f]  accuracy; McNemar p = %.4f\n", "", c->accuracy.value, c->accuracy.lo, c->accuracy.hi, c->p);
}

static void put_familiarity(struct strbuf *out, const struct eval_extra *extra)
{
    const stance_drift *d = extra->drift;
    strbuf_print(out, "%-12s %.4f", "known", extra->known);
    if (d) strbuf_print(out, "  (training %.4f, spread %.4f); label mix %.4f from training's, by chance %.4f at most", d->trained.known, d->trained.known_spread,
                        d->distance, d->chance);
    strbuf_char(out, '\n');
}

static void put_table(struct strbuf *out, const stance_rows *rows, const stance_metrics *m, const struct eval_extra *extra)
{
    strbuf_print(out, "%-12s %9s %9s %9s   %-18s %7s\n", "label", "precision", "recall", "F1", "95 % interval", "rows");
    for (size_t i = 0; i < m->labels; i++) {
        const stance_label_metrics *l = &m->label[i];
        strbuf_print(out, "%-12s %9.4f %9.4f %9.4f   [%.4f, %.4f]   %7zu\n", rows->labels[i], l->precision, l->recall, l->f1.value, l->f1.lo,
                     l->f1.hi, l->gold);
    }
    strbuf_char(out, '\n');
    figure_line(out, "macro-F1", m->macro_f1);
    figure_line(out, "accuracy", m->accuracy);
    figure_line(out, "F_avg", m->f_avg);
    strbuf_print(out, "%-12s accuracy %.4f, macro-F1 %.4f (always the most frequent label)\n", "majority", m->majority_accuracy,
                 m->majority_macro_f1);
    if (extra->words_macro_f1 >= 0) strbuf_print(out, "%-12s macro-F1 %.4f (single words alone, same folds)\n", "words", extra->words_macro_f1);
    strbuf_print(out, "%-12s %.4f\n%-12s %.4f\n%-12s %zu of %zu\n", "ECE", m->ece, "Brier", m->brier, "abstained", m->abstained, m->n);
    strbuf_print(out, "%-12s coverage %.4f, accuracy %.4f (%+.4f)\n", "answered",
                 (double)(m->n - m->abstained) / (double)m->n, m->answered_accuracy, m->answered_accuracy - m->accuracy.value);
    put_familiarity(out, extra);
    put_confusion(out, rows, m);
    put_coverage(out, m);
    if (extra->comparison) put_comparison(out, extra);
}

static void put_csv(struct strbuf *out, const stance_rows *rows, const stance_metrics *m, const struct eval_extra *extra)
{
    (void)extra;
    struct cell_style style = {',', false};
    strbuf_print(out, "label,precision,recall,f1,f1_lo,f1_hi,rows,predicted\n");
    for (size_t i = 0; i < m->labels; i++) {
        const stance_label_metrics *l = &m->label[i];
        cell_put(out, style, true, str_of(rows->labels[i]));
        strbuf_print(out, ",%.4f,%.4f,%.4f,%.4f,%.4f,%zu,%zu\n", l->precision, l->recall, l->f1.value, l->f1.lo, l->f1.hi, l->gold, l->predicted);
    }
    strbuf_print(out, "macro,,,%.4f,%.4f,%.4f,%zu,%zu\n", m->macro_f1.value, m->macro_f1.lo, m->macro_f1.hi, m->n, m->n);
}

static void json_figure(struct strbuf *out, const char *name, stance_figure f)
{
    strbuf_print(out, ",\"%s\":{\"value\":%.4f,\"lo\":%.4f,\"hi\":%.4f}", name, f.value, f.lo, f.hi);
}

static void json_comparison(struct strbuf *out, const struct eval_extra *extra)
{
    const stance_comparison *c = extra->comparison;
    strbuf_add(out, STR(",\"against\":{\"model\":"));
    json_put_string(out, str_of(extra->against));
    strbuf_print(out, ",\"macro_f1\":%.4f,\"accuracy\":%.4f,\"both\":%zu,\"only_first\":%zu,\"only_second\":%zu,\"neither\":%zu,\"mcnemar_p\":%.6f",
                 c->second_macro_f1, c->second_accuracy, c->both, c->only_first, c->only_second, c->neither, c->p);
    json_figure(out, "macro_f1_difference", c->macro_f1);
    json_figure(out, "accuracy_difference", c->accuracy);
    strbuf_char(out, '}');
}

static void put_json(struct strbuf *out, const stance_rows *rows, const stance_metrics *m, const struct eval_extra *extra)
{
    strbuf_print(out, "{\"schema\":\"stance.eval/1\",\"rows\":%zu", m->n);
    json_figure(out, "macro_f1", m->macro_f1);
    json_figure(out, "accuracy", m->accuracy);
    if (m->f_avg.value >= 0) json_figure(out, "f_avg", m->f_avg);
    strbuf_print(out, ",\"majority_accuracy\":%.4f,\"majority_macro_f1\":%.4f,\"ece\":%.4f,\"brier\":%.4f,\"abstained\":%zu,\"answered_accuracy\":%.4f,\"labels\":[",
                 m->majority_accuracy, m->majority_macro_f1, m->ece, m->brier, m->abstained, m->answered_accuracy);
    for (size_t i = 0; i < m->labels; i++) {
        const stance_label_metrics *l = &m->label[i];
        strbuf_add(out, i ? STR(",{\"label\":") : STR("{\"label\":"));
        json_put_string(out, str_of(rows->labels[i]));
        strbuf_print(out, ",\"precision\":%.4f,\"recall\":%.4f", l->precision, l->recall);
        json_figure(out, "f1", l->f1);
        strbuf_print(out, ",\"rows\":%zu,\"predicted\":%zu,\"confusion\":[", l->gold, l->predicted);
        for (size_t k = 0; k < m->labels; k++) strbuf_print(out, k ? ",%zu" : "%zu", m->confusion[i][k]);
        strbuf_add(out, STR("]}"));
    }
    strbuf_add(out, STR("],\"coverage\":["));
    for (size_t i = 0; i < STANCE_COVERAGE_STEPS; i++)
        strbuf_print(out, "%s{\"margin\":%.1f,\"coverage\":%.4f,\"accuracy\":%.4f}", i ? "," : "", m->coverage[i].margin, m->coverage[i].coverage,
                     m->coverage[i].accuracy);
    strbuf_char(out, ']');
    if (extra->words_macro_f1 >= 0) strbuf_print(out, ",\"words_macro_f1\":%.4f", extra->words_macro_f1);
    strbuf_print(out, ",\"known\":%.4f", extra->known);
    if (extra->drift)
        strbuf_print(out, ",\"drift\":{\"trained_known\":%.4f,\"trained_known_spread\":%.4f,\"mix_distance\":%.4f,\"mix_distance_by_chance\":%.4f,"
                          "\"unfamiliar\":%s,\"shifted\":%s}",
                     extra->drift->trained.known, extra->drift->trained.known_spread, extra->drift->distance, extra->drift->chance,
                     extra->drift->unfamiliar ? "true" : "false", extra->drift->shifted ? "true" : "false");
    if (extra->comparison) json_comparison(out, extra);
    strbuf_add(out, STR("}\n"));
}

static const struct {
    const char *name;
    void (*put)(struct strbuf *, const stance_rows *, const stance_metrics *, const struct eval_extra *);
} formats[] = {{"table", put_table}, {"csv", put_csv}, {"json", put_json}};

bool eval_table_put(struct strbuf *out, const char *format, const stance_rows *rows, const stance_metrics *m, const struct eval_extra *extra,
                    stance_error *err)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(format, formats[i].name) == 0) {
            formats[i].put(out, rows, m, extra);
            return !out->failed || error_nomem(err, "writing metrics");
        }
    return error_set(err, STANCE_USAGE, 0, "-f %s: eval writes table, csv or json", format);
}
