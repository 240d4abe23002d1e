/** The parts of a process that decide whether it runs another command. */
interface Command {
  readonly program: string
  readonly title?: string
}

/**
 * True where the command line is that of another command, which it runs or looks for: a name in it
 * is not the name of this process.
 */
export function isLauncher({ program, title = '' }: Command): boolean {
  if (launchers.has(program)) return true
  return shells.has(program) && / -[a-z]*c /.test(title)
}

/** True of mshare-plan itself, and of all that were started to run it. */
export function runsMsharePlan({ title = '' }: Command): boolean {
  return /(^|[\s/'"])mshare-plan(\.[cm]?js)?(@[\w.^~-]+)?($|[\s'";])/.test(title)
}

/** Programs whose arguments are the command that they run. */
export const launchers: ReadonlySet<string> = new Set([
  ...['sudo', 'su', 'doas', 'runuser', 'pkexec', 'setpriv', 'systemd-run', 'machinectl'],
  ...['env', 'timeout', 'nice', 'ionice', 'chrt', 'taskset', 'numactl', 'prlimit', 'time'],
  ...['nohup', 'setsid', 'stdbuf', 'flock', 'watch', 'script', 'xargs', 'parallel', 'tee'],
  ...['strace', 'ltrace', 'perf', 'gdb', 'valgrind', 'chroot', 'unshare', 'nsenter', 'ssh'],
  ...['npx', 'npm', 'docker', 'podman', 'kubectl', 'crictl', 'runc', 'crun', 'conmon'],
  ...['tini', 'dumb-init', 'docker-init', 'catatonit', 's6-supervise', 'runsv'],
  ...['grep', 'egrep', 'fgrep', 'pgrep', 'pkill'],
])

/** Shells run another command only after `-c`; a script keeps its own name. */
export const shells: ReadonlySet<string> = new Set([
  ...['sh', 'bash', 'dash', 'ash', 'busybox', 'zsh', 'ksh', 'mksh', 'fish', 'csh', 'tcsh'],
])
