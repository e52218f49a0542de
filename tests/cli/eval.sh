# SPDX-License-Identifier: MIT
# Figures per class, by a model or by cross-validation.
. "$ROOT/tests/cli/common.bash"
shape() { sed -E 's/[0-9]\.[0-9]+/N/g; s/ +/ /g'; }
run eval "$rows" | shape
run eval --cv 3 --recipe "$recipe" "$rows" | shape | head -n 12
# Values of a column in two parts.
run eval --hold-out target --cv 2 --recipe "$recipe" --predictions p.csv "$rows" | shape | grep macro
run eval --hold-out target --cv 1 "$rows"
