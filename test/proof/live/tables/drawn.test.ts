import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockLimit, startLimit, testLimit } from '../limits.ts'
import type { Kernel } from '../machine/kernel.ts'
import type { Machine } from '../machine/machine.ts'
import { openMachine } from '../machine/machine.ts'
import type { Change } from '../machine/settings.ts'
import { advisedShmem, change, checkAnonymousThp, moreHugePages } from '../machine/settings.ts'
import { runs, scenario } from '../runs.ts'
import { checkCases } from './cases.ts'
import type { Evidence } from './compare.ts'
import { compare, kindOf } from './compare.ts'
import type { LinkEvidence } from './compare-links.ts'
import { compareLinks } from './compare-links.ts'
import type { Drawn, Menu } from './draw.ts'
import { anyCase, regionText } from './draw.ts'
import type { LinkCase } from './draw-links.ts'
import { anyLinkCase, linkPool } from './draw-links.ts'
import {
  hugetlbPool,
  onAnonymousThp,
  onBasePages,
  onGigantic,
  onHugetlb,
  onShmemThp,
} from './menus.ts'
import { replay } from './replay.ts'

let machine: Machine = { ok: false, reason: 'not looked at yet' }

beforeAll(async () => {
  machine = await openMachine()
}, startLimit)

afterAll(async () => {
  if (machine.ok) await machine.kernel.close()
}, startLimit)

type Host = Extract<Machine, { ok: true }>['host']

/** A test on the kernel as found: with what it needs set, and put back; else skipped, with the reason. */
function onThisKernel(
  title: string,
  set: () => Promise<Change>,
  body: (kernel: Kernel, host: Host) => Promise<void>,
): void {
  test(title, { timeout: lockLimit + testLimit }, async ({ skip }) => {
    if (!machine.ok) return skip(machine.reason)
    const changed = await set()
    if (!changed.ok) return skip(changed.reason)
    try {
      await body(machine.kernel, machine.host)
    } finally {
      changed.restore()
    }
  })
}

describe.skipIf(scenario !== undefined)('VmPTE of this kernel is what the model says', () => {
  agrees('on base pages', change, onBasePages, runs * 0.6)
  agrees('on transparent huge pages, private', checkAnonymousThp, onAnonymousThp, runs / 10)
  agrees('on transparent huge pages, shared', () => change(advisedShmem), onShmemThp, runs / 10)
  agrees(
    'on hugetlb pages of 2 MiB',
    () => change(moreHugePages(2048, hugetlbPool)),
    onHugetlb,
    runs * 0.15,
  )
  agrees('on hugetlb pages of 1 GiB', () => change(moreHugePages(2 ** 20, 1)), onGigantic, 6)

  const cases = Math.ceil(runs / 20)
  onThisKernel(
    `where processes share hugetlb page tables, which exist once: ${cases} drawn cases`,
    () => change(moreHugePages(2048, linkPool)),
    async (kernel, host) => {
      const evidence: LinkEvidence = { compared: 0, linked: 0 }
      const check = (drawn: LinkCase) => compareLinks(kernel, drawn, evidence)
      await checkCases(anyLinkCase(host), check, cases)
      expect(evidence.compared).toBe(cases)
      expect(evidence.linked).toBeGreaterThan(0)
    },
  )
})

/** Each drawn case must have been compared, and each kind of memory and of touching seen. */
function agrees(how: string, set: () => Promise<Change>, menu: Menu, share: number): void {
  const cases = Math.ceil(share)
  onThisKernel(`${how}: ${cases} drawn cases`, set, async (kernel, host) => {
    const evidence: Evidence = { compared: 0, passing: 0, seen: new Map() }
    const check = (drawn: Drawn) => compare(kernel, drawn, evidence)
    await checkCases(anyCase(menu, host), check, cases)
    expect(evidence.compared).toBe(cases)
    expect(evidence.passing).toBeLessThanOrEqual(Math.ceil(cases / 100))
    if (cases >= enoughForAll) expect([...evidence.seen.keys()]).toEqual(allOf(menu))
  })
}

/** In so many cases every kind comes up, but for chances below one in a million. */
const enoughForAll = 40

function allOf({ kinds }: Menu): unknown {
  const memory = kinds.map((kind) => kindOf(regionText({ kind, size: 1 })))
  const touched = ['all', 'none', 'first', 'every', 'pages', 'ranges', 'random']
  return expect.arrayContaining([
    ...memory,
    ...touched.map((kind) => `touched: ${kind}`),
    'access: ro',
    'access: rw',
  ])
}

/** Only with `--scenario FILE`: otherwise there is no such test, and none to skip. */
const printed = scenario
if (printed !== undefined) {
  describe('a scenario that was printed', () => {
    test('costs what the model says', { timeout: lockLimit + testLimit }, async ({ skip }) => {
      if (!machine.ok) return skip(machine.reason)
      await replay(machine.kernel, printed)
    })
  })
}
