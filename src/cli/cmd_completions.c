/* SPDX-License-Identifier: MIT
 * cmd_completions: what bash, zsh and fish need to complete a command line, made from the tables of commands and options.
 * Method: a function per shell that goes through both tables. Limits: values of an option are its choices or files; positions after the first are files. */
#include <stdio.h>
#include <string.h>

#include "../io/writer.h"
#include "common.h"

static const char formats[] = "table|csv|tsv|jsonl|json|md|html|documents";

/* Words that an option takes, | between; NULL when it takes anything. */
static const char *choices_of(const struct option_row *row)
{
    if (row->kind == CHOICE) return row->argument;
    return row->argument && strcmp(row->argument, "FORMAT") == 0 ? formats : NULL;
}

static bool takes_file(const struct option_row *row)
{
    static const char *const kinds[] = {"FILE", "CSV", "TSV", "MODEL", "DIR", "M"};
    for (size_t i = 0; row->argument && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(row->argument, kinds[i]) == 0) return true;
    return false;
}

/* Words that stand first behind a command ("info|top|..."); ptr NULL when there are none. */
static stance_str first_words(const struct command *command)
{
    stance_str rest = str_of(command->inputs), word = str_split(&rest, ' ');
    return str_find(word, STR("|")) < word.len ? word : (stance_str){NULL, 0};
}

/* a|b|c with another separator; words in capitals stand for something else and are left out. */
static void put_words(struct strbuf *out, stance_str words, char separator)
{
    bool first = true;
    while (words.ptr) {
        stance_str word = str_split(&words, '|');
        if (!word.len || (word.ptr[0] >= 'A' && word.ptr[0] <= 'Z')) continue;
        if (!first) strbuf_char(out, separator);
        strbuf_add(out, word);
        first = false;
    }
}

/* Inside single quotes; a quote goes out of them, or behind a backslash where the shell has that. `also` gets a backslash too. */
static void put_text(struct strbuf *out, const char *text, const char *quote, const char *also)
{
    for (; *text; text++) {
        if (*text == '\'') strbuf_add(out, str_of(quote));
        else if (strchr(also, *text)) strbuf_print(out, "\\%c", *text);
        else strbuf_char(out, *text);
    }
}

/* ---- bash ---- */

static void bash_options(struct strbuf *out, const struct command *command)
{
    for (size_t i = 0; options_row(i); i++)
        if (options_row(i)->commands & command->bit) strbuf_print(out, " --%s", options_row(i)->name);
}

static void bash_values(struct strbuf *out)
{
    for (size_t i = 0; options_row(i); i++) {
        const struct option_row *row = options_row(i);
        if (row->kind == FLAG) continue;
        strbuf_print(out, "  --%s", row->name);
        if (row->letter) strbuf_print(out, "|-%c", row->letter);
        if (choices_of(row)) {
            strbuf_add(out, STR(") words='"));
            put_words(out, str_of(choices_of(row)), ' ');
            strbuf_add(out, STR("' ;;\n"));
        } else {
            strbuf_add(out, takes_file(row) ? STR(") return ;;\n") : STR(") compopt +o default 2>/dev/null; return ;;\n"));
        }
    }
}

static void bash(struct strbuf *out)
{
    strbuf_add(out, STR("# Completion of stance for bash; made by: stance completions bash\n"
                        "_stance() {\n"
                        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n"
                        "  COMPREPLY=()\n"
                        "  # --option=value comes as three words\n"
                        "  if [ \"$cur\" = = ]; then cur=\n"
                        "  elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}\n  fi\n"
                        "  case $prev in\n"));
    bash_values(out);
    strbuf_add(out, STR("  *)\n    case $COMP_CWORD:${COMP_WORDS[1]}:$cur in\n    1:*:[!-]*|1::) words='"));
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit != FOR_SUMMARY) strbuf_print(out, "%s ", commands[i].name);
    strbuf_add(out, STR("help' ;;\n"));
    for (size_t i = 0; i < commands_n; i++) {
        const struct command *c = &commands[i];
        if (c->bit == FOR_SUMMARY) continue;
        strbuf_print(out, "    *:%s:-*) words='", c->name);
        bash_options(out, c);
        strbuf_add(out, STR("' ;;\n"));
        if (!first_words(c).ptr) continue;
        strbuf_print(out, "    2:%s:*) words='", c->name);
        put_words(out, first_words(c), ' ');
        strbuf_add(out, STR("' ;;\n"));
    }
    strbuf_add(out, STR("    *:*:-*) words='"));
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit == FOR_SUMMARY) bash_options(out, &commands[i]);
    strbuf_add(out, STR("' ;;\n    esac ;;\n  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -o default -F _stance stance\n"));
}

/* ---- zsh ---- */

