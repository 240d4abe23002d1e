import { findLayout } from '../../geometry/catalogue.ts'
import type { Layout } from '../../geometry/layout.ts'
import { parseKernel } from '../../scenario/schema/kernel-version.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import type { Architecture, MemoryInfo, OomReport } from './log/report.ts'

/** The machine that a report is of. */
export interface Machine {
  readonly layout: Layout
  /** Nothing in the report shows the architecture. */
  readonly isAssumed: boolean
  readonly kernel?: KernelVersion
  /** MemTotal in bytes, and where it was read. */
  readonly memory?: { readonly bytes: number; readonly source: string }
}

const usual = 'x86-64'

/** What machine a report is of, by its words. */
export function machineOf(report: OomReport): Machine {
  const { memory: info, release } = report
  const pageKib = pageKibOf(info)
  const layout = layoutOf(report.architecture, pageKib)
  const kernel = release === undefined ? undefined : parseKernel(release)
  const memory = memoryOf(info, layout.pageBytes)
  return {
    layout,
    isAssumed: report.architecture === undefined,
    ...(kernel === undefined ? {} : { kernel }),
    ...(memory === undefined ? {} : { memory }),
  }
}

/** By the list of free blocks, or by memory that is counted in KiB and in pages. */
function pageKibOf({ pageKib, ramPages, zones }: MemoryInfo): number | undefined {
  if (pageKib !== undefined) return pageKib
  if (ramPages === undefined || ramPages === 0 || zones.length === 0) return undefined
  const present = zones.reduce((sum, zone) => sum + zone.present, 0)
  return [4, 16, 64].find((size) => Math.abs(present / ramPages / size - 1) < 0.01)
}

/** Layouts that distributions build, where several have pages of that size. */
const layoutIds: Readonly<Record<Architecture, Readonly<Record<number, string>>>> = {
  'x86-64': { 4: usual },
  arm64: { 4: 'arm64-4k-48', 16: 'arm64-16k-48', 64: 'arm64-64k-48' },
  ppc64: { 4: 'ppc64-radix-4k', 64: 'ppc64-radix-64k' },
  riscv64: { 4: 'riscv64-sv39' },
  s390x: { 4: 's390x' },
}

/** The only architecture with pages of that size that is common. */
const byPage: Readonly<Record<number, Architecture>> = { 4: 'x86-64', 16: 'arm64', 64: 'arm64' }

function layoutOf(architecture: Architecture | undefined, pageKib: number | undefined): Layout {
  const family = architecture ?? byPage[pageKib ?? 4] ?? 'x86-64'
  const sizes = layoutIds[family]
  const id = sizes[pageKib ?? 4] ?? sizes[4] ?? usual
  const layout = findLayout(id)
  if (layout === undefined) throw new RangeError(`no layout ${id}`)
  return layout
}

/**
 * Managed pages of all zones are MemTotal: totalram_pages(). Zones are missing where the report is cut, and
 * for nodes that the allocation could not use (SHOW_MEM_FILTER_NODES); "pages RAM" counts all of them.
 */
function memoryOf(
  { zones, ramPages, reservedPages = 0 }: MemoryInfo,
  pageBytes: number,
): Machine['memory'] {
  const managed = zones.reduce((sum, zone) => sum + (zone.managed ?? zone.present), 0) * 1024
  const present = zones.reduce((sum, zone) => sum + zone.present, 0) * 1024
  const all = (ramPages ?? 0) * pageBytes
  const usable = all - reservedPages * pageBytes
  const isComplete = present >= all * nearlyAll
  if (managed > 0 && isComplete) return { bytes: managed, source: 'managed pages of all zones' }
  if (usable > 0 && usable <= mostBytes) {
    return { bytes: usable, source: '`pages RAM` less `pages reserved`' }
  }
  return managed > 0
    ? { bytes: managed, source: 'managed pages of the zones in the log' }
    : undefined
}

/** A zone may have no pages and is then left out; memory of devices is in no other. */
const nearlyAll = 0.999
/** More than any machine has: x86-64 addresses 2^52 bytes. */
const mostBytes = 2 ** 52
