# SPDX-License-Identifier: MIT
# train writes into a device as it is: it fails when that is full, and never puts a file in its place.
. "$ROOT/tests/cli/common.bash"
full_device
"$STANCE" train -q --recipe "$recipe" "$rows" -o $full 2>err
echo "[$?]"
sed "s:^stance\: $full:stance\: full:" err
[ -c $full ] && echo "still a device"
run train -q --recipe "$recipe" "$rows" -o missing/m.stance
run train -q --recipe "$recipe" "$rows" -o .
