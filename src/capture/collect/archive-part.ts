import { hostFiles, poolFolder } from '../files/host-files.ts'
import { shellText } from './shell-text.ts'

/** What support bundles have is not on a machine; of users not all is copied. */
const copied = hostFiles.filter(
  (path) => !path.startsWith('sos_commands/') && path !== 'etc/passwd',
)

/** Files of the machine and of control groups, and the archive. */
export const archivePart: string = shellText`
# ---- the machine ----

while read -r path; do
    if [ ! -f "$root/$path" ] || [ -L "$root/$path" ]; then continue; fi
    mkdir -p "$into/\${path%/*}" && copy "$root/$path" "$into/$path"
done <<END
${copied.join('\n')}
boot/config-$(cat "$root/proc/sys/kernel/osrelease" 2>/dev/null)
END
for folder in "$root"/${poolFolder}/hugepages-*; do
    [ -d "$folder" ] || continue
    size=\${folder##*/}
    mkdir -p "$into/${poolFolder}/$size"
    for what in nr free resv; do
        copy "$folder/\${what}_hugepages" "$into/${poolFolder}/$size/\${what}_hugepages"
    done
done
# Of users only names and numbers.
if [ -f "$root/etc/passwd" ]; then
    mkdir -p "$into/etc"
    awk -F : '{ print $1 "::" $3 }' "$root/etc/passwd" >"$into/etc/passwd" 2>/dev/null
fi

# Limits of the control groups of these processes, and of those above them.
while read -r pid; do
    if [ -f "$into/proc/$pid/cgroup" ]; then cat "$into/proc/$pid/cgroup"; echo; fi
done <"$work/chosen" | awk '
function ways(folder, path, file) {
    if (path ~ /(^|\/)[.][.](\/|$)/) return
    while (path != "" && path != "/" && !((folder path) in seen)) {
        seen[folder path]
        print "sys/fs/cgroup" folder path "/" file
        sub(/\/[^\/]*$/, "", path)
    }
}
{
    split($0, part, ":")
    path = substr($0, length(part[1]) + length(part[2]) + 3)
    if (("," part[2] ",") ~ /,memory,/) ways("/memory", path, "memory.limit_in_bytes")
    else if (part[1] == "0" && part[2] == "") ways("", path, "memory.max")
}' >"$work/limits"
while IFS= read -r path; do
    [ -f "$root/$path" ] || continue
    mkdir -p "$into/\${path%/*}" && copy "$root/$path" "$into/$path"
done <"$work/limits"

# ---- the archive: whole or not at all ----

packed() { { tar -cf - -C "$work" collected && rm "$work/unfinished"; } | gzip >"$work/archive"; }
if ! why=$(packed 2>&1) || [ -e "$work/unfinished" ]; then
    stop "the archive could not be written: $why"
fi
if [ "$out" = - ]; then
    cat "$work/archive" || fail 3 'standard output could not be written'
else
    mv -f "$work/archive" "$kept" || fail 3 "$out could not be written"
fi

processes=processes
[ "$all" -ne 1 ] || processes=process
[ "$out" != - ] || out='standard output'
say "$all $processes collected in $out"
if [ "$unread" -gt 0 ]; then
    why='only their owner and root can read them'
    [ "$(id -u 2>/dev/null)" != 0 ] || why='the kernel refuses them to root, too'
    say "the mappings of $unread of these could not be read: $why"
fi
[ "$arguments" != needed ] ||
    say 'of command lines only program, role and data directory were kept; see --arguments'
`
