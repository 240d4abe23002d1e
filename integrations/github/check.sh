#!/usr/bin/env bash
# Runs `mshare-plan check` for action.yml and ends with its exit status.
# In: MSHARE_PLAN_FILES and MSHARE_PLAN_ARGS, one word a line; MSHARE_PLAN_VERSION.
# Out: json, verdict and status in the file that GITHUB_OUTPUT names.
set -uo pipefail

if [[ ! $MSHARE_PLAN_VERSION =~ ^[0-9A-Za-z.^~-]+$ ]]; then
  echo 'mshare-plan: version must be a release, such as 0.1.0, or a tag' >&2
  exit 2
fi

words=()
while IFS= read -r word || [[ -n $word ]]; do
  word=${word%$'\r'}
  [[ -n $word ]] && words+=("$word")
done <<<"$MSHARE_PLAN_ARGS"
words+=(--)
while IFS= read -r word || [[ -n $word ]]; do
  word=${word%$'\r'}
  [[ -n $word ]] && words+=("$word")
done <<<"$MSHARE_PLAN_FILES"

folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/mshare-plan-XXXXXX") || exit 3
json=$folder/results.json
summary=$folder/summary.md

# In a job the program prints the table, which it keeps from the runner, and annotations behind it.
npx --yes "mshare-plan@$MSHARE_PLAN_VERSION" check -o - -o "$json" -o "$summary" "${words[@]}" 2>"$folder/errors"
status=$?

# Errors show names of scenarios: meanwhile the runner must not take a line for a command.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
cat "$folder/errors"
echo "::$token::"
[[ -f $summary && -n ${GITHUB_STEP_SUMMARY:-} ]] && cat "$summary" >>"$GITHUB_STEP_SUMMARY"

# There are results only where every file could be judged. With --exit-zero the status says nothing.
verdict=error
if [[ -f $json ]]; then
  verdict=$(
    node -e '
      const { results, ...only } = JSON.parse(require("node:fs").readFileSync(process.argv[1]))
      const fails = (results ?? [only]).some(({ verdict }) => verdict === "fail")
      console.log(fails ? "fail" : "pass")
    ' "$json"
  ) || verdict=error
else
  json=
fi
{
  echo "json=$json"
  echo "verdict=$verdict"
  echo "status=$status"
} >>"$GITHUB_OUTPUT"
exit "$status"
