import type { Layout } from '../geometry/layout.ts'
import { parseKernel } from '../scenario/kernel-version.ts'
import type { HostText } from '../scenario/scenario-text.ts'
import { isAtLeast, writeKernel } from '../units/kernel-version.ts'
import { bytes } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import type { HostFiles } from './host-files.ts'
import { isSetTwice, poolFolder, releaseOf, settingOf } from './host-files.ts'
import { chosenWord, countOf, kibOf, loneNumber } from './kernel-text.ts'
import { isolationOf } from './machine-layout.ts'
import type { Fault } from './tree.ts'

/** The machine as a scenario says it, with the source of each value by its key. */
export interface CapturedHost {
  readonly host: HostText
  readonly sources: ReadonlyMap<string, string>
  /** What could not be told, or was assumed: sentences. */
  readonly remarks: readonly string[]
}

/** Linux before it counts otherwise: the scenario knows none that is older. */
const oldest = { major: 4, minor: 15 }
/** Since Linux 6.16 a PGD has two pages only while isolation is active: arch/x86/mm/pgtable.c. */
const doublesWhenActive = { major: 6, minor: 16 }

/**
 * What /proc and /sys say of the machine.
 * @returns what is wrong with MemTotal: nothing can be planned without.
 */
export function hostText(
  files: HostFiles,
  layout: Layout,
  layoutSource: string,
): CapturedHost | { readonly fault: Fault } {
  const meminfo = files.get('proc/meminfo') ?? ''
  const memory = memTotal(files)
  if (typeof memory === 'object') return memory
  const book = newBook()
  remarkOnMemory(meminfo, memory, book)
  const kernel = kernelOf(files, book)
  const pti = isolationOf(files, layout, isAtLeast(kernel ?? doublesWhenActive, doublesWhenActive))
  const host: HostText = {
    memory: book.put('memory', size(memory), 'MemTotal of /proc/meminfo'),
    layout: book.put('layout', layout.id, layoutSource),
    ...(kernel === undefined ? {} : { kernel: writeKernel(kernel) }),
    ...(pti === undefined ? {} : { pti: book.put('pti', pti.pti, pti.source) }),
    ...swapOf(meminfo, book),
    ...minFreeOf(files, memory, book),
    ...poolsOf(files, { meminfo, memory, layout }, book),
    ...overcommitOf(files, book),
    ...thpOf(files, book),
  }
  return { host, sources: book.sources, remarks: book.remarks }
}

