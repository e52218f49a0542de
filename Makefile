# SPDX-License-Identifier: MIT
# make            build/stance, libstance and the shipped models
# make test       every test; make sanitize: the same under ASan and UBSan
# make install    DESTDIR= PREFIX=/usr/local
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
DESTDIR ?=
B ?= build
PKG_CONFIG ?= pkg-config
VERSION := $(shell sed -n 's/^.define STANCE_VERSION "\(.*\)"/\1/p' src/stance.h)
SOVERSION := $(firstword $(subst ., ,$(VERSION)))

PACKAGES := libutf8proc libxml-2.0 yajl sqlite3 zlib libxxhash
override CFLAGS += -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -fPIC -fvisibility=hidden -pthread \
  -ffp-contract=off -D_POSIX_C_SOURCE=200809L -DSTANCE_SHARE='"$(PREFIX)/share/stance"' $(shell $(PKG_CONFIG) --cflags $(PACKAGES))
# liblinear and libcsv ship no .pc file in Debian
LDLIBS += $(shell $(PKG_CONFIG) --libs $(PACKAGES)) -llinear -lcsv -lm

CLI := $(wildcard src/cli/*.c)
LIB := $(filter-out $(CLI),$(wildcard src/*.c src/*/*.c))
LIB_O := $(LIB:src/%.c=$B/obj/%.o)
CLI_O := $(CLI:src/%.c=$B/obj/%.o)
UNIT := $(wildcard tests/unit/test_*.c)
UNIT_X := $(UNIT:tests/unit/%.c=$B/unit/%)
TABLES := $(wildcard data/*.tsv)

all: $B/stance $B/libstance.so models

$B/stance: $(CLI_O) $B/libstance.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/libstance.a: $(LIB_O)
	@rm -f $@
	$(AR) rcs $@ $^

$B/libstance.so: $(LIB_O)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libstance.so.$(SOVERSION) -o $@ $^ $(LDLIBS)

$B/obj/%.o: src/%.c | $B/gen/tables.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -I$B/gen -MMD -MP -c -o $@ $<

# Language knowledge is data: the TSV files become C tables.
$B/gen/tables.h: $(TABLES) scripts/tables.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f scripts/tables.awk $(TABLES) > $@.new && mv $@.new $@

$B/obj/views/%.o $B/obj/text/%.o $B/obj/learn/%.o: $B/gen/tables.h

$B/unit/%: tests/unit/%.c $B/libstance.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Isrc -I$B/gen $(LDFLAGS) -o $@ $< $B/libstance.a $(LDLIBS) -lcmocka

-include $(LIB_O:.o=.d) $(CLI_O:.o=.d)

clean:
	rm -rf $B models/*.stance

.PHONY: all clean
