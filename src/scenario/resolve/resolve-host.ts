import { defaultKernel, newestKernel, oldestKernel } from '../../accounting/counters.ts'
import type { Layout } from '../../geometry/layout.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast, writeKernel } from '../../units/kernel-version.ts'
import type { Bytes } from '../../units/quantity.ts'
import { bytes, count } from '../../units/quantity.ts'
import { parseSize, writeSize } from '../../units/size.ts'
import type {
  Host,
  HugePagePool,
  NamedBytes,
  ThpAnonymous,
  ThpShmem,
} from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import { parseKernel } from '../schema/kernel-version.ts'
import type { HostText } from '../schema/scenario-text.ts'
import type { Draft, Part } from './desk.ts'
import {
  assume,
  choiceOf,
  complain,
  entriesOf,
  inside,
  isBroken,
  resolveSize,
  sizeOf,
} from './desk.ts'

type HostPart = Part<Draft<HostText>>

/** The machine. What was complained about has some valid value in its place. */
export function resolveHost(part: HostPart, layout: Layout): Host {
  const { desk, draft, path } = part
  const page = layout.pageBytes
  const memory = memoryOf(part, page)
  const kernel = kernelOf(part)
  const pti = ptiOf(part, layout)
  const swap = sizeOf(part, 'swap', page, defaults.none, 'default: no swap')
  const reserves = reservesOf(part, page)
  const minFree =
    draft?.minFree === undefined
      ? undefined
      : resolveSize(desk, draft.minFree, [...path, 'minFree'], page)
  return {
    memory,
    layout,
    kernel,
    pti,
    swap: swap ?? bytes(0),
    reserves,
    ...(minFree === undefined ? {} : { minFree }),
    ...hugePagesOf(part, layout),
    overcommit: overcommitOf(part),
    thp: thpOf(part),
    cgroups: cgroupsOf(part, page),
  }
}

function memoryOf({ desk, draft, path }: HostPart, page: Bytes): Bytes {
  if (draft?.memory === undefined) return bytes(0)
  const memory = resolveSize(desk, draft.memory, [...path, 'memory'], page)
  if (memory === 0) {
    complain(desk, [...path, 'memory'], {
      message: 'a machine without memory',
      expected: 'more than 0 B',
    })
  }
  return memory ?? bytes(0)
}

function kernelOf(part: HostPart): KernelVersion {
  const path = [...part.path, 'kernel']
  const usual = writeKernel(defaultKernel)
  const source = 'default: the newest kernel whose source was read and counters measured'
  const kernel = parseKernel(choiceOf(part, 'kernel', usual, source)) ?? defaultKernel
  if (!isAtLeast(kernel, oldestKernel)) {
    complain(part.desk, path, {
      message: `Linux ${writeKernel(kernel)} is too old: its counters are others`,
      expected: `${writeKernel(oldestKernel)} or later`,
    })
  }
  if (isAtLeast(newestKernel, kernel)) return kernel
  assume(
    part.desk,
    path,
    writeKernel(newestKernel),
    `${writeKernel(kernel)} is later than the newest kernel that is known, and is planned as that`,
  )
  return newestKernel
}

function ptiOf(part: HostPart, { id, architecture }: Layout): boolean {
  const pti = choiceOf(part, 'pti', false, 'default: the PGD takes one page')
  if (!pti || architecture === 'x86-64') return pti
  const message = `${id} has no second PGD page: only x86-64 isolates page tables that way`
  complain(part.desk, [...part.path, 'pti'], { message, expected: '`false`' })
  return false
}

function reservesOf(part: HostPart, page: Bytes): readonly NamedBytes[] {
  const { desk, path } = part
  const reserve = choiceOf(part, 'reserve', defaults.none, 'default: nothing kept aside')
  const at = [...path, 'reserve']
  if (typeof reserve === 'string') {
    const size = resolveSize(desk, reserve, at, page) ?? bytes(0)
    return size === 0 ? [] : [{ name: 'reserve', bytes: size }]
  }
  return entriesOf(reserve).flatMap(([name, text]) => {
    const size = text === undefined ? undefined : resolveSize(desk, text, [...at, name], page)
    return size === undefined ? [] : [{ name, bytes: size }]
  })
}

function hugePagesOf(part: HostPart, layout: Layout): Pick<Host, 'hugepages' | 'hugepageSizes'> {
  const hugepages = poolsOf(part, layout)
  const hugepageSizes = hugePageSizesOf(part, layout, hugepages)
  return { hugepages, ...(hugepageSizes === undefined ? {} : { hugepageSizes }) }
}

