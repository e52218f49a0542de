# SPDX-License-Identifier: MIT
# Articles to views: a folder, walked in order, as CSV; outlets and dates from the meta file, by file name or by id.
. "$ROOT/tests/cli/common.bash"
run extract "$news" -f csv
run extract -q --meta "$meta" "$news" -f csv | columns "$main_columns"
printf 'id,outlet\nb,Sunday Post\nzz,Nobody\n' >ids.csv
run extract --meta ids.csv "$news" -f csv | columns "$main_columns"
run extract -q "$news/b.txt" -f jsonl
run extract -q "$news" -f tsv | cut -f 3,8,15
