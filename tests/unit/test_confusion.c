/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/confusion.h"

#include <stdlib.h>
#include <unistd.h>

static bool read_text(const char *text, stance_error *err, double *first)
{
    char path[] = "/tmp/confusion-XXXXXX";
    int fd = mkstemp(path);
    struct confusion c = {0};
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
    bool ok = confusion_read(&c, path, err);
    if (ok) *first = c.rows[0];
    confusion_free(&c);
    unlink(path);
    return ok;
}

static void reads_and_refuses(void **state)
{
    (void)state;
    stance_error err = {0};
    double first = 0;
    assert_true(read_text("gold,a,b\nb,1,2\na,3.5,4\n", &err, &first));
    assert_true(first > 3.4 && first < 3.6);
    static const char *const bad[] = {"a,b\n1,2\n",        "gold,a,b\na,1,2\n", "gold,a,b\na,1,x\nb,1,1\n",
                                      "gold,a,b\nc,1,1\n", "gold,a,a\na,1,1\n", "gold,a,b\na,-1,1\nb,1,1\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(read_text(bad[i], &err, &first));
        assert_int_equal(err.code, STANCE_INPUT);
    }
    struct confusion c = {0};
    assert_false(confusion_read(&c, "/nonexistent.csv", &err));
    confusion_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
