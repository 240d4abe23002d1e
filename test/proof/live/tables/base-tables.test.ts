import { execFile } from 'node:child_process'
import { release } from 'node:os'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parseKernel } from '../../../../src/scenario/schema/kernel-version.ts'
import { isAtLeast } from '../../../../src/units/kernel-version.ts'
import { bytes, count } from '../../../../src/units/quantity.ts'
import { baseTablesOf } from '../../../../src/workload/base-tables.ts'
import { kib, workload } from '../../../build.ts'

interface Seen {
  readonly vmPteBytes: number
  readonly ownBytes: number
}

const report = process.report?.getReport() as { readonly header: Readonly<Record<string, unknown>> }
const libc = report.header['glibcVersionRuntime']
const kernel = parseKernel(release())
const unfit =
  process.arch !== 'x64' || kernel === undefined || typeof libc !== 'string'
    ? `no Linux with glibc on x86-64: ${process.platform} ${process.arch} ${release()}`
    : undefined

/** What VmPTE and RssAnon of a process of its own grow by. */
async function growth(order: 'heap' | 'stacks', amount: number): Promise<Seen> {
  const { pathname } = new URL('./base-tables-program.mjs', import.meta.url)
  const { stdout } = await promisify(execFile)(process.execPath, [
    decodeURI(pathname),
    order,
    `${amount}`,
  ])
  const { before, after } = JSON.parse(stdout)
  const grown = (key: string): number => (after[key] - before[key]) * kib
  return { vmPteBytes: grown('vmPteKb'), ownBytes: grown('ownKb') }
}

function planned(own: number, threads: number) {
  const { host } = workload(kernel === undefined ? {} : { host: { kernel } })
  return baseTablesOf(host, { private: bytes(own), threads: count(threads) }, bytes(0))
}

test('a heap of 400 MiB takes little more than the tables of memory in one piece', async ({
  skip,
}) => {
  if (unfit !== undefined) return skip(unfit)
  const { vmPteBytes, ownBytes } = await growth('heap', 400)
  const { ofPrivate } = planned(ownBytes, 1)
  expect(ownBytes).toBeGreaterThan(400 * 2 ** 20)
  expect(vmPteBytes / ofPrivate).toBeGreaterThan(0.95)
  expect(vmPteBytes / ofPrivate).toBeLessThan(1.25)
})

test('1000 stacks take a pte table each, two where glibc 2.42 guards them on Linux 6.13', async ({
  skip,
}) => {
  if (unfit !== undefined || kernel === undefined) return skip(unfit)
  const { vmPteBytes } = await growth('stacks', 1000)
  const [major = 0, minor = 0] = `${libc}`.split('.').map(Number)
  const guarded = isAtLeast({ major, minor }, { major: 2, minor: 42 })
  const each = guarded && isAtLeast(kernel, { major: 6, minor: 13 }) ? 2 : 1
  // Beside them 8 pmd tables, and what the program itself touches meanwhile.
  expect(vmPteBytes / (1000 * each * 4096)).toBeGreaterThanOrEqual(1)
  expect(vmPteBytes / (1000 * each * 4096)).toBeLessThan(1.1)
  expect(planned(0, 1001).ofStacks * 1.1).toBeGreaterThan(vmPteBytes)
})
