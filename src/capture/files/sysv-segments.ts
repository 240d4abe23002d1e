/** A SysV segment of /proc/sysvipc/shm. */
export interface SysvSegment {
  readonly id: number
  readonly key: number
  readonly bytes: number
  readonly attached: number
  /** Bytes of it that are in memory, those on huge pages too: shm_add_rss_swap() in ipc/shm.c. */
  readonly rss: number
  /** Bytes of it that are swapped out. */
  readonly swap: number
  /** The process that made it. */
  readonly maker: number
  readonly uid: number
  /** SHM_LOCK was called. */
  readonly locked: boolean
}

/** SHM_LOCKED, shown among the permissions: include/uapi/linux/shm.h. */
const lockedBit = 0o2000

/** Reads /proc/sysvipc/shm, whose columns are named in its first line: sysvipc_shm_proc_show(), ipc/shm.c. */
export function readSysvSegments(text: string): readonly SysvSegment[] {
  const [head = '', ...lines] = text.split('\n')
  const columns = head.trim().split(/\s+/)
  const at = (name: string): number => columns.indexOf(name)
  const places = [at('shmid'), at('key'), at('size'), at('nattch'), at('perms')] as const
  if (places.some((place) => place < 0)) return []
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/)
    const [id, key, bytes, attached] = places.slice(0, 4).map((place) => integer(words[place]))
    const perms = Number.parseInt(words[places[4]] ?? '', 8)
    if (id === undefined || bytes === undefined || attached === undefined) return []
    const locked = Math.floor(perms / lockedBit) % 2 === 1
    const [rss, swap, maker, uid] = ['rss', 'swap', 'cpid', 'uid'].map(
      (name) => integer(words[at(name)]) ?? 0,
    )
    const known = { rss: rss ?? 0, swap: swap ?? 0, maker: maker ?? 0, uid: uid ?? 0 }
    return [{ id, key: key ?? 0, bytes, attached, locked, ...known }]
  })
}

function integer(word: string | undefined): number | undefined {
  if (word === undefined || !/^-?\d+$/.test(word)) return undefined
  const value = Number(word)
  return Number.isSafeInteger(value) ? value : undefined
}

/** Its usual name: its number and its key, as `ipcs -m` shows them. */
export function segmentName({ id, key }: Pick<SysvSegment, 'id' | 'key'>): string {
  const unsigned = key < 0 ? key + 2 ** 32 : key
  return `sysv ${id} key 0x${unsigned.toString(16).padStart(8, '0')}`
}
