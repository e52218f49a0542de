# SPDX-License-Identifier: MIT
# Interrupted: status 130, and no half file.
. "$ROOT/tests/cli/common.bash"
mkfifo pipe
sleep 20 >pipe &
timeout --preserve-status -s INT 2 "$STANCE" extract - -o views.jsonl <pipe
echo "[$?]"
kill %1
ls
