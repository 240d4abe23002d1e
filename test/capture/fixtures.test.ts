import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTree } from '../../src/cli/machine/node-tree.ts'
import { main } from '../../src/cli/main.ts'
import { verify } from '../../src/plan/verify/verify.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import type { Workload } from '../../src/workload/workload.ts'
import { asDescribed } from '../build.ts'
import { fakeWorld } from '../cli/fake-world.ts'

/*
 * Copies of /proc of real processes: test/fixtures/record.mjs records them, ORIGIN.md beside each says
 * what ran. `UPDATE_GOLDEN=1` writes the scenarios anew, never under CI.
 */
const { UPDATE_GOLDEN, CI } = process.env
const folder = join(import.meta.dirname, '../fixtures/proc')
/** The others are written by hand: their tests are those of what they show. */
const situations = readdirSync(folder).filter((name) =>
  existsSync(join(folder, name, 'tree.tar.gz')),
)

describe('recorded processes', () => {
  it('are of four situations, with their origin', () => {
    expect(situations.length).toBeGreaterThanOrEqual(4)
    for (const situation of situations) {
      const origin = readFileSync(join(folder, situation, 'ORIGIN.md'), 'utf8')
      expect(origin).toContain('What ran')
      expect(origin).toContain('What was scrubbed')
    }
  })

  it.each(situations)('%s: becomes the scenario beside it', async (situation) => {
    const text = await captured(situation)
    const golden = join(folder, situation, 'scenario.yaml')
    if (UPDATE_GOLDEN === '1' && !CI) writeFileSync(golden, text)
    else expect(text).toBe(readFileSync(golden, 'utf8'))
  })

  it.each(situations)('%s: plans the VmPTE that its status has', async (situation) => {
    const text = await captured(situation)
    const workload = workloadOf(text)
    const measured = sum((workload.measured?.groups ?? []).map(({ vmPte }) => vmPte))
    const processes = sum(workload.groups.map((group) => group.processes))
    expect(processes).toBeGreaterThan(0)
    const { counters } = asDescribed(workload)
    // A mean is rounded to a byte, once for each process.
    expect(Math.abs(counters.sumVmPteBytes - measured)).toBeLessThanOrEqual(processes)
  })

  it('with four times as many backends takes four times their tables', async () => {
    const text = await captured('postgres-base-pages')
    const workload = workloadOf(text)
    expect(workload.groups[1]).toMatchObject({ name: 'postgres: backends', processes: 24 })
    const edited = workloadOf(fourfold(text))
    const [before, after] = [workload, edited].map((one) => asDescribed(one).counters.sumVmPteBytes)
    const ofOne = (workload.measured?.groups[1]?.vmPte ?? 0) / 24
    expect(Math.abs((after ?? 0) - (before ?? 0) - 72 * ofOne)).toBeLessThanOrEqual(96)
  })

  it('are in the same groups whatever they have read, on base pages and on huge pages', async () => {
    const names = async (situation: string) =>
      workloadOf(await captured(situation)).groups.map(({ name }) => name)
    expect(await names('postgres-base-pages')).toEqual([
      'postgres',
      'postgres: backends',
      'postgres: background writer',
      'postgres: checkpointer',
      'postgres: walwriter',
    ])
    expect(await names('postgres-huge-pages')).toEqual(await names('postgres-base-pages'))
  })

  it('have own tables near those that pagemap shows of such a backend, without pagemap', async () => {
    // 24 tables: what test/proof/postgresql finds. The upper bound is 29.
    const { groups } = workloadOf(await captured('postgres-base-pages'))
    const backends = groups.find(({ name }) => name === 'postgres: backends')
    expect((backends?.baseTables ?? 0) / (24 * 4096)).toBeGreaterThan(0.9)
    expect((backends?.baseTables ?? 0) / (24 * 4096)).toBeLessThan(1.15)
  })

  it('share pmd tables of huge pages: VmPTE adds up to more than PageTables, and why is said', async () => {
    const workload = workloadOf(await captured('postgres-huge-pages'))
    const { pageTables } = verify(workload, { name: '' })
    if (pageTables === undefined) throw new Error('PageTables was not recorded')
    expect(pageTables.sumVmPteBytes).toBeGreaterThan(pageTables.measuredBytes)
    const links = pageTables.parts.find((part) => part.kind === 'links')
    expect(links).toMatchObject({ tables: 4, onceBytes: 15_795 })
    // Of 6 GiB, as the backends that have read the whole table have them.
    // What is left are tables of the kernel itself.
    expect(pageTables.residualBytes).toBeGreaterThan(0)
    expect(pageTables.residualBytes).toBeLessThan(2 ** 20)
  })
})

/** As somebody edits it. */
function fourfold(text: string): string {
  return text.replace('    processes: 24\n', '    processes: 96\n')
}

async function captured(situation: string): Promise<string> {
  const root = join(folder, situation, 'tree.tar.gz')
  const { world, stdout, stderr } = fakeWorld()
  const chosen = situation.startsWith('postgres') ? ['--name', 'postgres'] : []
  const status = await main(['capture', '--root', root, ...chosen], { ...world, openTree })
  if (status !== 0) throw new Error(stderr())
  return stdout()
}

function workloadOf(text: string): Workload {
  const reading = readScenario(text, 'captured.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.workload
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
