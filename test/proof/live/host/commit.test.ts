import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { describe, expect, test } from 'vitest'
import type { Commit } from '../../../../src/plan/result/memory-result.ts'
import type { RegionText } from '../../../../src/scenario/schema/scenario-text.ts'
import { planOf, workloadOf } from '../expected.ts'
import { lockLimit, testLimit } from '../limits.ts'
import type { LaunchedMap, Launcher } from '../machine/launcher.ts'
import { launched, nothing, withLaunchers } from '../machine/launcher.ts'
import type { Setting } from '../machine/settings.ts'
import { change, moreHugePages, setting } from '../machine/settings.ts'
import { meminfo, pageBytes } from '../machine/status.ts'

const [mib, gib] = [2 ** 20, 2 ** 30]
const at = 2 ** 45
const timeout = lockLimit + testLimit
const modes = { heuristic: '0', always: '1', never: '2' } as const
type Mode = keyof typeof modes

const vm = '/proc/sys/vm'
const pools = '/sys/kernel/mm/hugepages'
const unfit = unfitness()

/** With settings of the kernel; else skipped, with the reason. */
function onThisKernel(
  title: string,
  settings: readonly Setting[],
  body: () => void | Promise<void>,
): void {
  test(title, { timeout }, async ({ skip }) => {
    if (unfit !== undefined) return skip(unfit)
    const changed = await change(...settings)
    if (!changed.ok) return skip(changed.reason)
    try {
      await body()
    } finally {
      changed.restore()
    }
  })
}

describe('CommitLimit of this kernel is what the model says', () => {
  onThisKernel('as it is set up', [], expectLimit)
  for (const ratio of [0, 1, 37, 50, 99, 100]) {
    onThisKernel(`with a ratio of ${ratio}`, [mode('always'), ratioOf(ratio)], expectLimit)
  }
  onThisKernel('with a pool of huge pages', [moreHugePages(2048, 100), ratioOf(61)], expectLimit)

  function expectLimit(): void {
    expect(commit('never', {}).limitBytes).toBe(meminfo('CommitLimit'))
  }
})

describe('Committed_AS of this kernel grows by what the model says', () => {
  const cases: Readonly<Record<string, readonly [LaunchedMap, RegionText, touched: string]>> = {
    'memory of its own, whole, though one page is touched': [
      { at, length: gib, stride: gib, kind: 'promised anonymous' },
      { size: '1 GiB', backing: 'anonymous' },
      '4 KiB',
    ],
    'shared anonymous memory, whole': [
      { at, length: gib, stride: gib, kind: 'promised shared' },
      { size: '1 GiB', backing: 'anonymous-shared' },
      '4 KiB',
    ],
    'a file on tmpfs, as far as it is touched': [
      { at, length: gib, stride: 2 * mib },
      { size: '1 GiB', backing: 'posix-shm' },
      '2 MiB',
    ],
  }
  for (const [title, [map, region, step]] of Object.entries(cases)) {
    const touched = map.kind === undefined ? { every: step } : { first: step }
    onThisKernel(title, [mode('heuristic')], async () => {
      const planned = commit('heuristic', region, touched).committedBytes
      // Others start and end meanwhile: one try in which none does is enough, for none adds so much.
      const grown: number[] = []
      for (let tries = 0; tries < 50 && !grown.includes(planned); tries += 1) {
        grown.push(await growth(map))
      }
      expect(grown).toContain(planned)
    })
  }
})

/** By how much more a process that maps raises it than one that does not. */
function growth(map: LaunchedMap): Promise<number> {
  return withLaunchers(1, gib, async ([launcher]) => {
    const committed = (): number => meminfo('Committed_AS')
    const start = committed()
    await launched(launcher, nothing)
    const idle = committed()
    await launched(launcher, map)
    return committed() - idle - (idle - start)
  })
}

