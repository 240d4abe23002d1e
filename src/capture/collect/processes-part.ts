import { shellText } from './shell-text.ts'

/** What is read of each chosen process. */
export const processesPart: string = shellText`
# The highest page of the stack that is mapped once, which tells address spaces apart. The kernel
# shows it to root only. The archive has another number for it, which does not say where it lies.
stack_page() {
    first=$(($2 > 512 ? $2 - 512 : 0))
    dd if="$1" bs=4096 skip="$((first / 512))" count=2 2>/dev/null | od -An -v -tx8 -w8 |
        awk -v pid="$3" -v start="$((first / 512 * 512))" -v first="$first" -v end="$2" '
            { page = start + NR - 1; frame = substr($1, 4) }
            page < first || page >= end || $1 !~ /^[89a-f]/ || frame ~ /^0+$/ { next }
            { any = page; if (substr($1, 2, 1) ~ /[13579bdf]/) { own = page; number = frame } }
            END {
                if (own != "") printf "%s %.0f %s\n", pid, own, number
                else if (any != "") printf "%s %.0f -\n", pid, any
            }'
}

# Shared memory of which some was left by processes that have ended: blocks of 512 bytes.
stored() {
    while read -r what range; do
        if [ "$what" != stored ] || [ -z "$has_stat" ]; then continue; fi
        blocks=$(patiently stat -L -c %b "$root/proc/$1/map_files/$range" 2>/dev/null) || continue
        note "stored $1 $range $blocks"
    done <"$work/plan"
}

gather() {
    from=$root/proc/$1
    here=$into/proc/$1
    for file in cgroup oom_score_adj; do copy "$from/$file" "$here/$file"; done
    if [ "$arguments" = all ]; then
        copy "$from/cmdline" "$here/cmdline"
    elif [ "$arguments" = needed ]; then
        title=$(patiently cat "$from/cmdline" 2>/dev/null | tr '\0\t\n' '   ')
        printf '%s\t%s\n' "$1" "$title" 2>/dev/null >>"$work/titles" || stop
    fi
    link=$(target "$from/exe")
    [ -z "$link" ] || ln -s -- "$link" "$here/exe"
    if copy "$from/smaps" "$here/smaps"; then
        # Of what has ended meanwhile nothing is left to read.
        why=$({ planned <"$here/smaps" >"$work/plan"; } 2>&1) || stop "awk failed: $why"
        details "$1"
    elif [ ! -d "$from" ]; then
        rm -rf "$here"
        note "gone $1"
    else
        unread=$((unread + 1))
        for file in smaps maps; do
            if [ ! -f "$from/$file" ]; then continue; fi
            if [ "$file" = maps ] && copy "$from/maps" "$here/maps"; then continue; fi
            note "refused $1 $file denied"
        done
    fi
}

# What is not in its smaps.
details() {
    while read -r what page; do
        case $what in
            sysv)
                link=$(target "$from/ns/ipc")
                [ -z "$link" ] || note "ipc $1 $link"
                ;;
            stack)
                [ -z "$has_pages" ] || stack_page "$from/pagemap" "$page" "$1" 2>/dev/null >>"$work/frames" || writable
                ;;
        esac
    done <"$work/plan"
    stored "$1"
    if [ -n "$has_pages" ] && grep -q '^[fr]' "$work/plan"; then
        if ! touched "$from/pagemap" >"$into/mshare-plan/touched/$1" 2>/dev/null; then
            writable
            rm -f "$into/mshare-plan/touched/$1"
            [ ! -d "$from" ] || note "refused $1 pagemap denied"
        fi
    fi
}

# A table of x86-64 spans 2 MiB; elsewhere some span less.
span=1048576
case $(uname -m 2>/dev/null) in x86_64 | amd64) span=2097152 ;; esac
for file in known titles frames unfinished; do true >"$work/$file" || stop; done
all=$(grep -c . "$work/chosen")
finished=0 unread=0
while read -r pid; do
    gather "$pid"
    finished=$((finished + 1))
    [ "$((finished % 100))" -ne 0 ] || say "$finished of $all processes"
done <"$work/chosen"

awk '{ if ($3 == "-") print "frame", $1, $2, "-"
       else { if (!($3 in known)) known[$3] = ++count; print "frame", $1, $2, known[$3] } }' \
    "$work/frames" 2>/dev/null >>"$notes" || stop 'awk failed'
`
