# SPDX-License-Identifier: MIT
# make install into a DESTDIR: the program finds its model, a program builds against the library by pkg-config, uninstall leaves nothing.
set -u
[ "$B" = build ] || { echo "installs the plain build only" >&2; exit 77; }
fail() { echo "$@"; exit 1; }
quiet() { "$@" >log 2>&1 </dev/null || { cat log; fail "failed: $*"; }; }
dest=$PWD/dest
unset STANCE_MODEL
# a prefix of its own would build the program anew; the default one is enough to see every path
quiet make -C "$ROOT" install DESTDIR="$dest"
root=$dest/usr/local
for file in bin/stance include/stance.h lib/libstance.a lib/libstance.so lib/pkgconfig/stance.pc share/stance/default.stance share/man/man1/stance.1 \
  share/man/man1/stance-classify.1 share/man/man7/stance-faq.7 share/bash-completion/completions/stance share/zsh/site-functions/_stance \
  share/fish/vendor_completions.d/stance.fish; do
  [ -f "$root/$file" ] || fail "not installed: $file"
done
[ "$(readlink "$root/lib/libstance.so")" = libstance.so.0 ] || fail "libstance.so points elsewhere"
[ -f "$root/lib/libstance.so.0" ] || fail "no libstance.so.0"
cat >use.c <<'END'
#include <stance.h>
#include <string.h>
int main(int argc, char **argv)
{
    stance_error err = {0};
    stance_model *model = argc > 1 ? stance_model_open(argv[1], &err) : NULL;
    int ok = model && stance_model_labels(model) == 3 && !strcmp(stance_model_label(model, 0), "bullish");
    stance_model_free(model);
    return !ok;
}
END
flags=$(PKG_CONFIG_SYSROOT_DIR=$dest PKG_CONFIG_PATH=$root/lib/pkgconfig pkg-config --cflags --libs stance) || fail "no stance.pc"
quiet cc -o use use.c $flags
LD_LIBRARY_PATH=$root/lib ./use "$root/share/stance/default.stance" || fail "the installed library does not open the installed model"
if [ -e /proc/self/exe ]; then
  "$root/bin/stance" classify -q "$ROOT/tests/fixtures/news/b.txt" >views 2>err || { cat err; fail "the installed program does not find its model"; }
  [ "$(wc -l <views)" -eq 2 ] || fail "the installed program found $(wc -l <views) views, not 2"
fi
quiet make -C "$ROOT" uninstall DESTDIR="$dest"
left=$(find "$dest" ! -type d)
[ -z "$left" ] || fail "left behind: $left"
