import { findLayout } from '../../geometry/catalogue.ts'
import type { Layout } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import type { HostFiles } from '../files/host-files.ts'
import { firstOf, releaseOf } from '../files/host-files.ts'
import { frameBytes } from '../files/mapping.ts'
import type { Scale } from './space-gathering.ts'

/** The layout of a machine's page tables, and by what it was known. */
export interface KnownLayout {
  readonly layout: Layout
  readonly source: string
  /** Something of it is an assumption. */
  readonly assumed: boolean
  /** All of it is: nothing says what machine it is. */
  readonly isGuess: boolean
  /** Id of the machine's layout, where it is unknown to the catalogue. */
  readonly unknown?: string
}

/** Facts about the machine that smaps of its processes show. */
export interface PageEvidence {
  /** Smallest KernelPageSize seen, in KiB. */
  readonly pageKib?: number
  /** Highest user address seen, in frames of 4096 bytes. */
  readonly highest?: number
}

type Guess = readonly [id: string, source: string, assumed?: 'assumed']

/** Tells the layout by /proc/cpuinfo, the page size and the addresses that processes have. */
export function layoutOf(files: HostFiles, evidence: PageEvidence): KnownLayout {
  const [id, source, assumed] = guess(files, evidence)
  const found = findLayout(id)
  const layout = found ?? findLayout('x86-64')
  if (layout === undefined) throw new RangeError(`no layout ${id}`)
  const known = { layout, source, assumed: assumed !== undefined }
  const isGuess = source === unknownMachine
  return { ...known, isGuess, ...(found === undefined ? { unknown: id } : {}) }
}

function guess(files: HostFiles, evidence: PageEvidence): Guess {
  const cpu = headOfCpuinfo(files)
  // The kernel hides la57 where it does not use it: cpu_init in arch/x86/kernel/cpu/common.c.
  const flags = flagsOf(files)
  if (flags !== undefined) {
    const five = flags.includes('la57')
    return [
      five ? 'x86-64-5level' : 'x86-64',
      `la57 ${five ? 'in' : 'not in'} flags of /proc/cpuinfo`,
    ]
  }
  if (/^CPU implementer\s*:/m.test(cpu)) return arm64(files, evidence)
  if (/^vendor_id\s*:\s*IBM\/S390/m.test(cpu)) return ['s390x', 'vendor_id of /proc/cpuinfo']
  const paging = /^mmu\s*:\s*(sv\d+)$/m.exec(cpu)?.[1]
  if (paging !== undefined) return [`riscv64-${paging}`, 'mmu of /proc/cpuinfo']
  if (/^cpu\s*:\s*POWER/m.test(cpu)) return power(cpu, evidence)
  return byName(files, evidence)
}

/** Something of a guess, and by what it was known. */
interface Clue<T> {
  readonly value: T
  readonly source: string
  readonly assumed: boolean
}

function arm64(files: HostFiles, evidence: PageEvidence): Guess {
  const config = [...files].find(([path]) => path.startsWith('boot/config-'))?.[1] ?? ''
  const page = arm64Page(releaseOf(files), config, evidence)
  const bits = arm64Bits(page.value, config, evidence)
  const id = `arm64-${page.value}k-${bits.value}`
  const sources = [...new Set([page.source, bits.source])].join('; ')
  return page.assumed || bits.assumed ? [id, sources, 'assumed'] : [id, sources]
}

function arm64Page(
  release: string | undefined,
  config: string,
  { pageKib }: PageEvidence,
): Clue<number> {
  if (pageKib !== undefined) {
    return { value: pageKib, source: 'KernelPageSize of smaps', assumed: false }
  }
  const built = /^CONFIG_ARM64_(4|16|64)K_PAGES=y$/m.exec(config)?.[1]
  if (built !== undefined) {
    const source = `CONFIG_ARM64_${built}K_PAGES of the kernel`
    return { value: Number(built), source, assumed: false }
  }
  // Flavours of distributions: `5.14.0-427.el9.aarch64+64k`, `6.8.0-31-generic-64k`.
  const flavour = /[+-](16|64)k(?![\da-z])/.exec(release ?? '')?.[1]
  const source =
    flavour === undefined
      ? 'no smaps shows the page size; assuming 4 KiB'
      : `no smaps shows the page size; assuming ${flavour} KiB by the release ${release}`
  return { value: Number(flavour ?? 4), source, assumed: true }
}

function arm64Bits(page: number, config: string, { highest }: PageEvidence): Clue<string> {
  const configured = /^CONFIG_ARM64_VA_BITS=(\d+)$/m.exec(config)?.[1]
  if (configured !== undefined) {
    return { value: configured, source: 'CONFIG_ARM64_VA_BITS of the kernel', assumed: false }
  }
  const source =
    highest === undefined
      ? 'no address was captured; assuming 48 bits, as in most kernels'
      : 'bits of the highest address in smaps'
  return { value: String(usualBits(page, highest)), source, assumed: true }
}

