# SPDX-License-Identifier: MIT
# make            build/stance, libstance and the shipped models
# make test       every test; make sanitize: the same under ASan and UBSan; make check: both, and a build by clang
# make lint       the rules of the house; make golden: write the expected results of the CLI tests anew
# make eval       cross-validated figures; make bench: speed beside wc -w; make coverage: lines that the tests reach
# make tsan       what has threads, under ThreadSanitizer; scripts/analyze: static analysis
# make fuzz       MINUTES= (or RUNS= of each) TARGETS=: every fuzz target for its share of the time, with libFuzzer; make fuzz-afl: the same with AFL++
# make install    DESTDIR= PREFIX=/usr/local; make uninstall; make dist: a source archive of the last commit; make wheel: the Python module
# make test-scale Spark, GNU parallel and Slurm beside one process, as far as they are here or can be installed
comma := ,
# Input comes from strangers: what compiler and linker can check at run time, they do (tests/scripts/hardened.sh looks into the program).
LINUX := $(filter Linux,$(shell uname -s))
HARDEN ?= -fstack-protector-strong -D_FORTIFY_SOURCE=2 $(if $(LINUX),-fstack-clash-protection) $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
CFLAGS ?= -O3 -g $(HARDEN)
LDFLAGS ?= $(if $(LINUX),-Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now$(comma)-z$(comma)noexecstack)
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
DESTDIR ?=
B ?= build
PKG_CONFIG ?= pkg-config
VERSION := $(shell sed -n 's/^.define STANCE_VERSION "\(.*\)"/\1/p' src/stance.h)
SOVERSION := $(firstword $(subst ., ,$(VERSION)))

PACKAGES := libutf8proc libxml-2.0 yajl sqlite3 zlib libxxhash
override CFLAGS += -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -fPIC -fvisibility=hidden -pthread \
  -ffp-contract=off -D_POSIX_C_SOURCE=200809L $(shell $(PKG_CONFIG) --cflags $(PACKAGES))
# liblinear and libcsv ship no .pc file in Debian
LDLIBS += $(shell $(PKG_CONFIG) --libs $(PACKAGES)) -llinear -lcsv -lm

