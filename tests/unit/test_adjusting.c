/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include <stdlib.h>
#include <unistd.h>

static stance_report *adjusted(const char *how, const char *text)
{
    char path[] = "/tmp/adjusting-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
    stance_report *r = sample_report(&(stance_report_options){.adjust = how, .confusion = path}, 12);
    unlink(path);
    return r;
}

/* A classifier that never errs changes nothing. */
static void perfect(void **state)
{
    (void)state;
    stance_report *r = adjusted("count", "gold,bullish,skeptical,neutral\nbullish,9,0,0\nskeptical,0,9,0\nneutral,0,0,9\n");
    assert_true(rendered_has(r, "json", "\"bullish\":{\"n\":3,\"share\":0.6,"));
    assert_true(rendered_has(r, "json", "\"adjust\":\"count\",\"interval\":\"bootstrap\""));
    assert_true(rendered_has(r, "table", "shares adjusted by the model's confusion (count)"));
    stance_report_free(r);
}

/* All views have the probabilities .5, .3, .2. */
static void probabilities(void **state)
{
    (void)state;
    stance_report *r = adjusted("probability", "gold,bullish,skeptical,neutral\nbullish,9,0,0\nskeptical,0,9,0\nneutral,0,0,9\n");
    assert_true(rendered_has(r, "json", "\"bullish\":{\"n\":3,\"share\":0.5,"));
    stance_report_free(r);
}

static void refuses(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_str out;
    stance_report *r = adjusted("count", "gold,bullish,neutral\nbullish,9,1\nneutral,1,9\n");
    assert_false(stance_report_render(r, "table", NULL, &out, &err));
    assert_string_equal(err.text, "--confusion: the label skeptical is not in it");
    stance_report_free(r);
    assert_null(stance_report_new(&(stance_report_options){.adjust = "count"}, &err));
    assert_string_equal(err.text, "--adjust count needs to know what the model makes of known labels: name a model that tells (-m) or --confusion FILE");
    assert_null(stance_report_new(&(stance_report_options){.adjust = "much"}, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect),
        cmocka_unit_test(probabilities),
        cmocka_unit_test(refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
