# SPDX-License-Identifier: MIT
# Every rule of scripts/lint is seen to fail once: a small tree that keeps all of them, then one breach at a time.
set -u
failures=0

tree() {
  rm -rf tree
  mkdir -p tree/src/base tree/src/text tree/src/views tree/src/cli tree/tests/unit tree/tests/cli tree/scripts
  echo 'int public;' >tree/src/stance.h
  echo '#include "base/a.h"' >tree/src/stance.c
  printf '#include <stdio.h>\n#include <linear.h>\n#include "../stance.h"\n\nint f(int x)\n{\n    return x;\n}\n' >tree/src/base/a.c
  printf '#include "../base/a.h"\n' >tree/src/text/t.c
  printf '#include "../text/t.h"\n' >tree/src/views/v.c
  printf '#include "options.h"\n' >tree/src/cli/cmd_x.c
  touch tree/src/base/a.h tree/tests/unit/test_{a,t,v,stance}.c tree/tests/cli/x.sh
}

# expect STATUS PATTERN: what lint says of the tree as it is.
expect() {
  local said status
  said=$(bash "$ROOT/scripts/lint" tree 2>&1)
  status=$?
  if [ "$status" != "$1" ] || ! grep -qE "$2" <<<"$said"; then
    printf 'expected status %s and "%s", got %s:\n%s\n' "$1" "$2" "$status" "$said"
    failures=$((failures + 1))
  fi
}

tree; expect 0 'no breach'
tree; echo '#include "../views/v.h"' >>tree/src/text/t.c; expect 1 't.c:2: text may not include views'
tree; echo '#include "text/t.h"' >>tree/src/base/a.h; expect 0 'no breach'
tree; echo '#include "../text/../views/v.h"' >>tree/src/base/a.h; expect 1 'a.h:1: base may not include views'
tree; echo '#include "../base/a.h"' >tree/src/cli/cmd_x.c; expect 0 'no breach'
tree; echo '#include "../text/t.h"' >tree/src/cli/cmd_x.c; expect 0 'no breach'
tree; echo '#include "../views/v.h"' >tree/src/cli/cmd_x.c; expect 1 'cli may not include views'
tree; mkdir tree/src/io tree/src/report; touch tree/tests/unit/test_{r,s}.c; echo '#include "../text/t.h"' >tree/src/io/r.c
printf '#include "../io/r.h"\n#include "../text/t.h"\n' >tree/src/report/s.c; expect 0 'no breach'
echo '#include "../report/s.h"' >>tree/src/io/r.c; expect 1 'r.c:2: io may not include report'
tree; echo '#include "../io/r.h"' >>tree/src/text/t.c; expect 1 't.c:2: text may not include io'
tree; mkdir tree/src/attic; echo >tree/src/attic/z.c; touch tree/tests/unit/test_z.c; expect 1 'z.c: a room that'
tree; echo '#include <linear.h>' >>tree/src/text/t.c; expect 1 't.c:2: <linear.h> lives in src/base/a.c'
tree; { printf 'void\nlonger(void)\n{\n'; seq -f '    f(%g);' 120; echo '}'; } >>tree/src/base/a.c; expect 1 'longer has 12[0-9] lines, more than 100'
tree; { printf 'static void long_one(void)\n{\n'; seq -f '    f(%g);' 80; echo '}'; } >>tree/src/base/a.c; expect 0 'long: src/base/a.c:9: long_one has 83 lines'
tree; { printf 'static const int table[] = {\n'; seq -f '    %g,' 200; echo '};'; } >>tree/src/base/a.c; expect 0 'longest 4 '
tree; printf 'int\tx;\n' >>tree/src/base/a.c; expect 1 'no tabs'
tree; printf '// %0171d\n' 0 >>tree/src/base/a.c; expect 1 'a.c:9: 174 columns'
tree; { printf '// '; printf '“%.0s' {1..167}; echo; } >>tree/src/base/a.c; expect 0 'no breach'
tree; rm tree/tests/unit/test_t.c; expect 1 'src/text/t.c: no tests/unit/test_t.c'
tree; rm tree/tests/cli/x.sh; expect 1 'src/cli/cmd_x.c: no tests/cli/x'
tree; echo '// TO''DO: later' >>tree/src/base/a.c; expect 1 'a.c:9:// TO''DO'
tree; echo 'cp x /ho''me/me/x' >tree/scripts/s; expect 1 'scripts/s:1:'
[ "$failures" = 0 ]
