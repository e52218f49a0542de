# SPDX-License-Identifier: MIT
# The reader of the pipe goes away while help is printed: quiet success.
. "$ROOT/tests/cli/common.bash"
for option in --help --version 'classify --help'; do
  { sleep 0.1; "$STANCE" $option; echo "$option $?" >&2; } | true
done
