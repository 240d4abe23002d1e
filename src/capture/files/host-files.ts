/** Texts that describe the machine, by path below the root. */
export type HostFiles = ReadonlyMap<string, string>

/** Files that are read whole wherever they are. */
export const hostFiles: readonly string[] = [
  'proc/meminfo',
  'proc/cpuinfo',
  'proc/version',
  'proc/sysvipc/shm',
  'proc/1/mountinfo',
  'proc/sys/kernel/osrelease',
  'proc/sys/vm/overcommit_memory',
  'proc/sys/vm/overcommit_ratio',
  'proc/sys/vm/overcommit_kbytes',
  'proc/sys/vm/min_free_kbytes',
  'sys/kernel/mm/transparent_hugepage/enabled',
  'sys/kernel/mm/transparent_hugepage/shmem_enabled',
  'sys/devices/system/cpu/vulnerabilities/meltdown',
  'etc/passwd',
  'sos_commands/kernel/uname_-a',
  'sos_commands/kernel/sysctl_-a',
]

/** Folders whose entries are settings. */
export const poolFolder = 'sys/kernel/mm/hugepages'
export const kernelConfig: RegExp = /^boot\/config-[^/]+$/

/** Further files of an archive, in addition to {@link hostFiles}: pools, limits of control groups, the kernel's configuration. */
const patterns: readonly RegExp[] = [
  /^sys\/kernel\/mm\/hugepages\/hugepages-\d+kB\/(nr|free|resv)_hugepages$/,
  /^sys\/fs\/cgroup\/.*\/memory\.(max|limit_in_bytes)$/,
  kernelConfig,
]

const known = new Set(hostFiles)

/** True for a file that describes the machine. */
export function describesHost(path: string): boolean {
  return known.has(path) || patterns.some((pattern) => pattern.test(path))
}

/** The first text that is there and not empty. */
export function firstOf(files: HostFiles, paths: readonly string[]): string | undefined {
  return paths.map((path) => files.get(path)).find((text) => text !== undefined && text !== '')
}

/** A setting of /proc/sys, or, of a report, of `sysctl -a`. */
export function settingOf(files: HostFiles, name: string): string | undefined {
  const own = files.get(settingPath(name))
  if (own !== undefined) return own
  const [line] = listedIn(files, name)
  return line?.slice(name.length + 2).trim()
}

/** True where only `sysctl -a` has the setting, and has it more than once. */
export function isSetTwice(files: HostFiles, name: string): boolean {
  return !files.has(settingPath(name)) && listedIn(files, name).length > 1
}

function listedIn(files: HostFiles, name: string): readonly string[] {
  const listed = files.get('sos_commands/kernel/sysctl_-a') ?? ''
  return listed.split('\n').filter((one) => one.startsWith(`${name} =`))
}

function settingPath(name: string): string {
  return `proc/sys/${name.replaceAll('.', '/')}`
}

/** The release as `uname -r` prints it, with the flavour of the kernel at its end. */
export function releaseOf(files: HostFiles): string | undefined {
  const version = /^Linux version (\S+)/.exec(files.get('proc/version') ?? '')?.[1]
  const uname = /^Linux \S+ (\S+)/.exec(files.get('sos_commands/kernel/uname_-a') ?? '')?.[1]
  return settingOf(files, 'kernel.osrelease')?.trim() ?? version ?? uname
}
