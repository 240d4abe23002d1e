/** The memory control group of a process, and the version that decides where its limit is. */
export interface ControlGroup {
  /** From the root of the hierarchy: `/system.slice/postgresql.service`. */
  readonly path: string
  readonly version: 1 | 2
}

/**
 * Reads /proc/PID/cgroup: the controller `memory` where version 1 has it, else the one hierarchy of
 * version 2; proc_cgroup_show() in kernel/cgroup/cgroup.c. A path may hold colons.
 */
export function readControlGroup(text: string): ControlGroup | undefined {
  let unified: ControlGroup | undefined
  for (const line of text.split('\n')) {
    const match = /^(\d+):([^:]*):(\/.*)$/.exec(line)
    if (match === null) continue
    const [, , controllers = '', path = ''] = match
    if (controllers.split(',').includes('memory')) return { path, version: 1 }
    if (match[1] === '0' && controllers === '') unified = { path, version: 2 }
  }
  return unified
}

/** Path of the limit of a control group below the root of the tree. */
export function limitPath({ version, path }: ControlGroup): string {
  const folder = path === '/' ? '' : path
  return version === 1
    ? `sys/fs/cgroup/memory${folder}/memory.limit_in_bytes`
    : `sys/fs/cgroup${folder}/memory.max`
}

/** The group and those that it is part of, itself first. */
export function withAncestors(group: ControlGroup): readonly ControlGroup[] {
  const parts = group.path.split('/').filter((part) => part !== '')
  return parts
    .map((_, index) => ({ ...group, path: `/${parts.slice(0, parts.length - index).join('/')}` }))
    .filter(({ path }) => !path.split('/').includes('..'))
}

/** Bytes that a limit file grants; `undefined` where it sets no limit. */
export function readLimit(text: string): number | undefined {
  const digits = /^\s*(\d+)\s*$/.exec(text)?.[1]
  const limit = digits === undefined ? Number.NaN : Number(digits)
  // Without a limit version 1 prints PAGE_COUNTER_MAX pages: far past any memory.
  return Number.isSafeInteger(limit) && limit < 2 ** 52 ? limit : undefined
}
