import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Record } from './compare.ts'
import { compare, kindOf } from './compare.ts'
import type { Menu } from './draw.ts'
import { anyCase, regionText } from './draw.ts'
import { planOf, vmPteOf, workloadOf } from './expected.ts'
import type { Machine } from './machine.ts'
import { openMachine } from './machine.ts'
import {
  hugetlbPool,
  onAnonymousThp,
  onBasePages,
  onGigantic,
  onHugetlb,
  onShmemThp,
} from './menus.ts'
import type { Change } from './settings.ts'
import { addHugePages, adviseShmem, checkAnonymousThp } from './settings.ts'

/** Cases in all: three fifths on base pages, a fifth on transparent huge pages, a fifth on hugetlb. */
const runs = Number(process.env['MSHARE_ORACLE_RUNS'] ?? 500)
const seed = process.env['MSHARE_ORACLE_SEED']
const scenario = process.env['MSHARE_ORACLE_SCENARIO']
const timeout = 60_000 + 200 * runs

let machine: Machine = { ok: false, reason: 'not looked at yet' }

beforeAll(async () => {
  machine = await openMachine()
})

afterAll(async () => {
  if (machine.ok) await machine.kernel.close()
})

describe.skipIf(scenario !== undefined)('VmPTE of the kernel under the test', () => {
  agrees('on base pages', onBasePages, (runs * 3) / 5)
  agrees('with transparent huge pages of private memory', onAnonymousThp, runs / 10, {
    change: checkAnonymousThp,
  })
  agrees('with transparent huge pages of shared memory', onShmemThp, runs / 10, {
    change: adviseShmem,
  })
  agrees('with hugetlb pages of 2 MiB', onHugetlb, runs / 5, {
    change: () => addHugePages(2048, hugetlbPool),
  })
  agrees('with hugetlb pages of 1 GiB', onGigantic, runs / 50, {
    change: () => addHugePages(2 ** 20, 1),
    // With so few cases, some memory may not come up.
    all: false,
  })
})

interface Terms {
  /** What of the running kernel must be set for the cases. */
  readonly change?: () => Change
  /** Every kind of memory and of touching must have been seen. */
  readonly all?: boolean
}

function agrees(how: string, menu: Menu, cases: number, { change, all = true }: Terms = {}): void {
  describe(how, () => {
    let changed: Change = { ok: true, restore: () => undefined }
    beforeAll(() => {
      if (machine.ok && change !== undefined) changed = change()
    })
    afterAll(() => {
      if (changed.ok) changed.restore()
    })

    test(`is what the model says, for ${Math.ceil(cases)} drawn cases`, { timeout }, async ({
      skip,
    }) => {
      if (!machine.ok) return skip(machine.reason)
      if (!changed.ok) return skip(changed.reason)
      const record = await compareAll(menu, Math.ceil(cases))
      if (all) checkSeen(menu, record)
    })
  })
}

/** Draws so many cases; each must have been compared, once. */
async function compareAll(menu: Menu, cases: number): Promise<Record> {
  if (!machine.ok) throw new Error(machine.reason)
  const { kernel, host } = machine
  const record: Record = { compared: 0, passing: 0, seen: new Map() }
  const property = fc.asyncProperty(anyCase(menu, host), (drawn) => compare(kernel, drawn, record))
  const drawn = seed === undefined ? {} : { seed: Number(seed) }
  await fc.assert(property, { numRuns: cases, ...drawn })
  expect(record.compared).toBe(cases)
  expect(record.passing).toBeLessThanOrEqual(Math.ceil(cases / 100))
  return record
}

function checkSeen({ kinds }: Menu, { seen }: Record): void {
  const memory = kinds.map((kind) => kindOf(regionText({ kind, size: 1 })))
  const touched = ['all', 'none', 'first', 'every', 'pages', 'ranges', 'random']
  const expected = [...memory, ...touched.map((kind) => `touched: ${kind}`), 'access: ro']
  expect([...seen.keys()]).toEqual(expect.arrayContaining(expected))
}

test.runIf(scenario !== undefined)('the scenario costs what the model says', async ({ skip }) => {
  if (!machine.ok) return skip(machine.reason)
  const workload = workloadOf(readFileSync(scenario ?? '', 'utf8'))
  expect(await machine.kernel.measure(workload)).toEqual(vmPteOf(planOf(workload)))
})
