import type { ControlGroup } from '../files/control-group.ts'
import { limitPath, readLimit, withAncestors } from '../files/control-group.ts'
import type { HostFiles } from '../files/host-files.ts'

/** The control group whose limit a process runs into first: itself or one above it. */
export interface LimitedCgroup {
  readonly path: string
  readonly limit: number
  /** File that says so. */
  readonly source: string
}

/** @returns `undefined` where nothing limits its memory. */
export function tightestLimit(
  group: ControlGroup | undefined,
  files: HostFiles,
): LimitedCgroup | undefined {
  if (group === undefined) return undefined
  const limits = withAncestors(group).flatMap((one): readonly LimitedCgroup[] => {
    const source = limitPath(one)
    const text = files.get(source)
    const limit = text === undefined ? undefined : readLimit(text)
    return limit === undefined ? [] : [{ path: one.path, limit, source: `/${source}` }]
  })
  return limits.toSorted((left, right) => left.limit - right.limit)[0]
}
