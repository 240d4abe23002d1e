import { launchers, shells } from '../machine/launchers.ts'
import { shellText } from './shell-text.ts'

/** Chooses processes as {@link isSelected} of selection.ts does. */
export const choicePart: string = shellText`
# ---- which of them were chosen, by the rules of capture ----

# Process id, name of the file, title: of all that are not threads of the kernel.
described() {
    for pid in $listed; do
        if ! grep -q '^VmSize:' "$into/proc/$pid/status" 2>/dev/null; then continue; fi
        file='' title=''
        if [ -n "$names" ]; then
            file=$(target "$root/proc/$pid/exe" | tr '\t\n' '  ')
            title=$(patiently cat "$root/proc/$pid/cmdline" 2>/dev/null | tr '\0\t\n' '   ')
        fi
        printf '%s\t%s\t%s\n' "$pid" "$file" "$title"
    done
}

parent=$PPID statuses=$into/proc
[ -z "$root" ] || parent=''
export parent statuses
described | awk -F "$tab" '
function list(text, into,    count) {
    count = split(text, into, "\n")
    return count - 1
}
function status(path, key,    line, found) {
    found = ""
    while ((getline line < path) > 0)
        if (index(line, key ":") == 1) { found = substr(line, length(key) + 2); break }
    close(path)
    return found
}
function trimmed(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }
function base(path) { sub(/^.*\//, "", path); return path }
function pattern(words,    at, sign, text) {
    text = ""
    for (at = 1; at <= length(words); at += 1) {
        sign = substr(words, at, 1)
        if (sign == "*") text = text ".*"
        else if (sign == "?") text = text "."
        else if (sign ~ /[A-Za-z0-9_ ]/) text = text sign
        else if (sign == "^" || sign == "\\") text = text "\\" sign
        else text = text "[" sign "]"
    }
    return "^" text "$"
}
function program(file, title, comm,    word, count, at, one) {
    if (file != "" && (comm == "" || index(file, comm) == 1)) return file
    count = split(title, word, /[ ]/)
    for (at = 1; at <= count && at <= 3; at += 1) {
        one = base(word[at])
        sub(/^-/, "", one)
        sub(/:$/, "", one)
        if (comm != "" && index(one, comm) == 1) return one
    }
    return file != "" ? file : comm != "" ? comm : "unknown"
}
function matches(text,    at) {
    for (at = 1; at <= name_count; at += 1) {
        if (wanted[at] ~ /[*?]/) { if (text ~ glob[at]) return 1 }
        else if (index(text, wanted[at]) > 0) return 1
    }
    return 0
}
function named(pid, file, title, comm,    run) {
    if (title ~ /(^|[ \/\047"])mshare-plan([.][cm]?js)?(@[A-Za-z0-9_.^~-]+)?($|[ \047";])/) return 0
    sub(/^\/memfd:.*/, "", file)
    sub(/ \(deleted\)$/, "", file)
    file = base(file)
    run = program(file, title, comm)
    if (matches(run) || matches(comm) || (file != "" && matches(file))) return 1
    if (title == "" || pid in caller || run in launcher) return 0
    if (run in shell && title ~ / -[a-z]*c /) return 0
    return matches(title)
}
function grouped(pid,    path, line, part, memory, unified, at, top) {
    path = ENVIRON["root"] "/proc/" pid "/cgroup"
    while ((getline line < path) > 0) {
        split(line, part, ":")
        if (("," part[2] ",") ~ /,memory,/) memory = substr(line, length(part[1] part[2]) + 3)
        else if (part[1] == "0" && part[2] == "") unified = substr(line, 4)
    }
    close(path)
    if (memory == "") memory = unified
    if (memory == "") return 0
    for (at = 1; at <= group_count; at += 1) {
        top = group[at]
        gsub(/^\/+|\/+$/, "", top)
        top = "/" top
        if (top == "/" || memory == top || index(memory, top "/") == 1) return 1
    }
    return 0
}
BEGIN {
    name_count = list(ENVIRON["names"], wanted)
    for (at = 1; at <= name_count; at += 1) glob[at] = pattern(wanted[at])
    group_count = list(ENVIRON["cgroups"], group)
    pid_count = list(ENVIRON["pids"], number)
    for (at = 1; at <= pid_count; at += 1) {
        leader = trimmed(status(ENVIRON["root"] "/proc/" number[at] "/status", "Tgid"))
        asked[leader == "" ? number[at] : leader]
    }
    passwd = ENVIRON["root"] "/etc/passwd"
    while ((getline line < passwd) > 0) { split(line, part, ":"); uid[part[1]] = part[3] }
    user_count = list(ENVIRON["users"], user)
    for (at = 1; at <= user_count; at += 1) {
        if (user[at] ~ /^[0-9]+$/) owner[user[at] + 0]
        else if (user[at] in uid) owner[uid[user[at]] + 0]
        else print "collect: " passwd " has no user " user[at] "; write a number" | "cat >&2"
    }
    count = split("${[...launchers].join(' ')}", word, " ")
    for (at = 1; at <= count; at += 1) launcher[word[at]]
    count = split("${[...shells].join(' ')}", word, " ")
    for (at = 1; at <= count; at += 1) shell[word[at]]
    for (above = ENVIRON["parent"]; above > 0 && !(above in caller); ) {
        caller[above]
        above = trimmed(status(ENVIRON["root"] "/proc/" above "/status", "PPid")) + 0
    }
}
{
    path = ENVIRON["statuses"] "/" $1 "/status"
    split(trimmed(status(path, "Uid")), id, /[ \t]+/)
    if (pid_count > 0 && !($1 in asked)) next
    if (user_count > 0 && !((id[2] + 0) in owner)) next
    if (name_count > 0 && !named($1, $2, trimmed($3), substr(status(path, "Name"), 2))) next
    if (group_count > 0 && !grouped($1)) next
    print $1
}' >"$work/chosen" || stop 'awk failed'
[ -s "$work/chosen" ] || stop 'no process matches the choice; nothing was collected'
awk '{ print "chosen", $1 }' "$work/chosen" 2>/dev/null >>"$notes" || stop 'awk failed'
`
