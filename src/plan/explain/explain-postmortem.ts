import type { Explanation } from '../result/explanation.ts'
import type { Killed, Postmortem, TakenKind, TakenLine } from '../result/postmortem-result.ts'
import { put, putSum } from './formula.ts'

/** Figures of an out-of-memory report: the lines of its memory, and what each kill gave back. */
export function explainPostmortem(postmortem: Postmortem | undefined): readonly Explanation[] {
  if (postmortem === undefined) return []
  const { memory, killed } = postmortem
  const { lines, totalBytes } = memory
  return [
    {
      path: `${root}.memory.totalBytes`,
      meaning: 'memory that the kernel manages, or that the cgroup used: the sum of the lines',
      formula: 'sum of the lines',
      substituted: putSum(lines.map(({ bytes }) => put(bytes))),
      value: totalBytes,
      unit: 'bytes',
      source: 'the out-of-memory report',
    },
    ...lines.map((line) => explainLine(line, lines, totalBytes)),
    ...killed.flatMap(explainFreed),
  ]
}

const root = 'postmortem'

function explainLine(
  { kind, bytes }: TakenLine,
  lines: readonly TakenLine[],
  totalBytes: number,
): Explanation {
  const isRest = kind === 'unlisted' || kind === 'overcounted'
  const others = lines.filter((line) => line.kind !== kind).map((line) => put(line.bytes))
  return {
    path: `${root}.memory.lines.${kind}`,
    meaning: meanings[kind],
    formula: isRest ? 'total − all other lines' : 'as counted',
    substituted: isRest ? `${put(totalBytes)} − (${putSum(others)})` : put(bytes),
    value: bytes,
    unit: 'bytes',
    source: sources[kind] ?? 'the out-of-memory report',
  }
}

const meanings: Readonly<Record<TakenKind, string>> = {
  'page-tables': 'page tables of all processes',
  'secondary-page-tables': 'page tables of virtual machines and devices',
  shared: 'shared memory and tmpfs, without huge pages',
  private: 'private memory of processes',
  locked: 'memory that cannot be reclaimed and is in no other line',
  files: 'cached files, without shared memory',
  'huge-pages-used': 'huge pages of the pools that programs have',
  'huge-pages-idle': 'huge pages of the pools that no program uses; some may be reserved',
  slab: "the kernel's own objects",
  'kernel-stacks': 'stacks of the kernel, one for each thread',
  'other-kernel': 'kernel memory of the cgroup that is in no other line',
  unlisted: 'what the report counts nowhere, such as memory of drivers',
  overcounted: 'by how much the lines exceed the total, for they are not counted at one time',
  free: 'free pages, most of which the kernel keeps for itself',
}

const sources: Readonly<Partial<Record<TakenKind, string>>> = {
  'page-tables': 'NR_PAGETABLE in Mem-Info, pagetables of the cgroup, or the list of processes',
  'secondary-page-tables': 'NR_SECONDARY_PAGETABLE in Mem-Info, sec_pagetables of the cgroup',
  'huge-pages-used': 'mm/hugetlb.c hugetlb_show_meminfo()',
  'huge-pages-idle': 'mm/hugetlb.c hugetlb_show_meminfo()',
}

function explainFreed(
  { freedBytes, privateBytes, pageTableBytes, process }: Killed,
  index: number,
): readonly Explanation[] {
  if (freedBytes === undefined) return []
  const parts = [privateBytes, pageTableBytes].filter((bytes) => bytes !== undefined)
  return [
    {
      path: `${root}.killed.${index}.freedBytes`,
      meaning: `what killing ${process} gave back; shared memory stayed`,
      formula: 'private memory + page tables',
      substituted: putSum(parts.map(put)),
      value: freedBytes,
      unit: 'bytes',
      source: 'mm/oom_kill.c oom_reap_task_mm(), exit_mmap()',
    },
  ]
}
