# SPDX-License-Identifier: MIT
# The shared library shows what stance.h declares with STANCE_API, nothing more and nothing less, under its soname.
set -u
command -v nm >/dev/null && command -v objdump >/dev/null || { echo "no nm or objdump" >&2; exit 77; }
library=$ROOT/$B/libstance.so
nm -D --defined-only "$library" | awk '$2 != "A" { print $3 }' | sort >shown
tr '\n' ' ' <"$ROOT/src/stance.h" | grep -oE 'STANCE_API [^(;]*\(' | grep -oE 'stance_[a-z0-9_]+ ?\($' | tr -d ' (' | sort >promised
[ "$(wc -l <promised)" -gt 50 ] || { echo "only $(wc -l <promised) functions read from stance.h"; exit 1; }
diff promised shown || { echo "< promised by stance.h, > shown by libstance.so"; exit 1; }
version=$(sed -n 's/^.define STANCE_VERSION "\([0-9]*\).*/\1/p' "$ROOT/src/stance.h")
objdump -p "$library" | grep -q "SONAME *libstance.so.$version\$" || { echo "another soname than libstance.so.$version"; exit 1; }
