import type { Layout } from '../../geometry/layout.ts'
import { parseKernel } from '../../scenario/schema/kernel-version.ts'
import type { HostText } from '../../scenario/schema/scenario-text.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast, writeKernel } from '../../units/kernel-version.ts'
import type { MachineFault } from '../files/fault.ts'
import type { HostFiles } from '../files/host-files.ts'
import { isSetTwice, releaseOf, settingOf } from '../files/host-files.ts'
import { chosenWord, countOf, kibOf } from '../files/kernel-text.ts'
import { kib, size } from '../files/memory-text.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import { isolationOf } from '../machine/machine-layout.ts'
import { faultWords } from '../machine/refusal-words.ts'
import type { HostBook } from './host-book.ts'
import { hostBook } from './host-book.ts'
import { hugepagesOf, pagesInPool } from './host-pools.ts'

/** The machine as a scenario says it, with the source of each value by its key. */
export interface CapturedHost {
  readonly host: HostText
  readonly sources: ReadonlyMap<string, string>
  /** Keys of values that nothing said. */
  readonly assumed: ReadonlySet<string>
  /** What could not be told, or was assumed: sentences. */
  readonly remarks: readonly string[]
}

/** Linux before it counts otherwise: the scenario knows none that is older. */
const oldest = { major: 4, minor: 15 }
/** Since Linux 4.0 status has a VmPMD: "mm: account pmd page tables to the process". */
const countsPmd = { major: 4, minor: 0 }
/** Since Linux 6.16 a PGD has two pages only while isolation is active: arch/x86/mm/pgtable.c. */
const doublesWhenActive = { major: 6, minor: 16 }

/**
 * What /proc and /sys say of the machine.
 * @returns what is wrong with MemTotal: nothing can be planned without.
 */
export function hostText(
  files: HostFiles,
  known: KnownLayout,
): CapturedHost | { readonly fault: MachineFault } {
  const { layout } = known
  const meminfo = files.get('proc/meminfo') ?? ''
  const memory = memTotal(files)
  if (typeof memory === 'object') return memory
  const book = hostBook()
  remarkOnMemory(meminfo, memory, book)
  const kernel = kernelOf(files, book)
  const host: HostText = {
    memory: book.put('memory', size(memory), 'MemTotal of /proc/meminfo'),
    layout: layoutIn(known, book),
    ...(kernel === undefined ? {} : { kernel: writeKernel(kernel) }),
    ...ptiOf(files, layout, kernel, book),
    ...swapOf(meminfo, book),
    ...minFreeOf(files, memory, book),
    ...hugepagesOf(files, { meminfo, memory, layout }, book),
    ...overcommitOf(files, book),
    ...thpOf(files, book),
  }
  const { sources, assumed, remarks } = book
  return { host, sources, assumed, remarks }
}

function remarkOnMemory(meminfo: string, memory: number, { remarks }: HostBook): void {
  for (const key of [...held, ...others, pagesInPool]) {
    const value = key === pagesInPool ? countOf(meminfo, key) : kibOf(meminfo, key)
    if (typeof value === 'object')
      remarks.push(`/proc/meminfo: ${faultWords(value.fault)}, left out`)
    else if (held.includes(key) && (value ?? 0) > memory) {
      remarks.push(`/proc/meminfo: ${key} is more than MemTotal, left out`)
    }
  }
  // Percpu is there since Linux 4.20.
  const missing = held.filter((key) => key !== 'Percpu' && kibOf(meminfo, key) === undefined)
  if (missing.length === 0) return
  const list = missing.join(', ')
  remarks.push(`/proc/meminfo has no ${list}: no room is left for what others have of it`)
}

/** Parts of MemTotal. */
const held = ['AnonPages', 'Shmem', 'SUnreclaim', 'Percpu', 'PageTables']
const others = ['SwapTotal', 'Hugepagesize']

function memTotal(files: HostFiles): number | { readonly fault: MachineFault } {
  const meminfo = files.get('proc/meminfo')
  if (meminfo === undefined) return { fault: { kind: 'no-meminfo' } }
  const value = kibOf(meminfo, 'MemTotal')
  if (value === undefined) return { fault: { kind: 'no-mem-total' } }
  if (typeof value === 'object') return { fault: { kind: 'mem-total', fault: value.fault } }
  return value === 0 ? { fault: { kind: 'mem-total-zero' } } : value
}

function layoutIn({ layout, source, assumed }: KnownLayout, book: HostBook): string {
  return assumed ? book.guess('layout', layout.id, source) : book.put('layout', layout.id, source)
}

