import { defaultKernel, newestKernel, oldestKernel } from '../../accounting/counters.ts'
import type { Layout } from '../../geometry/layout.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast, writeKernel } from '../../units/kernel-version.ts'
import { pathText } from '../../units/path.ts'
import type { Bytes } from '../../units/quantity.ts'
import { bytes, count } from '../../units/quantity.ts'
import { parseSize, writeSize } from '../../units/size.ts'
import type { Host, HugePagePool, NamedBytes, ThpAnonymous, ThpShmem } from '../../workload/host.ts'
import { defaults } from '../schema/defaults.ts'
import { parseKernel } from '../schema/kernel-version.ts'
import type { HostText } from '../schema/scenario-text.ts'
import { hugePageList } from './page-sizes.ts'
import type { DeepPartial, Section } from './section.ts'
import {
  assume,
  choiceOf,
  complain,
  entriesOf,
  inside,
  isBroken,
  resolveSize,
  sizeOf,
} from './section.ts'

type HostSection = Section<DeepPartial<HostText>>

/** The machine. What was complained about has some valid value in its place. */
export function resolveHost(section: HostSection, layout: Layout): Host {
  const { log, given, path } = section
  const page = layout.pageBytes
  const memory = memoryOf(section, page)
  const kernel = kernelOf(section)
  const pti = ptiOf(section, layout)
  const swap = sizeOf(section, 'swap', page, defaults.none, 'default: no swap')
  const reserves = reservesOf(section, page)
  const minFree =
    given?.minFree === undefined
      ? undefined
      : resolveSize(log, given.minFree, [...path, 'minFree'], page)
  return {
    memory,
    layout,
    kernel,
    pti,
    swap: swap ?? bytes(0),
    reserves,
    ...(minFree === undefined ? {} : { minFree }),
    ...hugePagesOf(section, layout),
    overcommit: overcommitOf(section),
    thp: thpOf(section),
    cgroups: cgroupsOf(section, page),
  }
}

function memoryOf({ log, given, path }: HostSection, page: Bytes): Bytes {
  if (given?.memory === undefined) return bytes(0)
  const memory = resolveSize(log, given.memory, [...path, 'memory'], page)
  if (memory === 0) {
    complain(log, [...path, 'memory'], {
      message: 'a machine needs memory',
      expected: 'more than 0 B',
    })
  }
  return memory ?? bytes(0)
}

function kernelOf(section: HostSection): KernelVersion {
  const path = [...section.path, 'kernel']
  const usual = writeKernel(defaultKernel)
  const source = 'default: the newest kernel whose source was read and counters measured'
  const kernel = parseKernel(choiceOf(section, 'kernel', usual, source)) ?? defaultKernel
  if (!isAtLeast(kernel, oldestKernel)) {
    complain(section.log, path, {
      message: `Linux ${writeKernel(kernel)} is too old: its counters differ`,
      expected: `${writeKernel(oldestKernel)} or later`,
    })
  }
  if (isAtLeast(newestKernel, kernel)) return kernel
  const laterKernel = writeKernel(kernel)
  section.log.assumptions.push({
    path: pathText(path),
    value: writeKernel(newestKernel),
    source: `${laterKernel} is newer than the newest known kernel, and is planned like it`,
    laterKernel,
  })
  return newestKernel
}

function ptiOf(section: HostSection, { id, architecture }: Layout): boolean {
  const pti = choiceOf(section, 'pti', false, 'default: the PGD takes one page')
  if (!pti || architecture === 'x86-64') return pti
  const message = `${id} has no second PGD page: only x86-64 isolates page tables that way`
  complain(section.log, [...section.path, 'pti'], { message, expected: '`false`' })
  return false
}

function reservesOf(section: HostSection, page: Bytes): readonly NamedBytes[] {
  const { log, path } = section
  const reserve = choiceOf(section, 'reserve', defaults.none, 'default: nothing kept aside')
  const at = [...path, 'reserve']
  if (typeof reserve === 'string') {
    const size = resolveSize(log, reserve, at, page) ?? bytes(0)
    return size === 0 ? [] : [{ name: 'reserve', bytes: size }]
  }
  return entriesOf(reserve).flatMap(([name, text]) => {
    const size = text === undefined ? undefined : resolveSize(log, text, [...at, name], page)
    return size === undefined ? [] : [{ name, bytes: size }]
  })
}

