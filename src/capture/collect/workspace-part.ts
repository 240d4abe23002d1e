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
    place=\${out%/*}/
fi

# ---- a folder of its own, next to the archive, gone at the end whatever happens ----

work=''
clean() {
    trap '' HUP INT TERM
    [ -z "$work" ] || rm -rf "$work"
}
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if has mktemp; then
    work=$(mktemp -d "$place.mshare-plan-XXXXXX") || fail 3 "nothing can be written in $place"
else
    mkdir "$place.mshare-plan-$$" || fail 3 "nothing can be written in $place"
    work=$place.mshare-plan-$$
fi
into=$work/collected
mkdir "$into" "$into/mshare-plan" "$into/mshare-plan/touched" "$into/proc" || exit 3
notes=$into/mshare-plan/collected
echo 'version 1' >"$notes" || fail 3 "nothing can be written in $place"

# Copies a regular file. False where it cannot be read; it ends where nothing can be written.
copy() {
    if [ ! -f "$1" ] || [ -L "$1" ]; then return 1; fi
    patiently cat "$1" >"$2" 2>/dev/null && return 0
    rm -f "$2"
    checked "$2"
    return 1
}

# Whether it was the disk that failed.
checked() {
    if ! echo >"$1.probe" 2>/dev/null; then fail 3 "cannot write in $place: is the disk full?"; fi
    rm -f "$1.probe"
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
(cd "$into/proc" && eval "mkdir $listed") || exit 3

for pid in $listed; do
    copy "$root/proc/$pid/status" "$into/proc/$pid/status" && continue
    if [ -d "$root/proc/$pid" ]; then
        echo "refused $pid status denied" >>"$notes"
    else
        echo "gone $pid" >>"$notes"
    fi
done
`
