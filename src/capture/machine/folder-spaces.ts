import type { FolderTree, TreeRefusal } from '../files/tree.ts'
import type { SpaceOutcome } from './cut-off.ts'
import { uncut } from './cut-off.ts'
import type { ProcessCensus } from './process-census.ts'
import type { Identity } from './selection.ts'
import type { GatheredSpace } from './space-gathering.ts'
import { gatherSpace } from './space-gathering.ts'

/** Where the address spaces of processes are read. */
export interface SpaceWalk {
  readonly tree: FolderTree
  readonly census: ProcessCensus
  readonly intern: (text: string) => string
}

/** The address space by smaps, else by maps; `undefined` where both are refused. */
export function spaceOf(
  walk: SpaceWalk,
  pid: number,
  { status }: Identity,
): GatheredSpace | 'gone' | undefined {
  // Reading Swap of every mapping takes time, and few processes are swapped out.
  const withSwap = status.rssAnon === undefined || (status.swap ?? 0) > 0
  const read = spaceIn(walk, pid, 'smaps', withSwap)
  // The kernel prints all mappings of a running process.
  if (read.fault === undefined && walk.tree.live) return read
  const listed = spaceIn(walk, pid, 'maps', false)
  const counted = uncut(read, listed)
  if (counted.fault === undefined) return walk.census.checkEnd(counted, pid, 'smaps', status)
  if (walk.tree.live && (isEmpty(counted) || isEmpty(listed))) return 'gone'
  walk.census.refuseSpace(pid, 'smaps', counted)
  if (listed.fault === undefined) return walk.census.checkEnd(listed, pid, 'maps', status)
  walk.census.refuseSpace(pid, 'maps', listed)
  return undefined
}

function isEmpty({ fault }: SpaceOutcome): boolean {
  return fault?.kind === 'empty'
}

function spaceIn(
  walk: SpaceWalk,
  pid: number,
  file: 'smaps' | 'maps',
  withSwap: boolean,
): SpaceOutcome {
  const gathering = gatherSpace(file === 'smaps', withSwap, walk.intern)
  const refusal = walk.tree.stream(`proc/${pid}/${file}`, gathering.reader)
  if (refusal?.reason === 'gone') return empty
  if (file === 'smaps' && refusal?.reason === 'missing') walk.census.countSmapsMissing()
  if (refusal !== undefined) return unread(refusal)
  const outcome = gathering.outcome()
  if ('fault' in outcome) return outcome
  return outcome.space.mappings === 0 ? empty : outcome
}

const empty: SpaceOutcome = { fault: { kind: 'empty' } }

function unread({ reason, detail }: TreeRefusal): SpaceOutcome {
  return { fault: { kind: 'unread', reason, ...(detail === undefined ? {} : { detail }) } }
}