function hugePagesOf(
  section: HostSection,
  layout: Layout,
): Pick<Host, 'hugepages' | 'hugepageSizes'> {
  const hugepages = poolsOf(section, layout)
  const hugepageSizes = hugePageSizesOf(section, layout, hugepages)
  return { hugepages, ...(hugepageSizes === undefined ? {} : { hugepageSizes }) }
}

/** What the machine has; what the layout does not know of, or a pool contradicts, is a complaint. */
function hugePageSizesOf(
  section: HostSection,
  layout: Layout,
  pools: readonly HugePagePool[],
): readonly Bytes[] | undefined {
  const { log, given } = section
  const path = [...section.path, 'hugepageSizes']
  if (given?.hugepageSizes === undefined) {
    if (!isBroken(section, 'hugepageSizes')) {
      const all = layout.hugePages.map((page) => writeSize(page.bytes)).join(', ')
      assume(log, path, `[${all}]`, `default: those of ${layout.id}`)
    }
    return undefined
  }
  const sizes = given.hugepageSizes.flatMap((text, index) => {
    const size =
      text === undefined ? undefined : resolveSize(log, text, [...path, index], layout.pageBytes)
    if (size === undefined) return []
    if (layout.hugePages.some((page) => page.bytes === size)) return [size]
    const message = `${layout.id} has no huge pages of ${writeSize(size)}`
    complain(log, [...path, index], { message, expected: hugePageList(layout) })
    return []
  })
  const without = pools.find((pool) => pool.count > 0 && !sizes.includes(pool.pageBytes))
  if (without !== undefined) {
    const size = writeSize(without.pageBytes)
    complain(log, path, {
      message: `\`host.hugepages\` has a pool of ${size}, a size that is missing here`,
      suggestion: `add \`${size}\``,
    })
  }
  return sizes
}

function poolsOf(section: HostSection, layout: Layout): readonly HugePagePool[] {
  const at = [...section.path, 'hugepages']
  const pools = section.given?.hugepages
  if (pools === undefined) {
    if (!isBroken(section, 'hugepages')) assume(section.log, at, '{}', 'default: no huge-page pool')
    return []
  }
  const seen = new Set<number>()
  return entriesOf(pools).flatMap(([text, pages]) => {
    const size = parseSize(text, layout.pageBytes)
    if (!size.ok || pages === undefined) return []
    checkPoolSize(section, layout, text, size.bytes, seen)
    seen.add(size.bytes)
    return [{ pageBytes: size.bytes, count: count(pages) }]
  })
}

function checkPoolSize(
  { log, path }: HostSection,
  layout: Layout,
  text: string,
  size: Bytes,
  seen: ReadonlySet<number>,
): void {
  const at = [...path, 'hugepages', text]
  if (!layout.hugePages.some((page) => page.bytes === size)) {
    const flaw = { message: `${layout.id} has no huge pages of ${writeSize(size)}` }
    complain(log, at, { ...flaw, expected: hugePageList(layout) }, 'key')
  } else if (seen.has(size)) {
    complain(
      log,
      at,
      { message: `a second pool of ${writeSize(size)} pages`, expected: 'each page size once' },
      'key',
    )
  }
}

function overcommitOf(section: HostSection): Host['overcommit'] {
  const inner = inside(section, 'overcommit')
  const mode = choiceOf(inner, 'mode', 'heuristic', "default: the kernel's own")
  return { mode, ratio: choiceOf(inner, 'ratio', 50, "default: the kernel's own") }
}

function thpOf(section: HostSection): Host['thp'] {
  const inner = inside(section, 'thp')
  const anonymous: ThpAnonymous = choiceOf(
    inner,
    'anonymous',
    'madvise',
    'default of most distributions',
  )
  const shmem: ThpShmem = choiceOf(inner, 'shmem', 'never', "default: the kernel's own")
  return { anonymous, shmem }
}

function cgroupsOf(section: HostSection, page: Bytes): Host['cgroups'] {
  const at = [...section.path, 'cgroups']
  const cgroups = section.given?.cgroups
  if (cgroups === undefined) {
    if (!isBroken(section, 'cgroups')) assume(section.log, at, 'none', 'default: no memory limits')
    return []
  }
  return entriesOf(cgroups).flatMap(([name, cgroup]) => {
    if (cgroup?.limit === undefined) return []
    const limit = resolveSize(section.log, cgroup.limit, [...at, name, 'limit'], page)
    return limit === undefined ? [] : [{ name, limit }]
  })
}
