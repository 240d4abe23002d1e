import { shellText } from './shell-text.ts'

/** Command lines without the arguments that capture does not need. */
export const titlesPart: string = shellText`
# ---- command lines: what tells the program, its role and its data directory; no other argument ----

# Two processes have the same text only where they had the same command line.
why=$(awk -F "$tab" -v into="$into/proc" '
function base(path) { sub(/^.*\//, "", path); sub(/^-/, "", path); sub(/:$/, "", path); return path }
function name_of(pid,    path, line, found) {
    path = into "/" pid "/status"
    while ((getline line < path) > 0)
        if (line ~ /^Name:/) { found = substr(line, 7); break }
    close(path)
    return found
}
function of_client(text) {
    return text ~ /^[^ ]+ .*[^ ]+ ([[]local[]]|[^ ]+[(][0-9]+[)])( |$)/ ||
        text ~ /^[^ ]+ [^ ]+ ([[]local[]]|[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+|[0-9a-f]*:[0-9a-f:]+)( |$)/ ||
        text ~ /^[^ ]+ [^ ]+ (.* )?(idle( in transaction( [(]aborted[)])?)?|[A-Z][A-Z][A-Z]+( [A-Z]+)*)( waiting)?$/
}
function postgres(title,    head, rest, at) {
    at = index(title, ": ")
    head = substr(title, 1, at + 1)
    rest = substr(title, at + 2)
    at = index(rest, ": ")
    if (at > 0 && rest !~ /^bgworker: /) { head = head substr(rest, 1, at + 1); rest = substr(rest, at + 2) }
    if (rest ~ /^wal ?sender /) return head "walsender"
    return head (of_client(rest) ? "user database [local]" : substr(rest, 1, 200))
}
function command(title, comm,    word, count, at, kept) {
    count = split(title, word, /[ ]/)
    kept = word[1]
    for (at = 2; at <= count && at <= 3; at += 1)
        kept = kept " " (comm != "" && index(base(word[at]), comm) == 1 ? word[at] : "-")
    if (match(title, / -D ?[^ =]*\/[^ =]*( |$)/) ||
        (base(word[1]) ~ /^(edb-)?(postgres|postmaster)$/ && match(title, / -D ?[^ =]+( |$)/)))
        kept = kept " " substr(title, RSTART + 1, RLENGTH - 1)
    sub(/ +$/, "", kept)
    if (kept == title) return kept
    if (!(title in number)) number[title] = ++distinct
    return kept " #" number[title]
}
function kept(title, comm,    word) {
    if (title ~ /^(edb-)?postgres: /) return postgres(title)
    if (match(title, /^oracle[^ ]+ [(](LOCAL|DESCRIPTION)=/)) return substr(title, 1, RLENGTH)
    if (title !~ /^[A-Za-z0-9_.-]+: [^ ]/) return command(title, comm)
    split(title, word, /[ ]/)
    return word[1] " " word[2] (word[3] == "" ? "" : " " word[3])
}
{
    pid = $1
    title = substr($0, length(pid) + 2)
    gsub(/^ +| +$/, "", title)
    if (title == "") next
    path = into "/" pid "/cmdline"
    printf "%s", kept(title, name_of(pid)) > path
    close(path)
}' "$work/titles" 2>&1) || stop "awk failed: $why"
`