function remarkOnMemory(meminfo: string, memory: number, { remarks }: Book): void {
  for (const key of [...held, ...others, pagesInPool]) {
    const value = key === pagesInPool ? countOf(meminfo, key) : kibOf(meminfo, key)
    if (typeof value === 'object') remarks.push(`/proc/meminfo: ${value.fault}, left out`)
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
/** A count, though meminfo has it. */
const pagesInPool = 'HugePages_Total'

function memTotal(files: HostFiles): number | { readonly fault: Fault } {
  const meminfo = files.get('proc/meminfo')
  if (meminfo === undefined) return { fault: '/proc/meminfo could not be read' }
  const value = kibOf(meminfo, 'MemTotal')
  if (value === undefined) return { fault: 'there is no MemTotal in /proc/meminfo' }
  if (typeof value === 'object') return { fault: `/proc/meminfo: ${value.fault}` }
  return value === 0 ? { fault: '/proc/meminfo: MemTotal is 0' } : value
}

interface Book {
  readonly sources: Map<string, string>
  readonly remarks: string[]
  readonly put: <T>(key: string, value: T, source: string) => T
  /** A lone number; what is there and is none is remarked. */
  readonly number: (name: string, text: string | undefined) => number | undefined
}

function newBook(): Book {
  const sources = new Map<string, string>()
  const put = <T>(key: string, value: T, source: string): T => {
    sources.set(key, source)
    return value
  }
  const remarks: string[] = []
  const number = (name: string, text: string | undefined): number | undefined => {
    const value = loneNumber(text)
    if (typeof value !== 'object') return value
    remarks.push(`${name} ${value.fault}, left out`)
    return undefined
  }
  return { sources, remarks, put, number }
}

function kernelOf(files: HostFiles, book: Book) {
  const release = releaseOf(files)
  const kernel = release === undefined ? undefined : parseKernel(release)
  if (kernel === undefined || release === undefined) {
    book.remarks.push('which kernel it is was not to be found: planned as the newest')
    return undefined
  }
  book.put('kernel', kernel, `release ${release}`)
  if (isAtLeast(kernel, oldest)) return kernel
  book.remarks.push(
    `the kernel is ${writeKernel(kernel)}, older than any that is known: planned as ${writeKernel(oldest)}`,
  )
  return oldest
}

function swapOf(meminfo: string, book: Book): Pick<HostText, 'swap'> {
  const swap = kib(meminfo, 'SwapTotal')
  if (swap === undefined) return {}
  return { swap: book.put('swap', size(swap), 'SwapTotal of /proc/meminfo') }
}

function minFreeOf(files: HostFiles, memory: number, book: Book): Pick<HostText, 'minFree'> {
  const least = settingIn(files, 'vm.min_free_kbytes', book)
  if (least === undefined) return {}
  if (least > memory) {
    book.remarks.push('vm.min_free_kbytes is more than MemTotal, left out')
    return {}
  }
  return { minFree: book.put('minFree', size(least), '/proc/sys/vm/min_free_kbytes') }
}

function settingIn(files: HostFiles, name: string, book: Book): number | undefined {
  if (isSetTwice(files, name)) {
    book.remarks.push(`${name} is there twice in what sysctl -a said, left out`)
    return undefined
  }
  return book.number(name, settingOf(files, name))
}

function poolsOf(
  files: HostFiles,
  { meminfo, memory, layout }: { meminfo: string; memory: number; layout: Layout },
  book: Book,
): Pick<HostText, 'hugepages'> {
  const found = [...files].flatMap(([path, text]) => {
    const kibytes = new RegExp(`^${poolFolder}/hugepages-(\\d+)kB/nr_hugepages$`).exec(path)?.[1]
    const pages = kibytes === undefined ? undefined : book.number(`/${path}`, text)
    return kibytes === undefined || !pages ? [] : [[Number(kibytes), pages] as const]
  })
  const listed = found.length > 0 ? found : poolOfMeminfo(meminfo)
  const known = listed.filter(([kibytes, pages]) => {
    const fault = poolFault(kibytes, pages, memory, layout)
    if (fault !== undefined) {
      book.remarks.push(`a pool of ${pages} huge pages of ${kibytes} kB ${fault}, left out`)
    }
    return fault === undefined
  })
  if (known.length === 0) return {}
  const source =
    found.length > 0 ? `nr_hugepages of /${poolFolder}` : 'HugePages_Total of /proc/meminfo'
  const pools = known
    .toSorted((a, b) => a[0] - b[0])
    .map(([kibytes, pages]) => [size(kibytes), pages])
  return { hugepages: book.put('hugepages', Object.fromEntries(pools), source) }
}

function poolFault(
  kibytes: number,
  pages: number,
  memory: number,
  layout: Layout,
): Fault | undefined {
  if (kibytes * pages > memory) return 'is more than MemTotal'
  return isKnown(layout, kibytes) ? undefined : `is none that ${layout.id} has`
}

function isKnown(layout: Layout, kibytes: number): boolean {
  return layout.hugePages.some((page) => page.bytes === kibytes * 1024)
}

function poolOfMeminfo(meminfo: string): readonly (readonly [number, number])[] {
  const pages = countOf(meminfo, pagesInPool)
  const each = kib(meminfo, 'Hugepagesize')
  return typeof pages === 'number' && pages > 0 && each !== undefined ? [[each, pages]] : []
}

const modes = ['heuristic', 'always', 'never'] as const

function overcommitOf(files: HostFiles, book: Book): Pick<HostText, 'overcommit'> {
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

function thpOf(files: HostFiles, book: Book): Pick<HostText, 'thp'> {
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

/** A value in KiB; what is absent or not as the kernel writes it is not there. */
export function kib(meminfo: string, key: string): number | undefined {
  const value = kibOf(meminfo, key)
  return typeof value === 'number' ? value : undefined
}

/** As {@link kib}, of what is a part of memory: more than MemTotal is not there either. */
export function heldKib(meminfo: string, key: string): number | undefined {
  const value = kib(meminfo, key)
  return value !== undefined && value <= (kib(meminfo, 'MemTotal') ?? 0) ? value : undefined
}

/**
 * KiB as a scenario writes them.
 * @throws QuantityError past 2^53 − 1 bytes, in the words given.
 */
export function size(kibytes: number, quantity?: string): string {
  return writeSize(bytes(kibytes * 1024, quantity))
}
