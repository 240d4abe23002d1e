import type { Status } from '../../../plan/result/result.ts'
import type { Risk, Stop } from '../../../plan/result/risk-result.ts'
import type { Term } from './term.ts'

const page = 'screen'

/** Levels of risk, the best first. */
export const riskTerms: Readonly<Record<Risk['level'], Term>> = {
  safe: {
    name: 'safe',
    meaning:
      'At least a tenth of memory remains when everything is counted. In a cgroup, a tenth of its limit. The table of limits has the last safe number under Safe to.',
    condition: 'headroom ≥ memory / 10',
    numbers: 'headroomFraction',
    page,
  },
  tight: {
    name: 'tight',
    meaning:
      'Memory is enough, but less than a tenth of it remains. The table of limits has the last number that is no worse under Without swapping, or under At most if the host has no swap.',
    condition: '0 ≤ headroom < memory / 10',
    numbers: 'headroomFraction',
    page,
  },
  swapping: {
    name: 'swapping',
    also: ['swaps', 'has to swap'],
    meaning:
      'Memory is short, but the shortage fits in swap. Page tables, kernel memory and locked memory still fit in memory.',
    condition: 'shortage ≤ swap, and not swappable ≤ capacity',
    numbers: 'memory.',
    page,
  },
  oom: {
    name: 'oom',
    also: ['out of memory', 'OUT OF MEMORY'],
    meaning:
      'The server, or a cgroup, runs out of memory, and the kernel kills processes. The shortage exceeds swap, or memory that cannot be swapped exceeds capacity.',
    condition: 'shortage > swap, or not swappable > capacity',
    numbers: 'memory.',
    page,
  },
}

/** What else the verdict says. */
export const verdictTerms: readonly Term[] = [
  {
    name: 'risk',
    also: ['risk level'],
    meaning:
      'How near a plan is to running out of memory: safe, tight, swapping or oom. The host and each cgroup with a limit are judged, and the worst level counts. As a gate: the worst level that passes.',
    numbers: 'risk.',
    page,
  },
  {
    name: 'cannot start',
    also: ['does not start', 'no start'],
    meaning:
      'A program fails before it uses its memory: a huge-page pool is too small, or the kernel refuses to promise the memory. The plan says how many huge pages are missing.',
    numbers: 'missingPages',
    page,
  },
  {
    name: 'only with mshare',
    also: ['safe *', 'without mshare'],
    meaning:
      'The scenario uses mshare, which is in no released kernel. The verdict holds only with it; the verdict without mshare is printed next to it.',
    page,
  },
  {
    name: 'first killed',
    also: ['victim', 'OOM killer'],
    meaning:
      'The group whose process the OOM killer takes first: the one with the most points, a number of pages. If a cgroup is full, the kernel chooses among its processes only. Killing one gives back its private memory, page tables and kernel memory; shared memory stays.',
    unit: 'points',
    formula: 'VmRSS + VmSwap + VmPTE + oom_score_adj · ⌊total / 1000⌋',
    source: 'oom_badness() in mm/oom_kill.c',
    numbers: 'victim',
    page,
  },
  {
    name: 'oom_score',
    meaning:
      'The value of /proc/PID/oom_score: the points of a process, scaled to memory and swap. The OOM killer takes the process with the most points. With oom_score_adj -1000 a process is never taken.',
    formula: '⌊(1000 + ⌊1000 · points / total⌋) · 2 / 3⌋, total = memory + swap',
    source: 'proc_oom_score() in fs/proc/base.c',
    numbers: 'victim.score',
    page,
  },
]

/** Causes that stop a plan as its processes increase. */
export const stopTerms: Readonly<Record<Exclude<Stop['cause'], 'memory' | 'cgroup'>, Term>> = {
  'huge-pages': {
    name: 'no huge pages',
    also: ['huge pages are missing'],
    meaning:
      'A huge-page pool has fewer pages than the regions reserve, and a program does not start without them. Raise the pool by the pages that are missing.',
    unit: 'pages',
    source: 'host.hugepages and regions.R.fallback of the scenario',
    numbers: 'missingPages',
    page,
  },
  request: {
    name: 'request refused',
    also: ['refused', 'granted'],
    meaning:
      'With vm.overcommit_memory = 0 the kernel refuses a single request that is larger than memory and swap together. The program gets ENOMEM.',
    condition: 'largest request > memory + swap',
    source: '__vm_enough_memory() in mm/util.c',
    numbers: 'largestRequestBytes',
    page,
  },
  'commit-limit': {
    name: 'CommitLimit',
    also: ['commit limit'],
    meaning:
      'The most memory that the kernel promises with vm.overcommit_memory = 2; otherwise it decides nothing. It is the value of /proc/meminfo.',
    unit: 'bytes',
    formula: '(memory − huge-page pools) · ratio / 100 + swap',
    source: 'vm_commit_limit() in mm/util.c; host.overcommit of the scenario',
    numbers: 'limitBytes',
    page,
  },
  unswappable: {
    name: 'not swappable',
    also: ['unswappable memory', 'unswappable'],
    meaning:
      'Memory that can be neither swapped nor reclaimed. If it exceeds capacity, no amount of swap prevents the out-of-memory kill.',
    unit: 'bytes',
    formula: 'page tables + kernel memory + locked memory',
    numbers: 'unswappable',
    page,
  },
}

/** Whether a released kernel can do it. */
export const statusTerms: Readonly<Record<Status, Term>> = {
  mainline: {
    name: 'mainline',
    meaning: 'A released kernel can do it. Every strategy but mshare is mainline.',
    page,
  },
  proposed: {
    name: 'proposed',
    meaning:
      'In no released kernel: it needs mshare, a series of patches that was last posted in August 2025. The figures say what the design would do. Do not size a server by them.',
    page,
  },
}
