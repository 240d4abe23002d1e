import type { Layout } from '../../geometry/layout.ts'
import { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { parseKernel } from '../../scenario/schema/kernel-version.ts'
import type { HostText } from '../../scenario/schema/scenario-text.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast, writeKernel } from '../../units/kernel-version.ts'
import type { MachineFault } from '../files/fault.ts'
import type { HostFiles } from '../files/host-files.ts'
import { isSetTwice, releaseOf, settingOf } from '../files/host-files.ts'
import { chosenWord, countOf, kibOf } from '../files/kernel-text.ts'
import { kib, memoryFile, size } from '../files/memory-text.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import { isolationOf } from '../machine/machine-layout.ts'
import { faultWords } from '../machine/refusal-words.ts'
import { numberOrRemark } from './host-number.ts'
import { hugepagesOf, pagesInPool } from './host-pools.ts'

/** Older kernels count differently: scenarios do not support them. */
const oldest = { major: 4, minor: 15 }
/** Since Linux 4.0 status has a VmPMD: "mm: account pmd page tables to the process". */
const countsPmd = { major: 4, minor: 0 }
/** Since Linux 6.16 a PGD has two pages only while isolation is active: arch/x86/mm/pgtable.c. */
const doublesWhenActive = { major: 6, minor: 16 }

/**
 * Begins a scenario with the machine, as files of /proc and /sys describe it. It has no groups yet.
 * @returns a fault where MemTotal is missing or invalid: no machine can be planned without it.
 */
export function scenarioOfHost(
  files: HostFiles,
  known: KnownLayout,
): AnnotatedScenario | { readonly fault: MachineFault } {
  const { layout } = known
  const meminfo = files.get('proc/meminfo') ?? ''
  const memory = memTotal(files)
  if (typeof memory === 'object') return memory
  const annotated = new AnnotatedScenario({
    version: 1,
    host: { memory: size(memory) },
    groups: {},
  })
  const source = memoryFile(files)
  remarkOnMemory(meminfo, memory, source, annotated)
  annotated.say(['host', 'memory'], `MemTotal of ${source}`)
  const kernel = kernelOf(files, annotated)
  const host: HostText = {
    ...annotated.scenario.host,
    layout: layoutIn(known, annotated),
    ...(kernel === undefined ? {} : { kernel: writeKernel(kernel) }),
    ...ptiOf(files, layout, kernel, annotated),
    ...swapOf(meminfo, source, annotated),
    ...minFreeOf(files, memory, annotated),
    ...hugepagesOf(files, { meminfo, memory, layout }, annotated),
    ...overcommitOf(files, annotated),
    ...thpOf(files, annotated),
  }
  annotated.scenario = { ...annotated.scenario, host }
  return annotated
}

function remarkOnMemory(
  meminfo: string,
  memory: number,
  source: string,
  annotated: AnnotatedScenario,
): void {
  for (const key of [...held, ...others, pagesInPool]) {
    const value = key === pagesInPool ? countOf(meminfo, key) : kibOf(meminfo, key)
    if (typeof value === 'object')
      annotated.remark(`${source}: ${faultWords(value.fault)}; it is ignored`)
    else if (held.includes(key) && (value ?? 0) > memory) {
      annotated.remark(`${source}: ${key} is more than MemTotal; it is ignored`)
    }
  }
  // Percpu exists since Linux 4.20.
  const missing = held.filter((key) => key !== 'Percpu' && kibOf(meminfo, key) === undefined)
  if (missing.length === 0) return
  const list = missing.join(', ')
  annotated.remark(`${source} has no ${list}: the plan reserves none of it for other processes`)
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

function layoutIn({ layout, source, assumed }: KnownLayout, annotated: AnnotatedScenario): string {
  say(annotated, 'layout', source, assumed)
  return layout.id
}

function say(annotated: AnnotatedScenario, key: string, source: string, isAssumed: boolean): void {
  if (isAssumed) annotated.estimate(['host', key], source)
  else annotated.say(['host', key], source)
}

function ptiOf(
  files: HostFiles,
  layout: Layout,
  kernel: KernelVersion | undefined,
  annotated: AnnotatedScenario,
): Pick<HostText, 'pti'> {
  const asActive = isAtLeast(kernel ?? doublesWhenActive, doublesWhenActive)
  const found = isolationOf(files, layout, asActive)
  if (found === undefined) return {}
  const { pti, source, assumed } = found
  say(annotated, 'pti', source, assumed)
  return { pti }
}

function kernelOf(files: HostFiles, annotated: AnnotatedScenario): KernelVersion | undefined {
  const release = releaseOf(files)
  const kernel = release === undefined ? undefined : parseKernel(release)
  if (kernel === undefined || release === undefined) {
    annotated.remark('the kernel version is unknown; assuming the newest')
    return undefined
  }
  if (isAtLeast(kernel, oldest)) {
    annotated.say(['host', 'kernel'], `release ${release}`)
    return kernel
  }
  const what = `${writeKernel(kernel)}, older than all supported ones`
  const consequence = isAtLeast(kernel, countsPmd)
    ? 'its VmPTE and VmPMD count pte and pmd tables; pud tables are planned'
    : 'its VmPTE counts pte tables only; pmd and pud tables are planned by the mappings and cannot be checked'
  annotated.remark(`the kernel is ${what}: planned as ${writeKernel(oldest)}; ${consequence}`)
  annotated.estimate(['host', 'kernel'], `release ${release} is ${what}`)
  return oldest
}

function swapOf(
  meminfo: string,
  source: string,
  annotated: AnnotatedScenario,
): Pick<HostText, 'swap'> {
  const swap = kib(meminfo, 'SwapTotal')
  if (swap === undefined) return {}
  annotated.say(['host', 'swap'], `SwapTotal of ${source}`)
  return { swap: size(swap) }
}

function minFreeOf(
  files: HostFiles,
  memory: number,
  annotated: AnnotatedScenario,
): Pick<HostText, 'minFree'> {
  const least = settingIn(files, 'vm.min_free_kbytes', annotated)
  if (least === undefined) return {}
  if (least > memory) {
    annotated.remark('vm.min_free_kbytes is more than MemTotal; it is ignored')
    return {}
  }
  annotated.say(['host', 'minFree'], '/proc/sys/vm/min_free_kbytes')
  return { minFree: size(least) }
}

function settingIn(
  files: HostFiles,
  name: string,
  annotated: AnnotatedScenario,
): number | undefined {
  if (isSetTwice(files, name)) {
    annotated.remark(`sysctl -a prints ${name} twice; both are ignored`)
    return undefined
  }
  return numberOrRemark(name, settingOf(files, name), annotated)
}

const modes = ['heuristic', 'always', 'never'] as const

function overcommitOf(
  files: HostFiles,
  annotated: AnnotatedScenario,
): Pick<HostText, 'overcommit'> {
  const number = settingIn(files, 'vm.overcommit_memory', annotated)
  if (number === undefined) return {}
  const mode = modes[number]
  if (mode === undefined) {
    annotated.remark(`vm.overcommit_memory is ${number}, an invalid mode; it is ignored`)
    return {}
  }
  const ratio = settingIn(files, 'vm.overcommit_ratio', annotated)
  const limit = settingIn(files, 'vm.overcommit_kbytes', annotated)
  if (limit !== undefined && limit > 0) {
    annotated.remark('vm.overcommit_kbytes is set; scenarios cannot express it, and it is ignored')
  }
  annotated.say(['host', 'overcommit'], 'vm.overcommit_* of /proc/sys')
  return { overcommit: { mode, ...(ratio === undefined ? {} : { ratio }) } }
}

/** Effective modes of shmem_enabled, `deny` and `force` included: Documentation/admin-guide/mm/transhuge.rst. */
const shmemWords: ReadonlyMap<string, 'always' | 'within_size' | 'advise' | 'never'> = new Map([
  ['always', 'always'],
  ['force', 'always'],
  ['within_size', 'within_size'],
  ['advise', 'advise'],
  ['never', 'never'],
  ['deny', 'never'],
])

const anonymousWords = ['always', 'madvise', 'never'] as const

function thpOf(files: HostFiles, annotated: AnnotatedScenario): Pick<HostText, 'thp'> {
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
    annotated.remark(`/${folder}/${name} holds an unknown word; it is ignored`)
  }
  if (anonymous === undefined && shmem === undefined) return {}
  annotated.say(['host', 'thp'], `/${folder}`)
  return {
    thp: {
      ...(anonymous === undefined ? {} : { anonymous }),
      ...(shmem === undefined ? {} : { shmem }),
    },
  }
}
