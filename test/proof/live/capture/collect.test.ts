import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { kib, mib, nth } from '../../../build.ts'
import { testLimit } from '../limits.ts'
import type { MapOrder } from '../machine/orders.ts'
import { printed } from './printed.ts'
import { startedWorkers, territory } from './started-workers.ts'

/*
 * Processes map and touch memory, and stay as they are while they are captured twice: as they run, and
 * from what the script of collect wrote of them. What is said of them must be the same to the byte.
 */
const mostTries = 20
const size = 64 * mib

const started = startedWorkers(3)
const home = mkdtempSync(join(tmpdir(), 'mshare-plan-collect-live-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('what was collected gives the scenario of a live capture, to the byte', {
  timeout: testLimit,
}, async () => {
  const { keeper, workers } = started()
  const object = { size, pageBytes: 4 * kib, huge: false, filled: [] }
  const backings = ['memfd', 'sysv-shm'] as const
  const objects = backings.map((backing) => ({ ...object, backing }))
  const { handles = [] } = await keeper.ask({ kind: 'make', objects })
  const mapping = (index: number, touched: MapOrder['touched']): MapOrder => ({
    at: territory + index * 2 * size,
    length: size,
    offset: 0,
    handle: nth(handles, index),
    shared: true,
    writes: true,
    pageBytes: 4 * kib,
    huge: false,
    thp: false,
    touched,
  })
  try {
    for (const [place, worker] of workers.entries()) {
      const scattered = Array.from({ length: 40 }, (_, page) => [page * mib, 8 * kib] as const)
      const part = [[place * 5 * mib, 17 * mib]] as const
      await worker.ask({ kind: 'map', maps: [mapping(0, scattered), mapping(1, part)] })
    }
    for (let tries = 1; ; tries += 1) {
      const [before, collected, after] = [await captured(), await fromArchive(), await captured()]
      // V8 gives pages back at times: then they have not stayed as they were.
      if (before !== after && tries < mostTries) continue
      expect(collected).toBe(before)
      expect(collected).toContain('pagemap')
      return
    }
  } finally {
    for (const worker of workers) await worker.ask({ kind: 'unmap' })
    await keeper.ask({ kind: 'drop' })
  }
})

/** Of the processes that were chosen; the rest of the machine is never still. */
async function ofProcesses(argv: readonly string[]): Promise<string> {
  const text = await printed(argv)
  const [, processes] = /\nregions:\n([\s\S]*?)\nmeasured:\n/.exec(text) ?? []
  const groups = /\n {2}groups:\n([\s\S]*?)\n {2}elsewhere:/.exec(text)?.[1]
  if (processes === undefined || groups === undefined) throw new Error(text)
  return `${processes}\n${groups}`
}

function chosen(): readonly string[] {
  return started().workers.flatMap(({ pid }) => ['--pid', String(pid)])
}

async function captured(): Promise<string> {
  return ofProcesses(['capture', ...chosen()])
}

async function fromArchive(): Promise<string> {
  const [script, archive] = [join(home, 'collect.sh'), join(home, 'machine.tar.gz')]
  writeFileSync(script, await printed(['collect', ...chosen()]))
  const { status, stderr } = spawnSync('sh', [script, '-o', archive], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return ofProcesses(['capture', '--root', archive])
}
