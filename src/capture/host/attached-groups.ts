import { numbered } from '../files/numbered.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'

/** Processes that are taken to be attached to the same segments. */
export interface AttachedGroup {
  readonly name: string
  readonly uid: number
  readonly processes: number
  /** Largest first. */
  readonly segments: readonly SysvSegment[]
}

/**
 * Derives groups where only the number of attachments of each segment is known. One program makes all
 * its segments and its processes attach them: of the segments with one maker and owner those with
 * fewer attachments are taken to be attached by some of the processes of the others. The attachments
 * of each segment add up to what was counted.
 */
export function attachedGroups(segments: readonly SysvSegment[]): readonly AttachedGroup[] {
  const byMaker = new Map<string, SysvSegment[]>()
  for (const segment of segments) {
    const key = `${segment.maker} ${segment.uid}`
    byMaker.set(key, [...(byMaker.get(key) ?? []), segment])
  }
  return [...byMaker.values()].flatMap(ofOneMaker)
}

function ofOneMaker(segments: readonly SysvSegment[]): readonly AttachedGroup[] {
  const counts = [...new Set(segments.map(({ attached }) => attached))]
  const ascending = counts.toSorted((left, right) => left - right)
  return ascending.map((attached, index) => {
    const shared = segments
      .filter((segment) => segment.attached >= attached)
      .toSorted((left, right) => right.bytes - left.bytes)
    const processes = attached - (ascending[index - 1] ?? 0)
    return { name: nameOf(shared), uid: shared[0]?.uid ?? 0, processes, segments: shared }
  })
}

function nameOf([largest, ...others]: readonly SysvSegment[]): string {
  const rest = others.length === 0 ? '' : ` and ${numbered(others.length, 'more', 'more')}`
  return `attached to sysv ${largest?.id}${rest}`
}
