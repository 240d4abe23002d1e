import { shellText } from './shell-text.ts'

/** What the script is, its options and how it speaks. */
export function optionsPart(choice: string): string {
  return shellText`#!/bin/sh
# Collects what mshare-plan reads of this machine into one archive, for a server without Node:
#   sh collect.sh --name postgres -o db1.tar.gz
# Then, where mshare-plan is installed:
#   mshare-plan capture --root db1.tar.gz -o db1.yaml
# It reads /proc, /sys and /boot/config-*, and names and numbers of users in /etc/passwd.
# It changes nothing and sends nothing. Runs in dash, busybox sh and bash.
# It never reads environments, and keeps no argument that capture does not need: see --arguments.

usage() {
    cat <<'END'
usage: sh collect.sh [--name TEXT] [--pid PID] [--user USER] [--cgroup PATH]
                     [--arguments MODE] [--root DIR] [-o FILE]

Collects the memory layout of processes of this machine into FILE, for
mshare-plan capture --root FILE. Without a choice: all processes.

  --name TEXT       only processes whose name or title matches TEXT, a substring
                    or a glob; repeatable
  --pid PID         only process PID; repeatable
  --user USER       only processes of USER, a name or a number; repeatable
  --cgroup PATH     only processes in cgroup PATH; repeatable
  --arguments MODE  what to keep of command lines: needed (program, role and data
                    directory; the default), all, or none
  --root DIR        read the machine below DIR, such as /host in a container
  -o, --output FILE the archive; - is standard output; default:
                    mshare-plan-HOST.tar.gz

Processes that are not chosen: their /proc/PID/status only.
Exit status: 0 collected, 2 invalid option, 3 could not be done.
END
}

say() { printf 'collect: %s\n' "$*" >&2; }

fail() {
    code=$1
    shift
    say "$@"
    exit "$code"
}

has() { command -v "$1" >/dev/null 2>&1; }

lacking=''
for tool in awk cat grep gzip ln mkdir mv rm tar tr; do has "$tool" || lacking="$lacking $tool"; done
[ -z "$lacking" ] || fail 3 "this machine lacks:$lacking"

LC_ALL=C
export LC_ALL
umask 077
tab='	'
newline='
'
names='' pids='' users='' cgroups='' arguments=needed root='' out=''

set -- ${choice}"$@"
while [ $# -gt 0 ]; do
    case $1 in
        --*=*)
            value=\${1#*=}
            option=\${1%%=*}
            shift
            set -- "$option" "$value" "$@"
            ;;
    esac
    case $1 in
        -h | --help)
            usage
            exit 0
            ;;
        --name | --pid | --user | --cgroup | --arguments | --root | -o | --output)
            if [ $# -lt 2 ] || [ -z "$2" ]; then fail 2 "$1 needs a value"; fi
            # One line for each value: titles are looked at without line feeds too.
            value=$(printf '%s' "$2" | tr '\n\t' '  ')
            ;;
        *) fail 2 "unknown option $1; sh collect.sh --help lists all" ;;
    esac
    case $1 in
        --name) names=$names$value$newline ;;
        --user) users=$users$value$newline ;;
        --cgroup) cgroups=$cgroups$value$newline ;;
        --pid)
            case $value in 0* | *[!0-9]*) fail 2 "--pid $value is no process id" ;; esac
            pids=$pids$value$newline
            ;;
        --arguments)
            case $value in needed | all | none) ;; *) fail 2 "--arguments $value: write needed, all or none" ;; esac
            arguments=$value
            ;;
        --root) root=\${2%/} ;;
        *) out=$2 ;;
    esac
    shift 2
done
export names pids users cgroups root
`
}