CLI := $(wildcard src/cli/*.c)
LIB := $(filter-out $(CLI),$(wildcard src/*.c src/*/*.c))
LIB_O := $(LIB:src/%.c=$B/obj/%.o)
CLI_O := $(CLI:src/%.c=$B/obj/%.o)
UNIT := $(wildcard tests/unit/test_*.c)
UNIT_X := $(UNIT:tests/unit/%.c=$B/unit/%)
TABLES := $(wildcard data/*.tsv)

all: $B/stance $B/libstance.so models pages

$B/stance: $(CLI_O) $B/libstance.a
	$(CC) $(CFLAGS) $(if $(LINUX),-pie) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/libstance.a: $(LIB_O)
	@rm -f $@
	$(AR) rcs $@ $^

# Only what stance.h marks STANCE_API is to be seen; tests/scripts/symbols.sh compares.
$B/libstance.so: $(LIB_O)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libstance.so.$(SOVERSION) -o $@ $^ $(LDLIBS)

# For the wheel that brings its libraries along: it looks for them beside itself. DT_RPATH, because that holds for what they need, too.
$B/bundle/libstance.so: $(LIB_O)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libstance.so.$(SOVERSION) -Wl,--disable-new-dtags -Wl,-rpath,'$$ORIGIN' -o $@ $^ $(LDLIBS)

# Objects are as old as the flags they were built with: a file per setting, rewritten when it changes.
keep = $(shell mkdir -p $B; echo '$2' | cmp -s - $B/$1 || echo '$2' > $B/$1)
$(call keep,flags,$(CC) $(CPPFLAGS) $(CFLAGS))
$(call keep,prefix,$(PREFIX))

# Only the program knows where models are installed.
$(CLI_O): override CPPFLAGS += -DSTANCE_SHARE='"$(PREFIX)/share/stance"'
$(CLI_O): $B/prefix

$B/obj/%.o: src/%.c $B/flags | $B/gen/tables.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -I$B/gen -MMD -MP -c -o $@ $<

# Language knowledge is data: the TSV files become C tables.
$B/gen/tables.h: $(TABLES) scripts/tables.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f scripts/tables.awk $(TABLES) > $@.new && mv $@.new $@

$B/obj/views/%.o $B/obj/text/%.o $B/obj/learn/%.o: $B/gen/tables.h

$B/unit/%: tests/unit/%.c $B/libstance.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Isrc -I$B/gen -MMD -MP $(LDFLAGS) -o $@ $< $B/libstance.a $(LDLIBS) -lcmocka

# Fuzz targets: the same sources run under clang's libFuzzer, under AFL++, or, without FUZZ_ENGINE, over the files named (seeds and old findings).
FUZZ := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_X := $(FUZZ:tests/fuzz/%.c=$B/fuzz/%)
FUZZ_ENGINE ?=
FUZZ_WRAP := $(if $(LINUX),-DFUZZ_WRAP_READ -Wl$(comma)--wrap=read)
$B/fuzz/%: tests/fuzz/%.c tests/fuzz/support.c $(if $(FUZZ_ENGINE),,tests/fuzz/replay.c) $B/obj/cli/options.o $B/libstance.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Isrc -I$B/gen -MMD -MP $(FUZZ_ENGINE) $(LDFLAGS) -o $@ $(filter %.c,$^) $(FUZZ_OPTIONS) $B/libstance.a $(FUZZ_WRAP) $(LDLIBS)
$B/fuzz/fuzz_options: FUZZ_OPTIONS = $B/obj/cli/options.o
fuzz-targets: $(FUZZ_X)

# The program over wrapped system calls, each of which can be made to fail.
wrapped := main malloc calloc realloc strdup read write open fsync rename mmap clock_gettime
$B/faults: tests/faults/faults.c $(CLI_O) $B/libstance.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(wrapped:%=-Wl,--wrap=%) $(LDLIBS)

-include $(LIB_O:.o=.d) $(CLI_O:.o=.d) $(UNIT_X:=.d) $(FUZZ_X:=.d)

# The shipped models. Trained anew when rows, settings or what turns text into features have changed, not at every build.
MARKED := $(wildcard training/articles/*.txt)
models: models/default.stance models/views.stance models/default.md
models/default.stance: training/statements.csv training/recipe.txt $(MARKED) data/lexicon.tsv $(wildcard src/learn/*.[ch] src/text/*.[ch]) | $B/stance
	@mkdir -p models
	$B/stance train -q --no-rows --recipe training/recipe.txt training/statements.csv training/articles -o $@

# What the model is worth, measured anew with it; kept in the repository, to be read without building.
models/default.md: models/default.stance training/card.md
	$B/stance model card -q models/default.stance training/statements.csv --hold-out topic --cv 6 --note training/card.md -o $@

models/views.stance: $(MARKED) $(TABLES) $(wildcard src/views/*.[ch] src/text/*.[ch]) src/learn/container.h | $B/stance
	@mkdir -p models
	$B/stance train -q --views --cost 0.01 --recall 0 --scope quotations training/articles -o $@

# The CLI tests have a small model of their own, so that their results do not change with the training data.
$B/test.stance: tests/fixtures/rows.csv tests/fixtures/recipe.txt $B/stance
	$B/stance train -q --no-rows --recipe tests/fixtures/recipe.txt tests/fixtures/rows.csv -o $@

tests: $(UNIT_X) $(FUZZ_X) $B/test.stance

test:
	@+B=$B ./scripts/test

# A build folder of its own beside build/, so that ../models is the same. The leak checker cannot run under ptrace; elsewhere it is on.
SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:
	@+CFLAGS='$(SANITIZE)' B=build-sanitize ASAN_OPTIONS=detect_stack_use_after_return=1 ./scripts/test unit corpus fuzz cli shared

# Every call of the system that each command makes fails once; make test tries one from each place of the program.
faults: $B/test.stance $B/faults
	@folder=$$(mktemp -d) && cd $$folder && ROOT='$(CURDIR)' B=$B STEP=1 STANCE='$(CURDIR)/$B/stance' STANCE_MODEL='$(CURDIR)/$B/test.stance' \
	  STANCE_VIEWS_MODEL=none bash '$(CURDIR)/tests/scripts/faults.sh'; status=$$?; rm -rf $$folder; exit $$status

# Threads: a build of its own, under ThreadSanitizer.
TSAN_TESTS := pool parallel trainer training tuning file
tsan:
	@+$(MAKE) -s B=build-tsan CFLAGS='-O1 -g -fsanitize=thread' build-tsan/stance $(TSAN_TESTS:%=build-tsan/unit/test_%)
	@./scripts/tsan build-tsan $(TSAN_TESTS)

# Fuzzing, MINUTES over all TARGETS (all). Findings and what was learned stay in build-fuzz; fuzz-coverage shows how much of its files each target reaches.
# RUNS= is so many executions of each target instead, however long that takes. Comparisons are not traced: that took up to three quarters of the time,
# and in equal time as many edges were reached without.
MINUTES ?= 10
RUNS ?=
FUZZ_FLAGS := -O2 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
fuzz:
	@+$(MAKE) -s B=build-fuzz CC=clang CFLAGS='$(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp' FUZZ_ENGINE=-fsanitize=fuzzer fuzz-targets
	@RUNS=$(RUNS) ./scripts/fuzz run build-fuzz $(MINUTES) $(TARGETS)
fuzz-afl:
	@+AFL_QUIET=1 $(MAKE) -s B=build-afl CC=afl-clang-fast CFLAGS='-O1 -g' FUZZ_ENGINE=-fsanitize=fuzzer fuzz-targets
	@./scripts/fuzz afl build-afl $(MINUTES) $(TARGETS)
fuzz-summary:
	@./scripts/fuzz summary build-fuzz 0 $(TARGETS)
fuzz-coverage:
	@+$(MAKE) -s B=build-fuzz-coverage CC=gcc CFLAGS='-O0 -g --coverage' fuzz-targets
	@./scripts/fuzz coverage build-fuzz-coverage 0 $(TARGETS)

lint:
	@./scripts/lint

golden:
	@+B=$B ./scripts/test --golden $(TESTS)

check: test sanitize
	@if command -v clang >/dev/null; then $(MAKE) --no-print-directory CC=clang CFLAGS='-O1 -Werror' B=build-clang build-clang/stance build-clang/libstance.so tests; \
	else echo 'check: no clang here; not built with it'; fi

coverage:
	-@+CFLAGS='-O0 -g --coverage' B=build-coverage ./scripts/test unit corpus fuzz cli
	@if command -v gcovr >/dev/null; then gcovr -r . -f src/ build-coverage/obj; \
	else find build-coverage/obj -name '*.gcda' -exec gcov -n {} + 2>/dev/null | awk -F"'" '/^File .src/ { file = $$2 } /^Lines/ && file { print $$0, file; file = "" }' | sort -t: -k2n; fi

bench: $B/stance models
	@B=$B ./scripts/bench speed $(INPUT)

eval: $B/stance models
	@B=$B ./scripts/bench quality

# Rows of the training corpus that are too alike, lopsided or out of shape.
corpus-check:
	@./scripts/corpus_check

# What more rows and each group of features are worth; MINED=mined.tsv adds a table of `stance mine`.
learning-curve: $B/stance
	@B=$B ./scripts/learning_curve $(if $(MINED),--lexicon $(MINED))

# Views of real articles, and attribution on PolNeAR, with the data of ../shared; both say so when it is not there.
eval-real: $B/stance models
	@python3 scripts/eval_real measure

eval-views: $B/stance models
	@python3 scripts/eval_views engine dev --causes 25
	@python3 scripts/eval_views shipped dev

# classify --db killed at 50 random moments, on the news of ../shared or the articles here
test-kill: $B/stance $B/test.stance
	@dir=$$(mktemp -d) && cd "$$dir" && ROOT='$(CURDIR)' STANCE='$(CURDIR)/$B/stance' STANCE_MODEL='$(CURDIR)/$B/test.stance' STANCE_VIEWS_MODEL=none KILLS=50 \
	  KILL_INPUT="$$(ls '$(CURDIR)/../shared/eval/news/articles.csv' 2>/dev/null || echo many)" bash '$(CURDIR)/tests/scripts/kill.sh'; \
	  status=$$?; cd / && rm -rf "$$dir"; exit $$status

# Manual pages and completions come from the tables that the program parses with, and from src/guides/.
SHELLS := $B/share/stance.bash $B/share/_stance $B/share/stance.fish
GUIDES := $(patsubst src/guides/%.md,$B/man/stance-%.7,$(wildcard src/guides/*.md))
pages: $B/man/made $(GUIDES) $(SHELLS)

$B/man/made: $B/stance
	@mkdir -p $(@D) && rm -f $(@D)/*.1
	$B/stance manual stance -o $(@D)/stance.1
	for page in $$($B/stance manual list | sed 1d); do $B/stance manual "$$page" -o "$(@D)/stance-$$page.1" || exit; done
	@touch $@

$B/man/stance-%.7: src/guides/%.md scripts/manual.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -v name=stance-$* -v version=$(VERSION) -f scripts/manual.awk $< > $@.new && mv $@.new $@

$(SHELLS): $B/stance
	@mkdir -p $(@D)
	$B/stance completions $(if $(filter %.bash,$@),bash,$(if $(filter %.fish,$@),fish,zsh)) -o $@

wheel: $B/libstance.so models
	@B=$B ./scripts/package

test-scale:
	@+B=$B ./scripts/test scale

# Installs what is built; the shared library under its full version, with the links that loader and linker look for.
MAN_DIR := $(PREFIX)/share/man
BASH_DIR := $(PREFIX)/share/bash-completion/completions
ZSH_DIR := $(PREFIX)/share/zsh/site-functions
FISH_DIR := $(PREFIX)/share/fish/vendor_completions.d
install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/include' '$(DESTDIR)$(LIBDIR)/pkgconfig' '$(DESTDIR)$(PREFIX)/share/stance' \
	  '$(DESTDIR)$(MAN_DIR)/man1' '$(DESTDIR)$(MAN_DIR)/man7' '$(DESTDIR)$(BASH_DIR)' '$(DESTDIR)$(ZSH_DIR)' '$(DESTDIR)$(FISH_DIR)'
	install -m 755 $B/stance '$(DESTDIR)$(PREFIX)/bin/stance'
	install -m 644 src/stance.h '$(DESTDIR)$(PREFIX)/include/stance.h'
	install -m 644 $B/libstance.a '$(DESTDIR)$(LIBDIR)/libstance.a'
	install -m 755 $B/libstance.so '$(DESTDIR)$(LIBDIR)/libstance.so.$(VERSION)'
	ln -sf libstance.so.$(VERSION) '$(DESTDIR)$(LIBDIR)/libstance.so.$(SOVERSION)'
	ln -sf libstance.so.$(SOVERSION) '$(DESTDIR)$(LIBDIR)/libstance.so'
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|; s|@PACKAGES@|$(PACKAGES)|' stance.pc.in > '$(DESTDIR)$(LIBDIR)/pkgconfig/stance.pc'
	for model in models/*.stance; do if [ -f "$$model" ]; then install -m 644 "$$model" '$(DESTDIR)$(PREFIX)/share/stance/'; fi; done
	install -m 644 $B/man/*.1 '$(DESTDIR)$(MAN_DIR)/man1/'
	install -m 644 $(GUIDES) '$(DESTDIR)$(MAN_DIR)/man7/'
	install -m 644 $B/share/stance.bash '$(DESTDIR)$(BASH_DIR)/stance'
	install -m 644 $B/share/_stance '$(DESTDIR)$(ZSH_DIR)/_stance'
	install -m 644 $B/share/stance.fish '$(DESTDIR)$(FISH_DIR)/stance.fish'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/stance' '$(DESTDIR)$(PREFIX)/include/stance.h' '$(DESTDIR)$(LIBDIR)/pkgconfig/stance.pc' \
	  '$(DESTDIR)$(LIBDIR)/libstance.a' '$(DESTDIR)$(LIBDIR)/libstance.so' '$(DESTDIR)$(LIBDIR)'/libstance.so.$(SOVERSION)* \
	  '$(DESTDIR)$(BASH_DIR)/stance' '$(DESTDIR)$(ZSH_DIR)/_stance' '$(DESTDIR)$(FISH_DIR)/stance.fish' \
	  '$(DESTDIR)$(MAN_DIR)/man1/stance.1' '$(DESTDIR)$(MAN_DIR)'/man1/stance-*.1 '$(DESTDIR)$(MAN_DIR)'/man7/stance-*.7
	rm -rf '$(DESTDIR)$(PREFIX)/share/stance'

dist:
	@mkdir -p $B
	git archive --prefix=stance-$(VERSION)/ -o $B/stance-$(VERSION).tar.gz HEAD

clean:
	rm -rf $B build-sanitize build-tsan build-clang build-coverage build-fuzz build-afl build-fuzz-coverage models/*.stance

.PHONY: tsan fuzz-summary pages wheel test-scale faults test-kill learning-curve corpus-check fuzz fuzz-afl fuzz-coverage fuzz-targets eval-real eval-views all models tests test sanitize lint golden check coverage bench eval install uninstall dist clean
