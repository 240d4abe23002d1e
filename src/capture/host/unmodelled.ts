import type { MachineFault } from '../files/fault.ts'
import type { HostFiles } from '../files/host-files.ts'
import { releaseOf } from '../files/host-files.ts'
import { kib } from '../files/memory-text.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import { flagsOf, headOfCpuinfo } from '../machine/machine-layout.ts'
import type { Observation } from '../machine/observation.ts'

/**
 * Why nothing can be planned for a machine whose page tables have another shape than all that are
 * known; `undefined` where they may be one of those.
 */
export function unmodelledMachine(
  seen: Pick<Observation, 'files' | 'processes'> & {
    readonly layout: Pick<KnownLayout, 'isGuess' | 'unknown' | 'source'>
  },
): MachineFault | undefined {
  const { files, layout } = seen
  const narrow =
    ofMeminfo(files) ??
    ofProcessor(files) ??
    ofName(files) ??
    (layout.isGuess ? ofAddresses(seen) : undefined)
  if (narrow !== undefined) return notModelled('32-bit kernels', narrow)
  const other = others.find(({ cpuinfo }) => cpuinfo.test(headOfCpuinfo(files)))
  if (other !== undefined) return { kind: 'not-modelled', shape: other.name }
  const { unknown, source } = layout
  return unknown === undefined ? undefined : notModelled(unknown, source)
}

function notModelled(shape: string, by: string): MachineFault {
  return { kind: 'not-modelled', shape, by }
}

/** Everything below 4 GiB fits in 32 bits. */
const narrowKib = 4 * 1024 ** 2
const narrowFrames = 2 ** 20

/**
 * High memory is of 32-bit kernels alone, and the address space of all their vmalloc() is below
 * 4 GiB: meminfo_proc_show() in fs/proc/meminfo.c. Containers may print 0.
 */
function ofMeminfo(files: HostFiles): string | undefined {
  const meminfo = files.get('proc/meminfo') ?? ''
  if (kib(meminfo, 'HighTotal') !== undefined) return 'HighTotal of /proc/meminfo'
  const vmalloc = kib(meminfo, 'VmallocTotal') ?? 0
  return vmalloc > 0 && vmalloc < narrowKib ? 'VmallocTotal of /proc/meminfo' : undefined
}

/**
 * By what only 32-bit kernels print: c_show() in arch/arm/kernel/setup.c, where the architecture is never 8,
 * and show_cpuinfo_misc() in arch/x86/kernel/cpu/proc.c, where a 64-bit kernel has no fdiv_bug.
 */
function ofProcessor(files: HostFiles): string | undefined {
  const cpuinfo = headOfCpuinfo(files)
  const found = signs.find(({ form }) => form.test(cpuinfo))
  if (found !== undefined) return `${found.words} of /proc/cpuinfo`
  const flags = flagsOf(files)
  // A copy may have cut the line short: without its first flags it says nothing.
  const isWhole = flags?.includes('fpu') === true || flags?.includes('pae') === true
  return isWhole && flags?.includes('lm') === false ? 'no lm in flags of /proc/cpuinfo' : undefined
}

const signs = [
  { form: /^CPU architecture\s*:\s*[3-7]/m, words: 'CPU architecture' },
  { form: /^fdiv_bug\s*:/m, words: 'fdiv_bug' },
  { form: /^isa\s*:\s*rv32/m, words: 'isa' },
  { form: /^mmu\s*:\s*sv32/m, words: 'mmu' },
  { form: /^isa\s*:(?!.*mips64)(?=.*mips32)/m, words: 'isa' },
  {
    form: /^cpu\s*:\s*(7[45]\d\d|7[345]0|60[34]|e[35]00|e500v2|e600|4[046]\d|8\d\dxx?)/m,
    words: 'cpu',
  },
] as const

/** By the release, or what `uname -m` said: the last words of `uname -a`. */
function ofName(files: HostFiles): string | undefined {
  const cpuinfo = headOfCpuinfo(files)
  if (/^CPU architecture\s*:\s*(8|AArch64)/m.test(cpuinfo)) return undefined
  const release = releaseOf(files) ?? ''
  if (narrowRelease.test(release)) return `release ${release}`
  const words = (files.get('sos_commands/kernel/uname_-a') ?? '').trim().split(/\s+/).slice(3)
  const machine = words.find((word) => narrowMachine.test(word))
  return machine === undefined ? undefined : `${machine} of uname -a`
}

/**
 * Flavours of Raspberry Pi, Debian, Ubuntu, Fedora and Red Hat: `-v7l+`, `-686-pae`, `-armmp`,
 * `-generic-pae`, `.i686`, `.el5PAE`.
 */
const narrowRelease =
  /([-.+](v[67]l?\+?|[3-6]86|i[3-6]86|armmp(-lpae)?|armv[5-7]h?l|powerpc|4kc-malta)|pae)$/i
const narrowMachine = /^(i[3-6]86|armv[4-7]\w*|arm|ppc|mips|mipsel|riscv32|parisc|sh4)$/

/** Where nothing else says which machine it is: no address needs more than 32 bits. */
function ofAddresses({ processes }: Pick<Observation, 'processes'>): string | undefined {
  const ends = processes.flatMap(({ space }) => (space === undefined ? [] : [space.end]))
  const isNarrow = ends.length > 0 && ends.every((end) => end <= narrowFrames)
  return isNarrow ? 'addresses of 8 digits on an unknown machine' : undefined
}

/** 64-bit machines whose page tables have other shapes. */
const others = [
  { name: 'MIPS', cpuinfo: /^cpu model\s*:\s*(MIPS|Cavium|Loongson|ICT)/m },
  { name: 'LoongArch', cpuinfo: /^(CPU Family|Model Name)\s*:\s*Loongson/im },
  { name: 'SPARC', cpuinfo: /^cpu\s*:.*(SPARC|UltraSparc)/im },
  { name: 'Itanium', cpuinfo: /^family\s*:\s*(Itanium|IA-64)/im },
  { name: 'Alpha', cpuinfo: /^cpu\s*:\s*Alpha/m },
] as const