function ptiOf(
  files: HostFiles,
  layout: Layout,
  kernel: KernelVersion | undefined,
  book: HostBook,
): Pick<HostText, 'pti'> {
  const asActive = isAtLeast(kernel ?? doublesWhenActive, doublesWhenActive)
  const found = isolationOf(files, layout, asActive)
  if (found === undefined) return {}
  const { pti, source, assumed } = found
  return { pti: assumed ? book.guess('pti', pti, source) : book.put('pti', pti, source) }
}

function kernelOf(files: HostFiles, book: HostBook): KernelVersion | undefined {
  const release = releaseOf(files)
  const kernel = release === undefined ? undefined : parseKernel(release)
  if (kernel === undefined || release === undefined) {
    book.remarks.push('which kernel it is was not to be found: planned as the newest')
    return undefined
  }
  if (isAtLeast(kernel, oldest)) return book.put('kernel', kernel, `release ${release}`)
  const what = `${writeKernel(kernel)}, older than any that is known`
  const consequence = isAtLeast(kernel, countsPmd)
    ? 'its VmPTE and VmPMD together are pte and pmd tables; pud tables, which it does not count, are planned'
    : 'its VmPTE counts pte tables alone; pmd and pud tables are planned by the mappings, and cannot be checked'
  book.remarks.push(`the kernel is ${what}: planned as ${writeKernel(oldest)}; ${consequence}`)
  return book.guess('kernel', oldest, `release ${release} is ${what}`)
}

function swapOf(meminfo: string, book: HostBook): Pick<HostText, 'swap'> {
  const swap = kib(meminfo, 'SwapTotal')
  if (swap === undefined) return {}
  return { swap: book.put('swap', size(swap), 'SwapTotal of /proc/meminfo') }
}

function minFreeOf(files: HostFiles, memory: number, book: HostBook): Pick<HostText, 'minFree'> {
  const least = settingIn(files, 'vm.min_free_kbytes', book)
  if (least === undefined) return {}
  if (least > memory) {
    book.remarks.push('vm.min_free_kbytes is more than MemTotal, left out')
    return {}
  }
  return { minFree: book.put('minFree', size(least), '/proc/sys/vm/min_free_kbytes') }
}

function settingIn(files: HostFiles, name: string, book: HostBook): number | undefined {
  if (isSetTwice(files, name)) {
    book.remarks.push(`${name} is there twice in what sysctl -a said, left out`)
    return undefined
  }
  return book.number(name, settingOf(files, name))
}

const modes = ['heuristic', 'always', 'never'] as const

function overcommitOf(files: HostFiles, book: HostBook): Pick<HostText, 'overcommit'> {
  const number = settingIn(files, 'vm.overcommit_memory', book)
  if (number === undefined) return {}
  const mode = modes[number]
  if (mode === undefined) {
    book.remarks.push(`vm.overcommit_memory is ${number}, which no kernel has, left out`)
    return {}
  }
  const ratio = settingIn(files, 'vm.overcommit_ratio', book)
  const limit = settingIn(files, 'vm.overcommit_kbytes', book)
  if (limit !== undefined && limit > 0) {
    book.remarks.push('vm.overcommit_kbytes is set, which a scenario cannot say')
  }
  const value = { mode, ...(ratio === undefined ? {} : { ratio }) }
  return { overcommit: book.put('overcommit', value, 'vm.overcommit_* of /proc/sys') }
}

/** What `deny` and `force` of shmem_enabled come to: Documentation/admin-guide/mm/transhuge.rst. */
const shmemWords: ReadonlyMap<string, 'always' | 'within_size' | 'advise' | 'never'> = new Map([
  ['always', 'always'],
  ['force', 'always'],
  ['within_size', 'within_size'],
  ['advise', 'advise'],
  ['never', 'never'],
  ['deny', 'never'],
])

const anonymousWords = ['always', 'madvise', 'never'] as const

function thpOf(files: HostFiles, book: HostBook): Pick<HostText, 'thp'> {
  const folder = 'sys/kernel/mm/transparent_hugepage'
  const chosen = chosenWord(files.get(`${folder}/enabled`))
  const anonymous = anonymousWords.find((word) => word === chosen)
  const shmem = shmemWords.get(chosenWord(files.get(`${folder}/shmem_enabled`)) ?? '')
  const unread = [
    ...(anonymous === undefined ? ['enabled'] : []),
    ...(shmem === undefined ? ['shmem_enabled'] : []),
  ]
  for (const name of unread) {
    if (!files.has(`${folder}/${name}`)) continue
    book.remarks.push(`/${folder}/${name} says nothing that is known, left out`)
  }
  if (anonymous === undefined && shmem === undefined) return {}
  const value = {
    ...(anonymous === undefined ? {} : { anonymous }),
    ...(shmem === undefined ? {} : { shmem }),
  }
  return { thp: book.put('thp', value, `/${folder}`) }
}
