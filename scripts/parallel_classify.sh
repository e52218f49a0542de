#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Classifies articles in shards by GNU parallel; goes on after a crash.
# Method: one `stance classify --shard I/N` per shard, which writes its file whole or not at all; parallel's job log tells what is done. When every
#   shard is there, OUT/views.jsonl and OUT/errors.jsonl are made of them. The same command again goes on where the last run ended.
# Limits: every shard reads the whole input and skips the articles of others; scripts/SCALE.md says from which N that costs more than it brings.
# usage: scripts/parallel_classify.sh [-n SHARDS] [-j JOBS] OUT INPUT... [-- OPTION...]    options of stance classify behind --
#   $STANCE: the program (stance). Status: 0 done, 1 done with bad records, 2 usage, 3 some shards failed.
set -uo pipefail
export LC_ALL=C
stance=${STANCE:-stance} shards='' jobs=''

die() { local status=$1; shift; echo "parallel_classify: $*" >&2; exit "$status"; }

while [ $# -gt 0 ]; do
  case $1 in
  -n) shards=${2-}; shift 2 ;;
  -j) jobs=${2-}; shift 2 ;;
  -*) die 2 "$1: no such option; the head of this script tells which there are" ;;
  *) break ;;
  esac
done
[ $# -ge 2 ] || die 2 "an output folder and an input are needed"
out=$1 inputs=() options=()
shift
while [ $# -gt 0 ] && [ "$1" != -- ]; do inputs+=("$1"); shift; done
[ $# -gt 0 ] && { shift; options=("$@"); }
command -v parallel >/dev/null || die 2 "GNU parallel is not here (package parallel)"
cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
shards=${shards:-$((4 * cores))}
[[ $shards =~ ^[1-9][0-9]*$ ]] || die 2 "-n $shards: a whole number is needed"
mkdir -p "$out/log" || die 2 "$out cannot be made"

# What is there already must come from the same call.
call=$(printf '%q ' "$stance" "$shards" "${inputs[@]}" -- ${options[@]+"${options[@]}"})
if [ -f "$out/call" ]; then
  [ "$(cat "$out/call")" = "$call" ] || die 2 "$out holds another run: $(cat "$out/call"); name a new folder"
else
  echo "$call" >"$out/call"
fi

# Bad records are no reason to run a shard again: status 1 is success here.
task() {
  local i=$1 n=$2 out=$3 status
  shift 3
  "$@" -q -j 1 -f jsonl --on-error record --shard "$i/$n" -o "$out/$i.jsonl" 2>"$out/log/$i"
  status=$?
  [ $status -le 1 ] || { cat "$out/log/$i" >&2; return $status; }
}
export -f task

SHELL=$(command -v bash) parallel --joblog "$out/joblog" --resume-failed --retries 2 --env task ${jobs:+-j "$jobs"} \
  task {} "$shards" "$(printf %q "$out")" "$(printf %q "$stance")" classify ${options[@]+"$(printf '%q ' "${options[@]}")"} "$(printf '%q ' "${inputs[@]}")" \
  ::: $(seq 0 $((shards - 1)))

missing=()
for ((i = 0; i < shards; i++)); do [ -f "$out/$i.jsonl" ] || missing+=("$i"); done
[ ${#missing[@]} -eq 0 ] || die 3 "${#missing[@]} of $shards shards failed (${missing[*]:0:5}); see $out/log, and run the same command again"
exec "$(dirname "$0")/join_shards" parallel_classify "$out" "$shards"
