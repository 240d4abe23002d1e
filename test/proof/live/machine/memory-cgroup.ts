import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A memory cgroup of the test's own. */
export interface MemoryCgroup {
  readonly version: 1 | 2
  readonly add: (pid: number) => void
  /** Charged now, in bytes. */
  readonly usage: () => number
  readonly limit: (bytes: number) => void
  /** Processes that the kernel has killed in it. */
  readonly kills: () => number
  readonly pids: () => readonly number[]
  /** Ends whatever is in it, and removes it. */
  readonly remove: () => Promise<void>
}

/** A cgroup, or why there is none. */
type MadeCgroup =
  | { readonly ok: true; readonly cgroup: MemoryCgroup }
  | { readonly ok: false; readonly reason: string }

/** Where each version keeps what is needed of it: Documentation/admin-guide/cgroup-v2.rst. */
const files = {
  1: {
    usage: 'memory.usage_in_bytes',
    limit: 'memory.limit_in_bytes',
    kills: 'memory.oom_control',
    noSwap: ['memory.swappiness', '0'],
  },
  2: {
    usage: 'memory.current',
    limit: 'memory.max',
    kills: 'memory.events',
    noSwap: ['memory.swap.max', '0'],
  },
} as const

const removeLimit = 10_000
let made = 0

/** Why a test cannot run here that launches processes in a memory cgroup; `undefined`: it can. */
export async function cgroupUnfitness(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `${process.platform} has no memory cgroups`
  if (process.arch !== 'x64') return `the program that is launched is not for ${process.arch}`
  const made = makeMemoryCgroup()
  if (!made.ok) return made.reason
  await made.cgroup.remove()
  return undefined
}

/** A memory cgroup for as long as it is used. */
export async function inCgroup<T>(use: (cgroup: MemoryCgroup) => Promise<T>): Promise<T> {
  const made = makeMemoryCgroup()
  if (!made.ok) throw new Error(made.reason)
  try {
    return await use(made.cgroup)
  } finally {
    await made.cgroup.remove()
  }
}

/** Makes a memory cgroup below the first hierarchy that has memory. */
function makeMemoryCgroup(): MadeCgroup {
  const [hierarchy] = hierarchies()
  if (hierarchy === undefined) return { ok: false, reason: 'no memory cgroups are mounted' }
  const { version, at } = hierarchy
  const path = join(at, `mshare-plan-oracle-${process.pid}-${made}`)
  made += 1
  try {
    mkdirSync(path)
  } catch (error) {
    return { ok: false, reason: `no cgroup can be made: ${(error as Error).message}` }
  }
  const [noSwap, value] = files[version].noSwap
  if (existsSync(join(path, noSwap))) writeFileSync(join(path, noSwap), value)
  return { ok: true, cgroup: cgroupAt(path, version) }
}

function cgroupAt(path: string, version: 1 | 2): MemoryCgroup {
  const names = files[version]
  const pids = (): readonly number[] =>
    readText(join(path, 'cgroup.procs')).split('\n').filter(Boolean).map(Number)
  const remove = async (): Promise<void> => {
    const end = performance.now() + removeLimit
    for (;;) {
      for (const pid of pids()) killIfAlive(pid)
      try {
        rmdirSync(path)
        return
      } catch (error) {
        if (performance.now() > end) throw error
        await sleep(20)
      }
    }
  }
  return {
    version,
    add: (pid) => writeFileSync(join(path, 'cgroup.procs'), String(pid)),
    usage: () => Number(readText(join(path, names.usage))),
    limit: (bytes) => writeFileSync(join(path, names.limit), String(bytes)),
    kills: () => Number(/^oom_kill (\d+)$/m.exec(readText(join(path, names.kills)))?.[1]),
    pids,
    remove,
  }
}

interface Hierarchy {
  readonly version: 1 | 2
  readonly at: string
}

function hierarchies(): readonly Hierarchy[] {
  return readText('/proc/self/mounts')
    .split('\n')
    .flatMap((line): readonly Hierarchy[] => {
      const [, at = '', type = '', options = ''] = line.split(' ')
      const controllers = readText(join(at, 'cgroup.subtree_control')).split(/\s+/)
      if (type === 'cgroup2' && controllers.includes('memory')) return [{ version: 2, at }]
      const hasMemory = type === 'cgroup' && options.split(',').includes('memory')
      return hasMemory ? [{ version: 1, at }] : []
    })
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'latin1') : ''
}
