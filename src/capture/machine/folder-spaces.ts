import { unusableWords } from '../files/smaps.ts'
import type { Fault, FolderTree, TreeRefusal } from '../files/tree.ts'
import type { SpaceOutcome } from './cut-off.ts'
import { uncut } from './cut-off.ts'
import type { ProcessBook } from './process-census.ts'
import { refusalSentence } from './refusal-words.ts'
import type { Identity } from './selection.ts'
import type { GatheredSpace } from './space-gathering.ts'
import { gatherSpace } from './space-gathering.ts'

/** Where the address spaces of processes are read. */
export interface SpaceWalk {
  readonly tree: FolderTree
  readonly book: ProcessBook
  readonly intern: (text: string) => string
}

/** The address space by smaps, else by maps; `undefined` where both are refused. */
export function spaceOf(
  walk: SpaceWalk,
  pid: number,
  { status }: Identity,
): GatheredSpace | 'gone' | undefined {
  // Of every mapping that takes time, and mostly nothing is swapped out.
  const withSwap = status.rssAnon === undefined || (status.swap ?? 0) > 0
  const read = spaceIn(walk, pid, 'smaps', withSwap)
  // Of a running process the kernel gives all.
  if (read.fault === undefined && walk.tree.live) return read
  const listed = spaceIn(walk, pid, 'maps', false)
  const counted = uncut(read, listed)
  if (counted.fault === undefined) return walk.book.remarkOn(counted, pid, 'smaps', status)
  const vanished = counted.fault === vanishedFault || listed.fault === vanishedFault
  if (vanished && walk.tree.live) return 'gone'
  walk.book.refuse(`/proc/${pid}/smaps ${unusableWords(counted)}`, `smaps ${counted.fault}`)
  if (listed.fault === undefined) return walk.book.remarkOn(listed, pid, 'maps', status)
  walk.book.refuse(`/proc/${pid}/maps ${unusableWords(listed)}`, `maps ${listed.fault}`)
  return undefined
}

const vanishedFault = 'is empty'

function spaceIn(
  walk: SpaceWalk,
  pid: number,
  file: 'smaps' | 'maps',
  withSwap: boolean,
): SpaceOutcome {
  const gathering = gatherSpace(file === 'smaps', withSwap, walk.intern)
  const refusal = walk.tree.stream(`proc/${pid}/${file}`, gathering.reader)
  if (refusal?.reason === 'gone') return { fault: vanishedFault }
  if (file === 'smaps' && refusal?.reason === 'missing') walk.book.missSmaps()
  if (refusal !== undefined) return { fault: reasonOf(refusal) }
  const outcome = gathering.outcome()
  if ('fault' in outcome) return outcome
  return outcome.space.mappings === 0 ? { fault: vanishedFault } : outcome
}

function reasonOf(refusal: TreeRefusal): Fault {
  return refusalSentence(refusal).slice(refusal.path.length + 2)
}
