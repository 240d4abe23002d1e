import type { Shell } from '../arguments/shells.ts'

/**
 * The completion script of each shell. A script knows nothing of the program: it hands over the
 * line and gets candidates, so that a script of an older release completes newer options.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  // Runs in bash 3.2 too, which has neither compopt nor mapfile.
  bash: script`# Completion of mshare-plan in bash. Load it from ~/.bashrc:
#   source <(mshare-plan completion bash)

_mshare_plan() {
    local line space=
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(mshare-plan __complete bash "$COMP_CWORD" "\${COMP_POINT-}" "\${COMP_LINE-}" \
        "\${COMP_WORDS[@]}" 2>/dev/null </dev/null)
    space=\${COMPREPLY[0]-}
    COMPREPLY=("\${COMPREPLY[@]:1}")
    case $space in
        space) ;;
        nospace) compopt -o nospace 2>/dev/null ;;
        *) COMPREPLY=() ;;
    esac
    return 0
}

if [[ \${BASH_VERSINFO[0]} -ge 4 ]]; then
    complete -F _mshare_plan mshare-plan
else
    complete -o nospace -F _mshare_plan mshare-plan
fi
`,
  zsh: script`#compdef mshare-plan
# Completion of mshare-plan in zsh. Put it into a directory of $fpath:
#   mshare-plan completion zsh > ~/.zfunc/_mshare-plan

_mshare-plan() {
  local line pattern
  local -a typed answer open closed
  typed=("\${(@)words}")
  typed[CURRENT]=$QIPREFIX$PREFIX
  answer=("\${(@f)$(mshare-plan __complete zsh $CURRENT "\${(@)typed}" 2>/dev/null </dev/null)}")
  [[ \${answer[1]} == <->\ * ]] || return 1
  for line in "\${(@)answer[2,-1]}"; do
    case $line in
      (+*) open+=("\${line[2,-1]}") ;;
      (-*) closed+=("\${line[2,-1]}") ;;
    esac
  done
  pattern=\${answer[1]#* }
  compset -p \${answer[1]%% *}
  local -i failed=1
  if (( $#open + $#closed )); then
    _describe -V value closed -- open -S '' && failed=0
  fi
  if [[ -n $pattern ]]; then
    _files -g "$pattern" && failed=0
  fi
  return failed
}

if [[ \${funcstack[1]} == _mshare-plan ]]; then
  _mshare-plan "$@"
else
  compdef _mshare-plan mshare-plan
fi
`,
  fish: script`# Completion of mshare-plan in fish. Put it where fish looks:
#   mshare-plan completion fish > ~/.config/fish/completions/mshare-plan.fish

function __mshare_plan_complete
    type -q mshare-plan; or return
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    set -l all (commandline -op)
    set -l after (count $before)
    test -n "$word"; and set after (math $after + 1)
    mshare-plan __complete fish (count $before) $before "$word" $all[(math $after + 1)..-1] 2>/dev/null </dev/null
end

complete -c mshare-plan -k -f -a '(__mshare_plan_complete)'
`,
}

/** What is written, but for the backslash that keeps TypeScript from filling in `${…}`. */
function script({ raw }: TemplateStringsArray): string {
  return raw.join('').replaceAll('\\${', '${')
}