/** The least of the widths that kernels are built with under which the address exists. */
function usualBits(pageKib: number, highest = 0): number {
  const widths: Readonly<Record<number, readonly number[]>> = {
    4: [39, 48],
    16: [36, 47, 48],
    64: [42, 48],
  }
  const known = widths[pageKib] ?? [48]
  if (highest === 0) return 48
  return known.find((bits) => highest <= 2 ** (bits - 12)) ?? 48
}

function power(cpu: string, { pageKib }: PageEvidence): Guess {
  const id = `ppc64-radix-${pageKib ?? 64}k`
  if (pageKib === undefined) {
    return [id, 'no smaps shows the page size; assuming 64 KiB and a Radix MMU', 'assumed']
  }
  return /^MMU\s*:\s*Radix/m.test(cpu)
    ? [id, 'MMU of /proc/cpuinfo']
    : [id, 'cpu of /proc/cpuinfo; assuming a Radix MMU', 'assumed']
}

/** By what `uname -a` says at its end, or by nothing. */
function byName(files: HostFiles, evidence: PageEvidence): Guess {
  const name = firstOf(files, ['sos_commands/kernel/uname_-a', 'proc/version']) ?? ''
  if (/\b(x86_64|amd64)\b/.test(name)) return ['x86-64', 'the name of the kernel', 'assumed']
  if (/\b(aarch64|arm64)\b/.test(name)) return arm64(files, evidence)
  if (/\bs390x\b/.test(name)) return ['s390x', 'the name of the kernel']
  if (/\bppc64(le)?\b/.test(name)) return power('', evidence)
  if (/\briscv64\b/.test(name)) return ['riscv64-sv48', 'the name of the kernel', 'assumed']
  return ['x86-64', unknownMachine, 'assumed']
}

const unknownMachine = '/proc/cpuinfo and the name of the kernel do not show the architecture'

/** The span of a table of each level, in frames of 4096 bytes. A folded level has the span of the level below. */
export function scaleOf(layout: Layout): Scale {
  const pageFrames = layout.pageBytes / frameBytes
  const reach = (name: 'pte' | 'pmd' | 'pud', below: number): number =>
    (levelOf(layout, name)?.reach ?? below / pageFrames) * pageFrames
  const pte = reach('pte', 0)
  const pmd = reach('pmd', pte)
  return { pageFrames, pte, pmd, pud: reach('pud', pmd) }
}

/** Features of an x86 processor that the kernel uses; `undefined` where no file lists them. */
export function flagsOf(files: HostFiles): readonly string[] | undefined {
  return /^flags\s*:(.*)$/m.exec(headOfCpuinfo(files))?.[1]?.trim().split(/\s+/)
}

/** The entries of the first processors: all processors are alike. */
export function headOfCpuinfo(files: HostFiles): string {
  return (files.get('proc/cpuinfo') ?? '').slice(0, 65_536)
}

/** Whether the PGD has two pages, and by what that was known. */
export interface KnownIsolation {
  readonly pti: boolean
  readonly source: string
  readonly assumed: boolean
}

const vulnerability = 'sys/devices/system/cpu/vulnerabilities/meltdown'

/** True where page-table isolation doubles the PGD; x86 only. */
export function isolationOf(
  files: HostFiles,
  layout: Layout,
  isolatesOnlyWhenActive: boolean,
): KnownIsolation | undefined {
  if (layout.architecture !== 'x86-64') return undefined
  const meltdown = files.get(vulnerability)
  const flags = flagsOf(files)
  const active = meltdown?.includes('Mitigation: PTI') === true || flags?.includes('pti') === true
  if (!active && !isolatesOnlyWhenActive) return compiledIn(files)
  if (meltdown === undefined && flags === undefined) {
    const source = `assumed inactive: /${vulnerability} and /proc/cpuinfo could not be read`
    return { pti: false, source, assumed: true }
  }
  const source = meltdown === undefined ? 'flags of /proc/cpuinfo' : `/${vulnerability}`
  return { pti: active, source, assumed: false }
}

/** Before 6.16 the PGD has two pages where isolation is only compiled in: PGD_ALLOCATION_ORDER. */
function compiledIn(files: HostFiles): KnownIsolation {
  const config = [...files].find(([path]) => path.startsWith('boot/config-'))?.[1]
  if (config === undefined) {
    const source = 'kernels before 6.16 are usually built with page-table isolation'
    return { pti: true, source, assumed: true }
  }
  const built = /^CONFIG_(MITIGATION_)?PAGE_TABLE_ISOLATION=y$/m.test(config)
  return { pti: built, source: 'CONFIG_PAGE_TABLE_ISOLATION of the kernel', assumed: false }
}
