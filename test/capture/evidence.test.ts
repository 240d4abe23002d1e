import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTree } from '../../src/cli/machine/node-tree.ts'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import type { Told } from './copied-tree.ts'
import { readBack, strategyOf } from './copied-tree.ts'

const kib = 1024

async function captured(situation: string, ...options: readonly string[]): Promise<Told> {
  const root = join(import.meta.dirname, '../fixtures/evidence', situation, 'tree')
  const { world, stdout, stderr } = fakeWorld()
  const status = await main(['capture', '--root', root, ...options], { ...world, openTree })
  return { status, text: stdout(), stderr: stderr() }
}

/** Groups with the names of the regions that they map. */
function groupsOf(told: Told) {
  return readBack(told).workload.groups.map(({ name, processes, maps }) => [
    name,
    processes,
    maps.length,
  ])
}

describe('a sosreport without process files', () => {
  it('has groups by program, role and user, and a region for each segment', async () => {
    const told = await captured('sosreport-listed')
    expect(groupsOf(told)).toEqual([
      ['systemd', 1, 0],
      ['sshd', 1, 0],
      ['oracle prod: sessions', 40, 2],
      ['oracle prod: background processes', 6, 2],
    ])
    const { workload } = readBack(told)
    expect(workload.regions).toMatchObject([
      { name: 'sysv 65536 key 0x00000000', program: 'oracle' },
      { name: 'sysv 65537 key 0x8fdcea00', size: 33_285_996_544, program: 'oracle' },
    ])
    expect(workload.host.memory).toBe(65_536_000 * kib)
    expect(workload.groups[2]).toMatchObject({ uid: 54_321 })
    expect(told.stderr).not.toContain('attachments, and the list')
  })

  it('plans the page tables that meminfo shows', async () => {
    const { counters } = strategyOf(readBack(await captured('sosreport-listed')), 'as-described')
    // Half a table of 4 KiB for each of 92 mappings.
    const rounding = 92 * 2 * kib
    expect(Math.abs(counters.pageTablesBytes - 1_048_576 * kib)).toBeLessThanOrEqual(rounding)
  })

  it('says within which bounds the touched part is', async () => {
    const { stderr } = await captured('sosreport-listed')
    expect(stderr).toMatch(/touched at most 3\d\.\d % of the segments, at least 3\d\.\d %/)
  })

  it('has private memory of all groups together as AnonPages says', async () => {
    const { workload } = readBack(await captured('sosreport-listed'))
    const all = workload.groups.reduce((sum, one) => sum + one.processes * one.private, 0)
    // Rounded down to a KiB in each of 48 processes.
    expect(all).toBeLessThanOrEqual(4_194_304 * kib)
    expect(all).toBeGreaterThan((4_194_304 - 48) * kib)
  })

  it('has the processes that are selected', async () => {
    expect(groupsOf(await captured('sosreport-listed', '--name', 'sshd'))).toEqual([['sshd', 1, 0]])
    expect(groupsOf(await captured('sosreport-listed', '--user', 'oracle'))).toEqual([
      ['oracle prod: sessions', 40, 2],
      ['oracle prod: background processes', 6, 2],
    ])
    const { status, stderr } = await captured('sosreport-listed', '--name', 'mysqld')
    expect(status).toBe(3)
    expect(stderr).toContain('none of the 48 processes matches the selection')
  })
})

describe('a folder with pasted outputs', () => {
  it('has the shared memory of PostgreSQL, which is no segment', async () => {
    const told = await captured('pasted-outputs')
    expect(readBack(told).workload.regions).toMatchObject([
      { name: 'postgres shared memory', backing: 'anonymous-shared', program: 'postgresql' },
    ])
    expect(groupsOf(told)).toEqual([
      ['init', 1, 0],
      ['postgres 16/main', 1, 1],
      ['postgres 16/main: backends', 20, 1],
      ['postgres 16/main: background writer', 1, 1],
      ['postgres 16/main: checkpointer', 1, 1],
      ['postgres 16/main: logger', 1, 0],
      ['postgres 16/main: walwriter', 1, 1],
    ])
  })

  it('names a file that has not what its name says', async () => {
    const { stderr } = await captured('pasted-outputs')
    expect(stderr).toContain('ignored free.txt: it has no table of free')
  })
})

describe('a supportconfig of SUSE', () => {
  it('has memory, settings and processes in the sections of its files', async () => {
    const told = await captured('supportconfig')
    const { workload } = readBack(told)
    expect(groupsOf(told)).toEqual([
      ['systemd', 1, 0],
      ['mysqld', 1, 0],
      ['cron', 1, 0],
    ])
    expect(workload.host).toMatchObject({
      kernel: { major: 5, minor: 3 },
      memory: 32_768_000 * kib,
      overcommit: { mode: 'never', ratio: 80 },
    })
    expect(told.stderr).toContain('add --numa-nodes 2')
  })

  it('has no page tables of others where the base tables have them all', async () => {
    const told = await captured('supportconfig')
    expect(told.text).not.toContain('page tables of others')
    const { counters } = strategyOf(readBack(told), 'as-described')
    expect(Math.abs(counters.pageTablesBytes / (60_000 * kib) - 1)).toBeLessThan(0.01)
  })
})

describe('an archive of Red Hat Insights', () => {
  it('has a group of those that are attached and not listed', async () => {
    const told = await captured('insights')
    expect(groupsOf(told)).toEqual([
      ['systemd', 1, 0],
      ['dw.sapC11_D00', 20, 1],
      ['attached to sysv 32769', 2, 1],
    ])
    expect(told.stderr).toContain('has 22 attachments, and the list 20 processes')
  })
})
