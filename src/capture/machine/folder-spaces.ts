import type { FolderTree, TreeRefusal } from '../files/tree.ts'
import { isRefused } from '../files/tree.ts'
import { alikeSpaces } from './alike-spaces.ts'
import type { SpaceOutcome } from './cut-off.ts'
import { uncut } from './cut-off.ts'
import type { ProcessCensus } from './process-census.ts'
import type { Identity } from './selection.ts'
import type { GatheredSpace } from './space-gathering.ts'

/** Where the address spaces of processes are read. */
export interface SpaceWalk {
  readonly tree: FolderTree
  readonly census: ProcessCensus
  readonly readSpace: ReadSpace
}

/** Reads the mappings of a process, by the name of the file; Swap only where it is asked for. */
export type ReadSpace = (
  pid: number,
  file: 'smaps' | 'maps',
  withSwap: boolean,
) => SpaceOutcome | TreeRefusal

/** Reads them of a folder. */
export function spaceReaderOf(tree: FolderTree): ReadSpace {
  const start = alikeSpaces(tree.isSame)
  return (pid, file, withSwap) => {
    const { reader, outcome } = start(file === 'smaps', withSwap)
    return tree.stream(`proc/${pid}/${file}`, reader) ?? outcome()
  }
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
  const read = walk.readSpace(pid, file, withSwap)
  if (!isRefused(read)) {
    return read.fault === undefined && read.space.mappings === 0 ? empty : read
  }
  if (read.reason === 'gone') return empty
  if (file === 'smaps' && read.reason === 'missing') walk.census.countSmapsMissing()
  return unread(read)
}

const empty: SpaceOutcome = { fault: { kind: 'empty' } }

function unread({ reason, detail }: TreeRefusal): SpaceOutcome {
  return { fault: { kind: 'unread', reason, ...(detail === undefined ? {} : { detail }) } }
}
