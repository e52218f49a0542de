# SPDX-License-Identifier: MIT
# Figures per class, by a model or by cross-validation.
. "$ROOT/tests/cli/common.bash"
shape() { sed -E 's/[0-9]\.[0-9]+/N/g; s/ +/ /g'; }
run eval "$rows" | shape
run eval --cv 3 --recipe "$recipe" "$rows" | shape | head -n 12
