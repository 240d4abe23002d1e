import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import { asDescribed, kib } from '../../build.ts'
import { printed } from '../live/capture/printed.ts'
import { lockLimit, testLimit } from '../live/limits.ts'
import { change, freeHugePages } from '../live/machine/settings.ts'
import { capture, workloadOf, worldWithInput } from '../postgresql/captures.ts'
import { pageTablesOf, vmPte } from '../postgresql/truth.ts'
import type { Installation } from './server.ts'
import { absence, install } from './server.ts'

/*
 * A MariaDB with large pages, started with pools of huge pages that hold all it asks for, or too few.
 * What is planned of its my.cnf is held against what the kernel says that it has reserved.
 */

interface Case {
  readonly title: string
  readonly options: readonly string[]
  /** Huge pages in the pool. */
  readonly pool: number
  /** Huge pages of the server: in use and reserved, as MariaDB 10.11 has them. */
  readonly reserved: number
  /** Those of the buffer pool alone; 0 where it is on base pages. */
  readonly ofPool: number
}

/** Where the kernel gives the server an address that it does not want, it maps so many more. */
const mostForAddress = 3
const two = 'innodb_buffer_pool_size = 2G'
const one = 'innodb_buffer_pool_size = 1G'

const cases: readonly Case[] = [
  {
    title: 'a buffer pool of 2 GiB with all it needs',
    options: [two],
    pool: 1155 + mostForAddress,
    reserved: 1155,
    ofPool: 1024,
  },
  {
    title: 'a buffer pool of 1 GiB with all it needs',
    options: [one],
    pool: 643 + mostForAddress,
    reserved: 643,
    ofPool: 512,
  },
  {
    title: 'a buffer pool of 1 GiB that may grow to 2 GiB',
    options: [one, 'innodb_buffer_pool_size_max = 2G'],
    pool: 1155 + mostForAddress,
    reserved: 643,
    ofPool: 512,
  },
  {
    title: 'a buffer pool of 2 GiB with a maximum of as much',
    options: [two, 'innodb_buffer_pool_size_max = 2G'],
    pool: 1155 + mostForAddress,
    reserved: 1155,
    ofPool: 1024,
  },
  {
    title: 'a buffer pool of 2 GiB with 1,024 huge pages',
    options: [two],
    pool: 1024,
    reserved: 115,
    ofPool: 0,
  },
]

const missing = absence()
const stage: { installation?: Installation; reason?: string } = {}

beforeAll(() => {
  if (missing !== undefined) return
  const installed = install()
  if ('reason' in installed) stage.reason = installed.reason
  else stage.installation = installed
}, testLimit)
afterAll(() => stage.installation?.remove())

describe.each(cases)('$title', (one) => {
  test('has the huge pages that are planned', { timeout: lockLimit + testLimit }, async ({
    skip,
  }) => {
    const { installation, reason } = stage
    if (installation === undefined) return skip(missing ?? reason ?? 'nothing was installed')
    const changed = await change(freeHugePages(2048, one.pool))
    if (!changed.ok) return skip(changed.reason)
    try {
      await prove(installation, one)
    } finally {
      changed.restore()
    }
  })
})

async function prove(installation: Installation, one: Case): Promise<void> {
  const planned = await forecast(installation.release, one)
  const before = hugePages()
  const tables = pageTablesOf([])
  const server = await installation.start([
    '--large-pages',
    ...one.options.map((line) => `--${line.replaceAll(' ', '')}`),
  ])
  try {
    const beyond = one.ofPool === 0 ? 0 : pagesBeyond(server.log(), one)
    expect(beyond).toBeLessThanOrEqual(mostForAddress)
    const now = hugePages()
    const reserved = before.free - now.free + (now.reserved - before.reserved)
    expect(reserved).toBe(planned.reserved + beyond)
    expect(planned.reserved).toBe(one.reserved)
    expect(planned.ofPool).toBe(one.ofPool)
    expect(planned.idle).toBe(one.pool - one.reserved)
    await checkCapture(server.pid, tables)
  } finally {
    await server.stop()
  }
}

/** Huge pages that the server maps for its buffer pool beyond its size, by its log. */
function pagesBeyond(log: string, { ofPool }: Case): number {
  const mapped = /innodb_buffer_pool_size_max=(\d+)m/.exec(log)?.[1]
  if (mapped === undefined) throw new Error(`the log does not say how much is mapped:\n${log}`)
  return Number(mapped) / 2 - ofPool
}

interface Forecast {
  readonly reserved: number
  readonly ofPool: number
  readonly idle: number
}

/** What is planned of a my.cnf, for a host with that pool. */
async function forecast(release: string, { options, pool }: Case): Promise<Forecast> {
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-my-'))
  const file = join(folder, 'my.cnf')
  try {
    writeFileSync(file, `[mysqld]\nlarge_pages = ON\n${options.join('\n')}\n`)
    const text = await printed(['import', file, '--release', release, '--memory', '64 GB'])
    const set = `host.hugepages={ 2 MiB: ${pool} }`
    const args = ['plan', '-', '--set', set, '--format', 'json']
    const result = JSON.parse(await printed(args, worldWithInput(text))) as Result
    const idle = strandedIn(result)
    const small = result.findings.find((finding) => finding.kind === 'pool-too-small')
    const isSmall = small !== undefined && 'region' in small && small.region === 'buffer-pool'
    const size = /size: (\d) GiB/.exec(text)?.[1]
    return { reserved: pool - idle, ofPool: isSmall ? 0 : Number(size) * 512, idle }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Also those that are spare, of which no finding says anything. */
function strandedIn({ strategies }: Result): number {
  const described = strategies.find(({ id }) => id === 'as-described')
  if (described?.applies !== true) throw new Error('as-described was not planned')
  return described.memory.pools.reduce((sum, { strandedPages }) => sum + strandedPages, 0)
}

/** The server as it is: VmPTE to the page, and what PageTables has grown by. */
async function checkCapture(pid: number, before: number): Promise<void> {
  const planned = asDescribed(workloadOf(await capture([pid])))
  expect(Math.abs(planned.counters.sumVmPteBytes - vmPte(pid))).toBeLessThanOrEqual(4 * kib)
  const seen: number[] = []
  for (let tries = 0; tries < mostTries; tries += 1) {
    const grown = pageTablesOf([pid]) - before
    if (Math.abs(planned.counters.pageTablesBytes - grown) <= noise) return
    seen.push(grown)
    await sleep(pauseMs)
  }
  const wanted = `PageTables of the server, wanted: ${planned.counters.pageTablesBytes}`
  expect(seen, wanted).toEqual([])
}

/** Processes come and go while PageTables is read, and its parts are added up once a second. */
const noise = 256 * kib
const mostTries = 30
const pauseMs = 200

function hugePages(): { readonly free: number; readonly reserved: number } {
  const text = readFileSync('/proc/meminfo', 'latin1')
  const count = (name: string): number => {
    const found = new RegExp(`^HugePages_${name}: +(\\d+)$`, 'm').exec(text)?.[1]
    if (found === undefined) throw new Error(`no HugePages_${name} in /proc/meminfo`)
    return Number(found)
  }
  return { free: count('Free'), reserved: count('Rsvd') }
}
