import { describe, expect, test } from 'vitest'
import type { Workload } from '../../../../src/workload/workload.ts'
import { asDescribed, gib, kib, mib, nth } from '../../../build.ts'
import { workloadOf } from '../../postgresql/captures.ts'
import { lockLimit, testLimit } from '../limits.ts'
import type { MapOrder, ObjectOrder } from '../machine/orders.ts'
import type { Worker } from '../machine/processes.ts'
import { startWorker } from '../machine/processes.ts'
import type { Change } from '../machine/settings.ts'
import { change, moreHugePages } from '../machine/settings.ts'
import { printed } from './printed.ts'
import { startedWorkers, territory } from './started-workers.ts'

/*
 * Processes map and touch memory in known patterns and are captured as they stand. The scenario
 * must plan their VmPTE to the byte, with base tables that are what they had before they mapped
 * anything: so nothing that the regions cost can hide there.
 */
const processes = 3
const mostTries = 20

const started = startedWorkers(processes)

interface Case {
  readonly object: Partial<ObjectOrder> & Pick<ObjectOrder, 'backing' | 'size'>
  /** What each process maps; the last stands for those that follow. */
  readonly maps: readonly (readonly Partial<MapOrder>[])[]
  /** The processes do not touch the same. */
  readonly differs?: true
  /** What the region must be in the scenario. */
  readonly region: Readonly<Record<string, unknown>>
}

const all = (size: number): readonly Partial<MapOrder>[] => [{ length: size, touched: [[0, size]] }]

const cases: Readonly<Record<string, Case>> = {
  'a memfd, all of it': {
    object: { backing: 'memfd', size: 64 * mib },
    maps: [all(64 * mib)],
    region: { backing: 'memfd', size: 64 * mib, pages: 16_384 },
  },
  'a memfd of which each process touches other parts': {
    differs: true,
    object: { backing: 'memfd', size: 64 * mib },
    maps: [
      [{ length: 64 * mib, touched: [[0, 5 * mib]] }],
      [{ length: 64 * mib, touched: [[32 * mib - 4 * kib, 8 * kib]] }],
      [
        {
          length: 64 * mib,
          touched: [
            [6 * mib, 4 * kib],
            [63 * mib, 4 * kib],
          ],
        },
      ],
    ],
    region: { backing: 'memfd', size: 64 * mib },
  },
  'shared memory with holes, out of phase': {
    object: { backing: 'posix-shm', size: 1280 * mib },
    maps: [
      [
        {
          at: territory + gib - 12 * kib,
          length: 1280 * mib - 8 * kib,
          offset: 8 * kib,
          touched: Array.from({ length: 40 }, (_, i) => [i * 30 * mib, 12 * kib] as const),
        },
      ],
    ],
    region: { backing: 'posix-shm', size: 1280 * mib },
  },
  'a SysV segment that some only read': {
    object: { backing: 'sysv-shm', size: 32 * mib },
    maps: [all(32 * mib), [{ length: 32 * mib, writes: false, touched: [[0, 20 * mib]] }]],
    region: { backing: 'sysv-shm', size: 32 * mib },
  },
  'anonymous shared memory, mapped in two pieces': {
    object: { backing: 'anonymous-shared', size: 16 * mib },
    maps: [
      [
        { length: 4 * mib, touched: [[0, 4 * mib]] },
        { at: territory + 8 * gib, length: 6 * mib, offset: 8 * mib, touched: [[0, 4 * kib]] },
      ],
    ],
    region: { backing: 'anonymous-shared' },
  },
}

describe('what is captured of this machine plans what it costs', () => {
  for (const [title, one] of Object.entries(cases)) {
    test(title, { timeout: testLimit }, () => check(one))
  }

  const hugePages = 3 * 512
  test('huge pages, with tables that are shared', { timeout: lockLimit + testLimit }, async ({
    skip,
  }) => {
    const changed: Change = await change(moreHugePages(2048, hugePages))
    if (!changed.ok) return skip(changed.reason)
    try {
      const size = 3 * gib
      const { text } = await check({
        object: { backing: 'memfd', size, huge: true, pageBytes: 2 * mib },
        maps: [[{ at: territory + 512 * mib, length: size, touched: [[0, size]] }]],
        region: { pageBytes: 2 * mib, size },
      })
      // Two whole GiB of it, in two of three processes once too often.
      expect(text).toContain('16.0 KiB more in total than exists')
    } finally {
      changed.restore()
    }
  })
})

