import { shellText } from './shell-text.ts'

/** Which tools there are, a folder that is gone at the end, and the status of every process. */
export const workspacePart: string = shellText`
# ---- the tools ----

[ -r "$root/proc/meminfo" ] || fail 3 "$root/proc/meminfo cannot be read"

# The target of a link; nothing where it cannot be read.
target() { readlink "$1" 2>/dev/null; }
has readlink || say 'readlink is missing: names of executable files are not collected'

# A process that holds the lock of its address space would make a reader wait.
if timeout -s KILL 5 true 2>/dev/null; then
    patiently() { timeout -s KILL 60 "$@"; }
else
    say 'timeout is missing: a hanging process can hold this up'
    patiently() { "$@"; }
fi

has_stat=yes
stat -L -c %b / >/dev/null 2>&1 || has_stat=''
[ -n "$has_stat" ] || say 'stat is missing: memory that ended processes left in a region is not collected'

has_pages=yes
for tool in dd od cut uniq; do
    if ! has "$tool"; then
        has_pages=''
        say "$tool is missing: pagemap is not collected, and touched pages will be estimated"
    fi
done
entry=$(printf '\0\0\0\0\0\0\0\0' | od -An -v -tx8 -w8 2>/dev/null)
if [ -n "$has_pages" ] && [ "$entry" != ' 0000000000000000' ]; then
    has_pages=''
    say 'od cannot print entries of pagemap: touched pages will be estimated'
fi

[ -n "$out" ] || out=mshare-plan-$(cat /proc/sys/kernel/hostname).tar.gz
if [ "$out" = - ]; then
    [ ! -t 1 ] || fail 2 'standard output is a terminal; write -o FILE'
    place=\${TMPDIR:-/tmp}/
else
    case $out in /*) ;; *) out=./$out ;; esac
    [ ! -d "$out" ] || fail 2 "$out is a directory"
    if [ -e "$out" ] && [ ! -f "$out" ]; then fail 3 "cannot write $out: not a regular file"; fi
    # A link stays a link: its target is written, or made.
    kept=$out links=''
    while [ -L "$kept" ]; do
        link=$(target "$kept") links=$links.
        case $link in /*) kept=$link ;; *) kept=\${kept%/*}/$link ;; esac
        if [ -z "$link" ] || [ "\${#links}" -gt 40 ]; then fail 3 "cannot follow the link $out"; fi
    done
    place=\${kept%/*}/
fi
[ -d "$place" ] || fail 3 "cannot write in $place: the directory is missing"

# ---- a folder next to the archive, gone at the end ----

work=''
clean() {
    trap '' HUP INT QUIT PIPE TERM
    [ -z "$work" ] || rm -rf "$work"
}
trap clean EXIT
# The status is 128 and the signal.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 131' QUIT
trap 'exit 141' PIPE
trap 'exit 143' TERM

# Ends where nothing can be written.
writable() {
    why=$({ cat "$root/proc/meminfo" >"$work/probe"; } 2>&1) || unwritable
}

# Ends for the reason of a tool.
unwritable() {
    case $why in *'No space left'*) why='the disk is full' ;; esac
    fail 3 "cannot write in $place: \${why##*: }"
}

# Ends; a full disk is the reason before any other.
stop() {
    why=$*
    case $why in *'No space left'*) unwritable ;; esac
    writable
    fail 3 "\${*:-cannot write in $place}"
}

note() { echo "$@" 2>/dev/null >>"$notes" || stop; }

if has mktemp; then
    work=$(mktemp -d "$place.mshare-plan-XXXXXX" 2>&1) || { why=$work work=''; unwritable; }
else
    why=$(mkdir "$place.mshare-plan-$$" 2>&1) || unwritable
    work=$place.mshare-plan-$$
fi
into=$work/collected
notes=$into/mshare-plan/collected
mkdir "$into" "$into/mshare-plan" "$into/mshare-plan/touched" "$into/proc" 2>/dev/null || stop
note version 1

# Copies a regular file. False where it cannot be read.
copy() {
    if [ ! -f "$1" ] || [ -L "$1" ]; then return 1; fi
    patiently cat "$1" >"$2" 2>/dev/null && return 0
    writable
    rm -f "$2"
    return 1
}

# ---- every process: its status ----

self=''
[ -n "$root" ] || self=$$
listed=''
for folder in "$root"/proc/[1-9]*; do
    pid=\${folder##*/}
    case $pid in *[!0-9]*) continue ;; esac
    [ "$pid" = "$self" ] || listed="$listed $pid"
done
[ -n "$listed" ] || fail 3 "$root/proc has no processes"

# Digits and spaces, which the shell is to take apart.
(cd "$into/proc" && eval "mkdir $listed") 2>/dev/null || stop

for pid in $listed; do
    copy "$root/proc/$pid/status" "$into/proc/$pid/status" && continue
    if [ -d "$root/proc/$pid" ]; then
        note "refused $pid status denied"
    else
        note "gone $pid"
    fi
done
`
