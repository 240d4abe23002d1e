import type {
  Killed,
  OomTrigger,
  Postmortem,
  TakenKind,
} from '../../plan/result/postmortem-result.ts'

/** Parts of memory as a table names them. */
export const takenWords: Readonly<Record<TakenKind, string>> = {
  'page-tables': 'page tables',
  'secondary-page-tables': 'page tables of virtual machines',
  shared: 'shared memory',
  private: 'private memory',
  locked: 'locked memory',
  files: 'cached files',
  'huge-pages-used': 'huge pages in use',
  'huge-pages-idle': 'idle huge pages',
  slab: 'kernel objects',
  'kernel-stacks': 'kernel stacks',
  'other-kernel': 'other kernel memory',
  unlisted: 'not in the log',
  overcounted: 'counted twice',
  free: 'free',
}

/** How a process came to be killed; empty where it had the most points, as usual. */
export const killWords: Readonly<Record<NonNullable<Killed['because']>, string>> = {
  points: '',
  'allocating-task': 'because it asked for memory (vm.oom_kill_allocating_task)',
  'oom-group': 'with all of its cgroup (memory.oom.group)',
  'same-memory': 'because it shares the memory of a killed process',
}

/** What helps against a cause that no plan knows; `undefined`: the plan's advice does. */
export const triggerAdvice: Readonly<Record<OomTrigger, string | undefined>> = {
  'memory-full': undefined,
  'cgroup-full': undefined,
  'nodes-full':
    'Let the process use more NUMA nodes: cpuset.mems, numactl --interleave. Or move others off these nodes.',
  'not-contiguous': 'Raise vm.min_free_kbytes: the kernel then keeps more memory in large pieces.',
  'memory-free':
    'Look at the zones in the log: the memory that was free is in a zone that this allocation cannot use.',
  'asked-for': 'Nothing ran out: find out who pressed SysRq f, or wrote f to /proc/sysrq-trigger.',
}

/** Which memory the shares are of. */
export function wholeOf({ constraint }: Pick<Postmortem, 'constraint'>): string {
  return constraint === 'cgroup' ? 'what the cgroup used' : 'memory'
}