static void zsh_option(struct strbuf *out, const struct option_row *row)
{
    const char *equals = row->kind == FLAG ? "" : "=";
    strbuf_add(out, STR(" \\\n      "));
    if (row->kind == LIST || row->kind == LIMIT) strbuf_print(out, "'*--%s=[", row->name);
    else if (row->letter) strbuf_print(out, "'(-%c --%s)'{-%c%s,--%s%s}'[", row->letter, row->name, row->letter, *equals ? "+" : "", row->name, equals);
    else strbuf_print(out, "'--%s%s[", row->name, equals);
    put_text(out, row->help, "'\\''", "[]\\");
    strbuf_char(out, ']');
    if (row->kind != FLAG) {
        strbuf_print(out, ":%s:", row->kind == CHOICE ? "choice" : row->argument);
        if (choices_of(row)) {
            strbuf_char(out, '(');
            put_words(out, str_of(choices_of(row)), ' ');
            strbuf_char(out, ')');
        } else if (takes_file(row)) {
            strbuf_add(out, STR("_files"));
        } else {
            strbuf_char(out, ' ');
        }
    }
    strbuf_char(out, '\'');
}

static void zsh_command(struct strbuf *out, const struct command *command)
{
    strbuf_print(out, "  %s)\n    _arguments -s -S", command->bit == FOR_SUMMARY ? "*" : command->name);
    for (size_t i = 0; options_row(i); i++)
        if (options_row(i)->commands & command->bit) zsh_option(out, options_row(i));
    if (first_words(command).ptr) {
        strbuf_add(out, STR(" \\\n      '1:word:("));
        put_words(out, first_words(command), ' ');
        strbuf_add(out, STR(")'"));
    }
    strbuf_add(out, STR(" \\\n      '*:file:_files' ;;\n"));
}

static void zsh(struct strbuf *out)
{
    strbuf_add(out, STR("#compdef stance\n# Completion of stance for zsh; made by: stance completions zsh\n"
                        "_stance() {\n  local -a commands\n  commands=(\n"));
    for (size_t i = 0; i < commands_n; i++) {
        if (commands[i].bit == FOR_SUMMARY) continue;
        strbuf_print(out, "    '%s:", commands[i].name);
        put_text(out, commands[i].summary, "'\\''", "\\");
        strbuf_add(out, STR("'\n"));
    }
    strbuf_add(out, STR("  )\n  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n    _describe command commands\n    _files\n    return\n  fi\n"
                        "  local command=$words[2]\n  if [[ $command != -* ]]; then shift words; (( CURRENT-- )); fi\n  case $command in\n"));
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit != FOR_SUMMARY) zsh_command(out, &commands[i]);
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit == FOR_SUMMARY) zsh_command(out, &commands[i]);
    /* autoloaded, the file is the function's body; sourced, it only defines it */
    strbuf_add(out, STR("  esac\n}\nif [[ $funcstack[1] = _stance ]]; then _stance \"$@\"; else compdef _stance stance; fi\n"));
}

/* ---- fish ---- */

static void fish_option(struct strbuf *out, const struct option_row *row)
{
    bool named = false;
    strbuf_add(out, STR("complete -c stance"));
    for (size_t i = 0; i < commands_n; i++) {
        if (!(commands[i].bit & row->commands) || commands[i].bit == FOR_SUMMARY) continue;
        strbuf_print(out, "%s %s", named ? "" : " -n '__fish_seen_subcommand_from", commands[i].name);
        named = true;
    }
    if (named) strbuf_char(out, '\'');
    if (row->letter) strbuf_print(out, " -s %c", row->letter);
    strbuf_print(out, " -l %s", row->name);
    if (choices_of(row)) {
        strbuf_add(out, STR(" -x -a '"));
        put_words(out, str_of(choices_of(row)), ' ');
        strbuf_char(out, '\'');
    } else if (row->kind != FLAG) {
        strbuf_add(out, takes_file(row) ? STR(" -r") : STR(" -x"));
    }
    strbuf_add(out, STR(" -d '"));
    put_text(out, row->help, "\\'", "\\");
    strbuf_add(out, STR("'\n"));
}

static void fish(struct strbuf *out)
{
    strbuf_add(out, STR("# Completion of stance for fish; made by: stance completions fish\n"));
    for (size_t i = 0; i < commands_n; i++) {
        const struct command *c = &commands[i];
        if (c->bit == FOR_SUMMARY) continue;
        strbuf_print(out, "complete -c stance -n __fish_use_subcommand -a %s -d '", c->name);
        put_text(out, c->summary, "\\'", "\\");
        strbuf_add(out, STR("'\n"));
        if (!first_words(c).ptr) continue;
        strbuf_print(out, "complete -c stance -n '__fish_seen_subcommand_from %s' -a '", c->name);
        put_words(out, first_words(c), ' ');
        strbuf_add(out, STR("'\n"));
    }
    for (size_t i = 0; options_row(i); i++) fish_option(out, options_row(i));
}

static const struct {
    const char *name;
    void (*print)(struct strbuf *out);
} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

int cmd_completions(const struct options *o)
{
    stance_error err = {0};
    struct strbuf out = {0};
    const char *asked = o->inputs.items[0];
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(asked, shells[i].name) == 0) shells[i].print(&out);
    bool ok = out.len && o->inputs.n == 1 && !out.failed;
    if (out.failed) error_nomem(&err, "writing completions");
    else if (!ok) error_set(&err, STANCE_USAGE, 0, "completions %s: name one of bash, zsh, fish", out.len ? o->inputs.items[1] : asked);
    struct writer *w = ok ? writer_open(o->output, &err) : NULL;
    ok = w && writer_write(w, strbuf_str(&out), &err);
    strbuf_free(&out);
    return close_output(w, ok, STANCE_OK, &err);
}