test('what an ended process has left in a region is in memory, and stands with it', {
  timeout: testLimit,
}, async ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('only root may ask what is behind map_files')
  const leaver = await startWorker()
  try {
    const { text, workload } = await measureLeft(leaver)
    const [region] = workload.regions
    expect(text).toContain('its blocks by stat')
    expect(region?.resident).toEqual({ bytes: 48 * mib, atLeast: true })
    const { lines } = asDescribed(workload).memory
    expect(lines.find(({ kind }) => kind === 'shared')?.bytes).toBe(48 * mib)
  } finally {
    await leaver.end()
  }
})

/** Somebody fills 48 MiB of it and ends; each of the others touches 1 MiB. */
async function measureLeft(leaver: Worker): Promise<Captured> {
  const { keeper, workers } = started()
  const object = { backing: 'memfd', size: 64 * mib, pageBytes: 4 * kib } as const
  const { handles = [] } = await keeper.ask({
    kind: 'make',
    objects: [{ ...object, huge: false, filled: [] }],
  })
  const order = (length: number): MapOrder => ({
    at: territory,
    length: object.size,
    offset: 0,
    handle: nth(handles, 0),
    shared: true,
    writes: true,
    pageBytes: object.pageBytes,
    huge: false,
    thp: false,
    touched: [[0, length]],
  })
  try {
    await leaver.ask({ kind: 'map', maps: [order(48 * mib)] })
    await leaver.end()
    for (const worker of workers) await worker.ask({ kind: 'map', maps: [order(mib)] })
    return await capture()
  } finally {
    for (const worker of workers) await worker.ask({ kind: 'unmap' })
    await keeper.ask({ kind: 'drop' })
  }
}

/** A mean is rounded to a byte, once for each process, and so is a sum that chance makes a fraction. */
const rounding = processes / 2 + 1
/** Of processes that touch other parts a group has the mean: less than a table of each is not theirs. */
const meanTable = processes * 4 * kib

function off(value: number, from: number): number {
  return Math.abs(value - from)
}

interface Captured {
  readonly text: string
  readonly workload: Workload
}

async function check(one: Case): Promise<Captured> {
  for (let tries = 0; ; tries += 1) {
    const { captured, before, after, left } = await measure(one)
    const measured = captured.workload.measured?.groups ?? []
    const seen = sum(measured.map(({ vmPte }) => vmPte))
    // The programs' own memory may have grown meanwhile, while they mapped or before the capture.
    const isSteady = seen === sum(after) * kib && sum(left) === sum(before)
    if (!isSteady && tries < mostTries) continue
    expect(sum(measured.map((group) => group.processes))).toBe(processes)
    expect(captured.workload.regions).toHaveLength(1)
    expect(captured.workload.regions[0]).toMatchObject(one.region)
    const result = asDescribed(captured.workload)
    expect(off(result.counters.sumVmPteBytes, sum(after) * kib)).toBeLessThanOrEqual(rounding)
    const base = captured.workload.groups.map((group) => group.processes * group.baseTables)
    const own = one.differs ? meanTable : rounding
    expect(off(sum(base), sum(before) * kib)).toBeLessThanOrEqual(own)
    return captured
  }
}

async function measure({ object, maps }: Case) {
  const { keeper, workers } = started()
  const whole: ObjectOrder = { pageBytes: 4 * kib, huge: false, filled: [], ...object }
  const { handles = [] } = await keeper.ask({ kind: 'make', objects: [whole] })
  const [before, after, left]: [number[], number[], number[]] = [[], [], []]
  try {
    for (const [index, worker] of workers.entries()) {
      const orders = nth(maps, Math.min(index, maps.length - 1)).map(
        (order): MapOrder => ({
          at: territory,
          length: 0,
          offset: 0,
          handle: nth(handles, 0),
          shared: true,
          writes: true,
          pageBytes: whole.pageBytes,
          huge: whole.huge,
          thp: false,
          touched: [],
          ...order,
        }),
      )
      const answer = await worker.ask({ kind: 'map', maps: orders })
      before.push(answer.before ?? Number.NaN)
      after.push(answer.after ?? Number.NaN)
    }
    return { captured: await capture(), before, after, left }
  } finally {
    for (const worker of workers) {
      const answer = await worker.ask({ kind: 'unmap' })
      left.push(answer.after ?? Number.NaN)
    }
    await keeper.ask({ kind: 'drop' })
  }
}

async function capture(): Promise<Captured> {
  const pids = started().workers.flatMap(({ pid }) => ['--pid', String(pid)])
  const text = await printed(['capture', ...pids])
  return { text, workload: workloadOf(text) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
