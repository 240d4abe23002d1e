import type { Path } from '../units/path.ts'
import { pathText } from '../units/path.ts'
import type { Assumption, Workload } from '../workload/workload.ts'

/** Where a number comes from; `derived` is what the model works out. */
export type Origin = 'given' | 'derived' | 'assumed' | 'measured'

/** Tells where the values of a scenario come from. */
export interface Origins {
  /** Of the value at a path. */
  readonly at: (path: Path) => Origin
  /** Of what several values make together: assumed where one is, measured only where all are. */
  readonly of: (paths: () => readonly Path[]) => Origin
}

/** @param assumed paths whose value is a default. */
export function originsOf(
  { measured }: Workload,
  assumed: ReadonlySet<Assumption['path']>,
): Origins {
  const read = new Set(measured?.sources.map(({ path }) => path))
  if (assumed.size === 0 && read.size === 0) return { at: () => 'given', of: () => 'given' }
  const at = (path: Path): Origin => {
    // What is said of a mapping is said of all in it.
    const texts = path.map((_, last) => pathText(path.slice(0, last + 1)))
    if (texts.some((text) => assumed.has(text))) return 'assumed'
    return texts.some((text) => read.has(text)) ? 'measured' : 'given'
  }
  const of = (paths: () => readonly Path[]): Origin => {
    const origins = paths().map(at)
    if (origins.includes('assumed')) return 'assumed'
    return origins.length > 0 && origins.every((one) => one === 'measured') ? 'measured' : 'given'
  }
  return { at, of }
}
