#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Classifies articles in shards as a Slurm job array; the same command again hands in what is missing.
# Method: task I of the array runs `stance classify --shard I/N`, which writes its file whole or not at all; --merge makes OUT/views.jsonl and
#   OUT/errors.jsonl when every shard is there. Poll squeue, or give --wait.
# Limits: the nodes share the file system of OUT, INPUT and stance; every shard reads the whole input (see scripts/SCALE.md).
# usage: scripts/slurm_classify.sh [-n SHARDS] [--wait] [--sbatch 'OPTIONS'] OUT INPUT... [-- OPTION...]     options of stance classify behind --
#        scripts/slurm_classify.sh --merge OUT
#   $STANCE: the program (stance). Status: 0 done, 1 merged with bad records, 2 usage, 3 some shards are missing.
set -uo pipefail
export LC_ALL=C
die() { local status=$1; shift; echo "slurm_classify: $*" >&2; exit "$status"; }

# Lines "shards", then the command, one word a line as printf %q writes it.
read_call() { [ -f "$1/call" ] || die 2 "$1 holds no run"; mapfile -t call <"$1/call"; }

# One element of the array; called by Slurm, which has copied this script elsewhere.
task() {
  local out=$1 i=$SLURM_ARRAY_TASK_ID call status
  read_call "$out"
  eval "set -- ${call[*]:1}"
  "$@" -q -j "${SLURM_CPUS_PER_TASK:-1}" -f jsonl --on-error record --shard "$i/${call[0]}" -o "$out/$i.jsonl" 2>"$out/log/$i"
  status=$?
  # bad records are no failure of the task
  [ $status -le 1 ] || { cat "$out/log/$i" >&2; exit $status; }
}

missing() {
  local i
  for ((i = 0; i < $2; i++)); do [ -f "$1/$i.jsonl" ] || printf '%s%d' "${comma-}" "$i"; [ -f "$1/$i.jsonl" ] || comma=,; done
}

merge() {
  local out=$1 left call
  read_call "$out"
  left=$(missing "$out" "${call[0]}")
  [ -z "$left" ] || die 3 "shards $left are missing; see $out/log, and run the command of the first time again"
  exec "$(dirname "$0")/join_shards" slurm_classify "$out" "${call[0]}"
}

if [ "${1-}" = --task ]; then task "$2"; exit; fi
if [ "${1-}" = --merge ]; then merge "${2:?the folder of a run}"; exit; fi
shards=64 wait='' more=() stance=${STANCE:-stance}
while [ $# -gt 0 ]; do
  case $1 in
  -n) shards=${2-}; shift 2 ;;
  --wait) wait=1; shift ;;
  --sbatch) read -ra more <<<"${2-}"; shift 2 ;;
  -*) die 2 "$1: no such option; the head of this script tells which there are" ;;
  *) break ;;
  esac
done
[ $# -ge 2 ] || die 2 "an output folder and an input are needed"
[[ $shards =~ ^[1-9][0-9]*$ ]] || die 2 "-n $shards: a whole number is needed"
command -v sbatch >/dev/null || die 2 "Slurm is not here (no sbatch)"
out=$1 inputs=() options=()
shift
while [ $# -gt 0 ] && [ "$1" != -- ]; do inputs+=("$1"); shift; done
[ $# -gt 0 ] && { shift; options=("$@"); }
mkdir -p "$out/log" || die 2 "$out cannot be made"
printf '%s\n' "$shards" "$(printf '%q ' "$stance" classify ${options[@]+"${options[@]}"} "${inputs[@]}")" >"$out/call.new"
if [ -f "$out/call" ] && ! cmp -s "$out/call" "$out/call.new"; then die 2 "$out holds another run: $(tail -n +2 "$out/call"); name a new folder"; fi
mv "$out/call.new" "$out/call"
array=$(missing "$out" "$shards")
[ -n "$array" ] || merge "$out"
[ -n "$array" ] || exit 0
job=$(sbatch --parsable --array="$array" --job-name=stance --output="$out/log/slurm-%a" ${more[@]+"${more[@]}"} "$0" --task "$out") || die 3 "sbatch does not take the job"
echo "slurm_classify: job ${job%%;*} with $(tr -cd , <<<"$array" | wc -c | awk '{ print $1 + 1 }') shards; then: $0 --merge $out" >&2
[ -n "$wait" ] || exit 0
while [ -n "$(squeue -h -j "${job%%;*}" 2>/dev/null)" ]; do sleep 3; done
merge "$out"
