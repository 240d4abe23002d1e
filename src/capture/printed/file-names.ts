/** What a file can hold, by its name. */
export type NamedKind =
  | 'meminfo'
  | 'processes'
  | 'segments'
  | 'free'
  | 'nodes'
  | 'kernel'
  | 'settings'

const forms: readonly (readonly [kind: NamedKind, word: RegExp])[] = [
  ['meminfo', /^meminfo\w*$/],
  ['processes', /^(ps|ps_?(a?ux|aux?|ef|elf|eo|alx?|axu?)\w*|top|processes|process_?list)$/],
  ['segments', /^(ipcs\w*|sysvipc|shm)$/],
  ['free', /^free$/],
  ['nodes', /^(buddyinfo|numastat)$/],
  ['kernel', /^uname$/],
  ['settings', /^sysctl$/],
]

/** Words for what was expected, as the end of "it has no …". */
export const kindWords: Readonly<Record<NamedKind, string>> = {
  meminfo: 'lines of /proc/meminfo',
  processes: 'list of processes',
  segments: 'list of segments',
  free: 'table of free',
  nodes: 'table of memory nodes',
  kernel: 'line of uname -a',
  settings: 'line of sysctl',
}

/**
 * What the name of a file says that it holds: `ps_auxwww`, `db1-meminfo.txt`, `ipcs_-m_-p`. In one place
 * only, so that `ps` is not found in `https` or `mysql-ps-plugin.so`.
 */
export function kindNamed(path: string): NamedKind | undefined {
  const words = baseOf(path)
    .toLowerCase()
    .split(/[^a-z0-9]+/, mostWords)
  return forms.find(([, word]) => words.some((one) => word.test(one)))?.[0]
}

const mostWords = 20

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * Folders of reports whose files have the outputs of commands: sos report names them by plugin, the
 * Insights client and its archives in one folder.
 */
export const printedFolders: readonly string[] = [
  'sos_commands/process',
  'sos_commands/memory',
  'sos_commands/sysvipc',
  'insights_commands',
  'insights-commands',
  'commands',
]

/** Files of supportconfig (SUSE) that hold outputs of several commands. */
const bundles: ReadonlySet<string> = new Set([
  'basic-environment.txt',
  'basic-health-check.txt',
  'boot.txt',
  'env.txt',
  'hardware.txt',
  'memory.txt',
  'proc.txt',
])

/** Text files that people paste into; at the top of a folder only. */
const pasted = /^[^.][^/]*\.(txt|log|out|md|text)$|^[^./]+$/i

/** A file is read because of its name, or because people may have pasted something into it. */
export type Worth = 'named' | 'perhaps'

/** Whether a file of the tree is read. */
export function isWorthReading(path: string): Worth | undefined {
  const cut = path.lastIndexOf('/')
  const folder = path.slice(0, Math.max(0, cut))
  const name = path.slice(cut + 1)
  if (isForeign(name)) return undefined
  const isNamed = kindNamed(name) !== undefined
  if (folder === '') {
    if (isNamed || bundles.has(name)) return 'named'
    return pasted.test(name) ? 'perhaps' : undefined
  }
  if (path === 'proc/buddyinfo') return 'named'
  return isNamed && printedFolders.includes(folder) ? 'named' : undefined
}

/** Files of other programs that happen to have a word of these in their names. */
function isForeign(name: string): boolean {
  return /\.(ya?ml|json|conf|cnf|ora|so|py|sh|gz|xz|bz2|zip|tgz|tbz|txz|png|html?|pdf|tar)$/i.test(
    name,
  )
}
