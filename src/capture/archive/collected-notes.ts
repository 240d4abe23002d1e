import type { TreeReason } from '../files/tree.ts'
import type { CollectedFrame } from './collected-pages.ts'

/** What the script of `collect` found out that is in no file of /proc, by paths of these. */
export interface CollectedNotes {
  /** Processes of which more than the status was collected. */
  readonly chosen: ReadonlySet<number>
  /** Processes that ended meanwhile. */
  readonly gone: readonly number[]
  readonly refused: ReadonlyMap<string, TreeReason>
  /** What links to namespaces say. */
  readonly namespaces: ReadonlyMap<string, string>
  /** Bytes. */
  readonly stored: ReadonlyMap<string, number>
  /** By process. */
  readonly frames: ReadonlyMap<number, CollectedFrame>
}

/** Reads the list that the script writes, a word and its values on each line. */
export function readCollectedNotes(text: string | undefined): CollectedNotes | undefined {
  const lines = (text ?? '').split('\n').map((line) => line.split(' '))
  const [word, version] = lines[0] ?? []
  if (word !== 'version' || version !== '1') return undefined
  const values = (kind: string) => lines.filter(([one]) => one === kind).map(([, ...rest]) => rest)
  const pids = (kind: string) => values(kind).flatMap(([pid]) => whole(pid) ?? [])
  const gone = pids('gone')
  return {
    chosen: new Set(pids('chosen')),
    gone,
    refused: new Map([
      ...gone.map((pid) => [`proc/${pid}/status`, 'gone'] as const),
      ...values('refused').map(([pid, file]) => [`proc/${pid}/${file}`, 'denied'] as const),
    ]),
    namespaces: new Map(values('ipc').map(([pid, link = '']) => [`proc/${pid}/ns/ipc`, link])),
    stored: new Map(
      values('stored').flatMap(([pid, range, blocks]) => {
        const bytes = (whole(blocks) ?? Number.NaN) * blockBytes
        return Number.isSafeInteger(bytes) ? [[`proc/${pid}/map_files/${range}`, bytes]] : []
      }),
    ),
    frames: new Map(
      values('frame').flatMap(([pid, page, number]) => {
        const [known, at] = [whole(pid), whole(page)]
        if (known === undefined || at === undefined) return []
        return [[known, { page: at, number: whole(number) }] as const]
      }),
    ),
  }
}

/** Of st_blocks: stat(2). */
const blockBytes = 512

function whole(word: string | undefined): number | undefined {
  const value = word !== undefined && /^\d{1,16}$/.test(word) ? Number(word) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}
