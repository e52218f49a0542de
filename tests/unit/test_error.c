/* SPDX-License-Identifier: MIT
 * test_error: messages, their cutting, and the words of every code. */
#include "test_text_help.h"

static void fills_what_the_caller_owns(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_false(error_set(&err, STANCE_INPUT, 42, "%s:%d: no such column", "a.csv", 7));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_int_equal(err.offset, 42);
    assert_string_equal(err.text, "a.csv:7: no such column");
}

static void null_is_allowed(void **state)
{
    (void)state;
    assert_false(error_set(NULL, STANCE_MODEL, 0, "%s", "x"));
    assert_false(error_nomem(NULL, "testing"));
}

static void long_messages_are_cut_and_ended(void **state)
{
    (void)state;
    stance_error err;
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memset(&err, 0x7F, sizeof err);
    error_set(&err, STANCE_OUTPUT, 0, "%s", text);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void the_last_message_stays(void **state)
{
    (void)state;
    stance_error err = {0};
    error_set(&err, STANCE_INPUT, 1, "a longer first message");
    error_nomem(&err, "sorting");
    assert_int_equal(err.code, STANCE_NOMEM);
    assert_int_equal(err.offset, 0);
    assert_non_null(strstr(err.text, "sorting"));
    assert_null(strstr(err.text, "first"));
}

static void every_code_has_its_own_words(void **state)
{
    (void)state;
#define LOOK(name, status, message) assert_string_equal(stance_code_message(STANCE_##name), message), assert_int_equal(STANCE_##name, status);
    STANCE_CODES(LOOK)
#undef LOOK
    assert_string_equal(stance_code_message((stance_code)99), "unknown code");
    assert_string_equal(stance_version(), STANCE_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_what_the_caller_owns), cmocka_unit_test(null_is_allowed), cmocka_unit_test(long_messages_are_cut_and_ended),
        cmocka_unit_test(the_last_message_stays),     cmocka_unit_test(every_code_has_its_own_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