/** What the machine has; what the layout does not know of, or a pool contradicts, is a complaint. */
function hugePageSizesOf(
  part: HostPart,
  layout: Layout,
  pools: readonly HugePagePool[],
): readonly Bytes[] | undefined {
  const { desk, draft } = part
  const path = [...part.path, 'hugepageSizes']
  if (draft?.hugepageSizes === undefined) {
    if (!isBroken(part, 'hugepageSizes')) {
      const all = layout.hugePages.map((page) => writeSize(page.bytes)).join(', ')
      assume(desk, path, `[${all}]`, `default: those of ${layout.id}`)
    }
    return undefined
  }
  const sizes = draft.hugepageSizes.flatMap((text, index) => {
    const size =
      text === undefined ? undefined : resolveSize(desk, text, [...path, index], layout.pageBytes)
    if (size === undefined) return []
    if (layout.hugePages.some((page) => page.bytes === size)) return [size]
    const message = `${layout.id} has no huge pages of ${writeSize(size)}`
    complain(desk, [...path, index], { message, expected: hugePageList(layout) })
    return []
  })
  const without = pools.find((pool) => pool.count > 0 && !sizes.includes(pool.pageBytes))
  if (without !== undefined) {
    const size = writeSize(without.pageBytes)
    complain(desk, path, {
      message: `\`host.hugepages\` has a pool of ${size}, a size that is missing here`,
      suggestion: `add \`${size}\``,
    })
  }
  return sizes
}

function poolsOf(part: HostPart, layout: Layout): readonly HugePagePool[] {
  const at = [...part.path, 'hugepages']
  const pools = part.draft?.hugepages
  if (pools === undefined) {
    if (!isBroken(part, 'hugepages')) assume(part.desk, at, '{}', 'default: no huge-page pool')
    return []
  }
  const seen = new Set<number>()
  return entriesOf(pools).flatMap(([text, pages]) => {
    const size = parseSize(text, layout.pageBytes)
    if (!size.ok || pages === undefined) return []
    checkPoolSize(part, layout, text, size.bytes, seen)
    seen.add(size.bytes)
    return [{ pageBytes: size.bytes, count: count(pages) }]
  })
}

function checkPoolSize(
  { desk, path }: HostPart,
  layout: Layout,
  text: string,
  size: Bytes,
  seen: ReadonlySet<number>,
): void {
  const at = [...path, 'hugepages', text]
  if (!layout.hugePages.some((page) => page.bytes === size)) {
    const flaw = { message: `${layout.id} has no huge pages of ${writeSize(size)}` }
    complain(desk, at, { ...flaw, expected: hugePageList(layout) }, 'key')
  } else if (seen.has(size)) {
    complain(
      desk,
      at,
      { message: `a second pool of ${writeSize(size)} pages`, expected: 'each page size once' },
      'key',
    )
  }
}

/** The huge pages of a layout, as they would be written in a scenario. */
export function hugePageList(layout: Layout): string {
  const sizes = layout.hugePages.map((page) => `\`${writeSize(page.bytes)}\``)
  return sizes.length === 0 ? 'no huge pages' : `one of ${sizes.join(', ')}`
}

function overcommitOf(part: HostPart): Host['overcommit'] {
  const inner = inside(part, 'overcommit')
  const mode = choiceOf(inner, 'mode', 'heuristic', "default: the kernel's own")
  return { mode, ratio: choiceOf(inner, 'ratio', 50, "default: the kernel's own") }
}

function thpOf(part: HostPart): Host['thp'] {
  const inner = inside(part, 'thp')
  const anonymous: ThpAnonymous = choiceOf(
    inner,
    'anonymous',
    'madvise',
    'default of most distributions',
  )
  const shmem: ThpShmem = choiceOf(inner, 'shmem', 'never', "default: the kernel's own")
  return { anonymous, shmem }
}

function cgroupsOf(part: HostPart, page: Bytes): Host['cgroups'] {
  const at = [...part.path, 'cgroups']
  const cgroups = part.draft?.cgroups
  if (cgroups === undefined) {
    if (!isBroken(part, 'cgroups')) assume(part.desk, at, 'none', 'default: no memory limits')
    return []
  }
  return entriesOf(cgroups).flatMap(([name, cgroup]) => {
    if (cgroup?.limit === undefined) return []
    const limit = resolveSize(part.desk, cgroup.limit, [...at, name, 'limit'], page)
    return limit === undefined ? [] : [{ name, limit }]
  })
}