describe('this kernel refuses', () => {
  const kind = 'promised anonymous'
  const requestOf = (length: number): LaunchedMap => ({ at, length, stride: length, kind })
  const regionOf = (length: number): RegionText => ({ size: `${length} B`, backing: 'anonymous' })

  onThisKernel(
    'in mode heuristic, a page more than RAM and swap',
    [mode('heuristic')],
    async () => {
      const most = meminfo('MemTotal') + meminfo('SwapTotal')
      for (const [length, granted] of [
        [most, true],
        [most + pageBytes, false],
      ] as const) {
        expect(commit('heuristic', regionOf(length), { first: '4 KiB' }).granted).toBe(granted)
        await withLaunchers(1, gib, ([one]) => expectGranted(one, requestOf(length), granted))
      }
    },
  )

  onThisKernel('nothing of that in mode always', [mode('always')], async () => {
    const length = 4 * (meminfo('MemTotal') + meminfo('SwapTotal'))
    expect(commit('always', regionOf(length), { first: '4 KiB' }).granted).toBe(true)
    await withLaunchers(1, gib, ([one]) => expectGranted(one, requestOf(length), true))
  })

  // For an instant a GiB is left to all others, who then get back what was theirs.
  const never = [ratioOf(95), mode('never')]
  onThisKernel(
    'in mode never, what goes past CommitLimit by more than it may be off',
    never,
    async () => {
      for (const granted of [false, true]) {
        await withLaunchers(1, gib, async ([one]) => {
          await launched(one, nothing)
          const others = meminfo('Committed_AS')
          const margin = granted ? -marginBytes() : marginBytes()
          const free = meminfo('CommitLimit') - others
          const length = Math.floor((free + margin) / pageBytes) * pageBytes
          expect(commit('never', regionOf(length), { first: '4 KiB' }, others).granted).toBe(
            granted,
          )
          await expectGranted(one, requestOf(length), granted)
        })
      }
    },
  )
})

async function expectGranted(
  launcher: Launcher | undefined,
  map: LaunchedMap,
  granted: boolean,
): Promise<void> {
  if (granted) await launched(launcher, map)
  // ENOMEM
  else await expect(launched(launcher, map)).rejects.toThrow(/^mmap: errno 12$/)
}

/**
 * How far Committed_AS may be off in __vm_enough_memory(), which does not add up what each cpu holds
 * back: a batch each (mm_compute_batch() in mm/mm_init.c), and what others ask for meanwhile.
 */
function marginBytes(): number {
  const count = cpus().length
  const batch = Math.max(32, 2 * count, Math.floor(meminfo('MemTotal') / pageBytes / count / 256))
  return count * batch * pageBytes + gib
}

/** What a plan says of one process that maps so much, beside others that are promised so much. */
function commit(
  overcommit: Mode,
  region: RegionText | Record<string, never>,
  touched: object = {},
  others = 0,
): Commit {
  const isMapped = 'size' in region
  const group = { processes: 1, baseTables: '0 B', kernelMemory: '0 B' }
  const one = isMapped ? { ...group, maps: [{ region: 'one', touched }] } : group
  const ratio = Number(read(`${vm}/overcommit_ratio`))
  const workload = workloadOf(
    JSON.stringify({
      version: 1,
      name: 'promises',
      host: {
        memory: `${meminfo('MemTotal')} B`,
        swap: `${meminfo('SwapTotal')} B`,
        hugepages: poolsOf(),
        overcommit: { mode: overcommit, ratio },
      },
      regions: isMapped ? { one: region } : {},
      groups: { one, others: { ...group, private: `${others} B` } },
    }),
  )
  return planOf(workload).memory.commit
}

function poolsOf(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    readdirSync(pools).map((name) => {
      const kib = /^hugepages-(\d+)kB$/.exec(name)?.[1]
      return [`${kib} KiB`, Number(read(`${pools}/${name}/nr_hugepages`))]
    }),
  )
}

function mode(name: Mode): Setting {
  return setting(`${vm}/overcommit_memory`, modes[name])
}

function ratioOf(ratio: number): Setting {
  return setting(`${vm}/overcommit_ratio`, String(ratio))
}

function unfitness(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} does not overcommit so`
  if (process.arch !== 'x64') return `no program to launch on ${process.arch}`
  if (read(`${vm}/overcommit_kbytes`) !== '0') return 'vm.overcommit_kbytes is set'
  const isNever = read(`${vm}/overcommit_memory`) === modes.never
  return isNever ? 'vm.overcommit_memory is 2: others live by it' : undefined
}

function read(path: string): string {
  return readFileSync(path, 'latin1').trim()
}
