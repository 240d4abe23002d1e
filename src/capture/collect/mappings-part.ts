import { shellText } from './shell-text.ts'

/** What smaps and pagemap show of a process. */
export const mappingsPart: string = shellText`
# ---- what capture reads of each chosen process ----

# Reads smaps of a process, and says what else to look at. Numbers are in base pages.
# read: pages to look up in pagemap. full: pages that are all in memory. stack: where it ends.
# stored: shared memory, to be asked for its blocks; once is enough.
planned() {
    awk -v known="$work/known" -v span="$span" '
function hex(text,    at, value) {
    value = 0
    for (at = 1; at <= length(text); at += 1) value = value * 16 + digit[substr(text, at, 1)]
    return value
}
function finished(    present, size, first, last) {
    if (start == "") return
    size = kib["Size"]
    present = kib["Rss"] + kib["Swap"]
    huge = kib["Shared_Hugetlb"] + kib["Private_Hugetlb"]
    page = kib["KernelPageSize"]
    if (page > 0 && (base == 0 || page < base)) base = page
    if (name == "[stack]") stack = end
    if (shared && page <= 64) store()
    if (present + huge == 0 || (size <= page && !shared)) return
    first = hex(start)
    last = first + size * 1024
    crosses = int(first / span) < int((last - 1) / span)
    if (!shared && page <= 64 && !crosses) return
    count += 1
    kind[count] = kib["Rss"] + huge >= size ? "full" : "read"
    from[count] = first
    bytes[count] = size * 1024
}
function store(    object) {
    if (name ~ /^\/SYSV/) sysv = 1
    else if (name !~ /^(\/memfd:|\/dev\/zero|\[anon_shmem:|\/dev\/shm\/|\/sys\/fs\/mshare\/)/ && !(device in tmpfs)) return
    object = device " " inode
    if (object in seen) return
    # Each namespace of SysV segments counts its own.
    if (!sysv || name !~ /^\/SYSV/) { seen[object]; print object >>known }
    print "stored " start "-" end
}
BEGIN {
    for (at = 0; at < 16; at += 1) digit[substr("0123456789abcdef", at + 1, 1)] = at
    while ((getline line < known) > 0) seen[line]
    mounts = ENVIRON["root"] "/proc/1/mountinfo"
    while ((getline line < mounts) > 0) {
        split(line, half, " - ")
        split(half[1], part, " ")
        split(part[3], number, ":")
        if (half[2] ~ /^tmpfs /) tmpfs[sprintf("%02x:%02x", number[1], number[2])]
    }
}
/^[0-9a-f]/ {
    finished()
    split($1, ends, "-")
    start = ends[1]; end = ends[2]
    shared = substr($2, 4, 1) == "s"
    device = $4; inode = $5
    name = $0
    sub(/^[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ */, "", name)
    next
}
/^(Size|KernelPageSize|Rss|Swap|Shared_Hugetlb|Private_Hugetlb):/ { key = $1; sub(/:/, "", key); kib[key] = $2 }
END {
    finished()
    if (sysv) print "sysv"
    if (base == 0) exit
    if (stack != "") printf "stack %.0f\n", hex(stack) / 1024 / base
    for (at = 1; at <= count; at += 1)
        printf "%s %.0f %.0f\n", kind[at], from[at] / 1024 / base, bytes[at] / 1024 / base
}'
}

# Entries of pagemap that may still be read: as many as capture reads.
entries=268435456

# Which pages of the mappings have entries: a line for each mapping, its first page, its pages, then
# pages without and with entries in turn. Bits 63 and 62 say so; where a page lies is not kept.
touched() {
    true >"$work/reads"
    while read -r kind first pages; do
        case $kind in
            full) echo "$kind $first $pages" ;;
            read)
                [ "$pages" -le "$entries" ] || continue
                entries=$((entries - pages))
                echo "$kind $first $pages"
                echo "$((first / 512)) $(((first + pages - 1) / 512 - first / 512 + 1))" >>"$work/reads"
                ;;
        esac
    done <"$work/plan" >"$work/ranges"
    while read -r skip tables; do
        dd if="$1" bs=4096 skip="$skip" count="$tables" 2>/dev/null
    done <"$work/reads" | od -An -v -tx8 -w8 | cut -c2 | uniq -c | awk -v ranges="$work/ranges" '
function next_range(    line, part) {
    while ((getline line < ranges) > 0) {
        split(line, part, " ")
        if (part[1] == "full") { print part[2], part[3], 0, part[3]; continue }
        printf "%s %s", part[2], part[3]
        before = part[2] % 512
        inside = part[3] + 0
        after = (512 - (before + inside) % 512) % 512
        is_set = 0; run = 0
        return 1
    }
    return 0
}
BEGIN { open = next_range() }
{
    left = $1
    set = index("456789abcdef", $2) > 0
    while (left > 0 && open) {
        if (before > 0) { take = left < before ? left : before; before -= take; left -= take; continue }
        if (inside > 0) {
            take = left < inside ? left : inside
            if (set != is_set) { printf " %.0f", run; run = 0; is_set = set }
            run += take; inside -= take; left -= take
            if (inside == 0) printf " %.0f\n", run
            continue
        }
        if (after > 0) { take = left < after ? left : after; after -= take; left -= take }
        if (after == 0) open = next_range()
    }
    if (after == 0 && inside == 0 && open) open = next_range()
}
END { exit open ? 1 : 0 }'
}
`
