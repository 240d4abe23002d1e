import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Lowmem } from '../../../../src/host/min-watermark.ts'
import { byKhugepaged, byRoot, minWatermark } from '../../../../src/host/min-watermark.ts'
import { parseKernel } from '../../../../src/scenario/schema/kernel-version.ts'
import { isAtLeast } from '../../../../src/units/kernel-version.ts'
import type { Host } from '../../../../src/workload/host.ts'
import { nth, workload, x8664 } from '../../../build.ts'
import { lockLimit, testLimit } from '../limits.ts'
import { change, setting } from '../machine/settings.ts'
import { meminfo, pageBytes } from '../machine/status.ts'

const timeout = lockLimit + testLimit
const transparent = '/sys/kernel/mm/transparent_hugepage'
const anonymous = join(transparent, 'enabled')
const shmem = join(transparent, 'shmem_enabled')
const unfit = unfitness()
/** What zones manage may be so many pages less than MemTotal: a kilobyte of the root, where it is near one. */
const fewPages = 64

/** With THP off; whatever is set meanwhile is put back as it was. */
function withoutThp(
  title: string,
  body: (thpOff: () => void, skip: (reason: string) => void) => void,
): void {
  test(title, { timeout }, async ({ skip }) => {
    if (unfit !== undefined) return skip(unfit)
    const changed = await change(setting(anonymous, 'never'), setting(shmem, 'never'))
    if (!changed.ok) return skip(changed.reason)
    try {
      body(() => writeFileSync(anonymous, 'never'), skip)
    } finally {
      changed.restore()
    }
  })
}

describe('min_free_kbytes follows from meminfo and zoneinfo', () => {
  withoutThp('without THP: by the root of memory above the high watermarks', (thpOff) => {
    for (let times = 0; times < 3; times += 1) {
      const { pages, zones } = lowmem()
      thpOff()
      const fewest = byRoot({ pages: pages - fewPages, zones }, x8664)
      expect(minFree()).toBeGreaterThanOrEqual(fewest)
      expect(minFree()).toBeLessThanOrEqual(byRoot({ pages, zones }, x8664))
    }
  })

  withoutThp('with THP for private memory: by page blocks', (thpOff) => {
    for (const choice of ['madvise', 'always']) {
      thpOff()
      const expected = Math.max(minFree(), byKhugepaged(lowmem(), x8664))
      writeFileSync(anonymous, choice)
      expect(minFree(), choice).toBe(expected)
    }
  })

  withoutThp('with THP for shared memory alone: so too since Linux 6.13', (thpOff) => {
    const isCounted = isAtLeast(runningKernel(), { major: 6, minor: 13 })
    for (const choice of ['advise', 'within_size', 'always']) {
      writeFileSync(shmem, 'never')
      thpOff()
      const before = minFree()
      const raised = Math.max(before, byKhugepaged(lowmem(), x8664))
      writeFileSync(shmem, choice)
      expect(minFree(), choice).toBe(isCounted ? raised : before)
    }
  })
})

describe('min_free_kbytes is planned from MemTotal alone', () => {
  withoutThp('to the kilobyte with THP, where page blocks decide', (_, skip) => {
    const planned = minWatermark(hostWith('madvise'))
    if (planned === minWatermark(hostWith('never')))
      return skip('memory is so large that they do not')
    writeFileSync(anonymous, 'madvise')
    expect(minFree()).toBe(planned)
  })

  withoutThp('without THP never too low, and off by the high watermarks at most', (thpOff) => {
    const planned = minWatermark(hostWith('never'))
    const off = highPages() / totalPages()
    thpOff()
    expect(minFree()).toBeLessThanOrEqual(planned)
    // The root of 1 − off is above 1 − off; and each of both is rounded down to a kilobyte.
    expect(minFree()).toBeGreaterThan(planned * (1 - off) - 1024)
  })
})

function hostWith(thp: Host['thp']['anonymous']): Host {
  const host = { memory: meminfo('MemTotal'), kernel: runningKernel() }
  return workload({ host: { ...host, thp: { anonymous: thp, shmem: 'never' } } }).host
}

function runningKernel(): Host['kernel'] {
  const kernel = parseKernel(release())
  if (kernel === undefined) throw new RangeError(`what kernel ${release()} is, is not known`)
  return kernel
}

/** In bytes. */
function minFree(): number {
  return Number(readFileSync('/proc/sys/vm/min_free_kbytes', 'latin1')) * 1024
}

/** A zone of /proc/zoneinfo; numbers are pages. */
interface Zone {
  readonly name: string
  readonly present: number
  readonly managed: number
  readonly high: number
}

/**
 * nr_free_buffer_pages(): what the zones up to Normal manage above their high watermarks. What they
 * manage is MemTotal without the zones above; a kernel that initialises pages only when they are
 * first needed prints less in zoneinfo.
 */
function lowmem(): Lowmem {
  const zones = lowZones().filter(({ present }) => present > 0)
  return { pages: totalPages() - highPages(), zones: zones.length }
}

function totalPages(): number {
  const above = zonesOf().filter(({ name }) => !isLow(name))
  return meminfo('MemTotal') / pageBytes - above.reduce((sum, { managed }) => sum + managed, 0)
}

function highPages(): number {
  return lowZones().reduce((sum, { high }) => sum + high, 0)
}

function lowZones(): readonly Zone[] {
  return zonesOf().filter(({ name }) => isLow(name))
}

function isLow(name: string): boolean {
  return ['DMA', 'DMA32', 'Normal'].includes(name)
}

function zonesOf(): readonly Zone[] {
  const text = readFileSync('/proc/zoneinfo', 'latin1')
  const parts = text.split(/^Node \d+, zone\s+/m).slice(1)
  const zones = parts.map((part): Zone => {
    const numberOf = (key: string): number => {
      const found = new RegExp(`^\\s+${key}\\s+(\\d+)$`, 'm').exec(part)?.[1]
      if (found === undefined) throw new RangeError(`a zone without ${key}`)
      return Number(found)
    }
    const name = nth(part.split('\n'), 0).trim()
    return {
      name,
      present: numberOf('present'),
      managed: numberOf('managed'),
      high: numberOf('high'),
    }
  })
  if (zones.length === 0) throw new RangeError('no zones in /proc/zoneinfo')
  return zones
}

function unfitness(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has no watermarks`
  if (process.arch !== 'x64') return `page blocks on ${process.arch} are not known`
  const given = ['/etc', '/run', '/usr/lib']
    .flatMap((folder) => [join(folder, 'sysctl.conf'), ...filesIn(join(folder, 'sysctl.d'))])
    .find(
      (file) => existsSync(file) && /^\s*vm.min_free_kbytes/m.test(readFileSync(file, 'latin1')),
    )
  return given === undefined ? undefined : `${given} sets vm.min_free_kbytes`
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}
