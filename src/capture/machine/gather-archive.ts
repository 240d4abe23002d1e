import { describesHost } from '../files/host-files.ts'
import { unusableWords } from '../files/smaps.ts'
import type { ArchiveEntry, ArchiveTree, Fault, Sink, TreeRefusal } from '../files/tree.ts'
import { uncut } from './cut-off.ts'
import { emptyFile, interner } from './gather-folder.ts'
import type { KnownLayout } from './machine-layout.ts'
import { layoutOf, scaleOf } from './machine-layout.ts'
import type { FileSystems } from './object-kind.ts'
import { readFileSystems } from './object-kind.ts'
import { addFullObject, touchedByCounts, withSupposed } from './object-lookup.ts'
import type { Observation, SeenProcess } from './observation.ts'
import { privateRuns } from './private-runs.ts'
import type { ProcessBook } from './process-census.ts'
import { processBook, seenProcess } from './process-census.ts'
import type { ProcessTexts } from './raw-process.ts'
import { refusalSentence } from './refusal-words.ts'
import type { Identity, Selection } from './selection.ts'
import type { GatheredSpace, PrivateMappings, Scale, SpaceGathering } from './space-gathering.ts'
import { gatherSpace, registerObjects } from './space-gathering.ts'
import type { TextSink } from './text-sink.ts'
import { largestText, textSink, tooLarge } from './text-sink.ts'
import { threadFolders, withLeaders } from './thread-folders.ts'

/** What an archive held, or why it could not be read. */
export type ArchiveReading =
  | { readonly ok: true; readonly seen: Observation & { readonly layout: KnownLayout } }
  | { readonly ok: false; readonly fault: Fault }

/** Reads an archive from its start to its end, whatever the order in it. */
export async function gatherArchive(
  tree: ArchiveTree,
  selection: Selection,
): Promise<ArchiveReading> {
  const collected = await collect(tree)
  if ('fault' in collected) return { ok: false, fault: collected.fault }
  const layout = layoutOf(collected.files, collected.evidence)
  return { ok: true, seen: { ...observe(collected, selection, scaleOf(layout.layout)), layout } }
}

/** Everything of one process, as it came. */
interface Parts {
  readonly texts: { -readonly [Name in keyof ProcessTexts]: TextSink | string }
  /** By the name of the file. */
  readonly refused: Map<string, TreeRefusal>
  smaps?: SpaceGathering
  maps?: SpaceGathering
}

interface Collected {
  readonly files: Map<string, string>
  readonly processes: Map<number, Parts>
  readonly evidence: { pageKib?: number; highest?: number }
  /** What could not be read: sentences. */
  readonly unread: readonly string[]
}

const textNames: ReadonlyMap<string, keyof ProcessTexts> = new Map([
  ['status', 'status'],
  ['cmdline', 'cmdline'],
  ['cgroup', 'cgroup'],
  ['oom_score_adj', 'oomScoreAdj'],
])

async function collect(tree: ArchiveTree): Promise<Collected | { readonly fault: Fault }> {
  const hosts = new Map<string, TextSink>()
  const processes = new Map<number, Parts>()
  const intern = interner()
  const unread: string[] = []
  const roots = new Set<string>()
  let prefix: string | undefined
  let isProc = false

  const visit = (entry: ArchiveEntry): Sink | undefined => {
    const path = belowRoot(entry.path)
    if (path === undefined) return undefined
    if (describesHost(path) && entry.kind !== 'file') {
      unread.push(refusalSentence(refusalOf(path, entry)))
      return undefined
    }
    if (describesHost(path)) return put(hosts, path, textSink(largestText))
    const match = /^proc\/([1-9]\d{0,9})\/(\w+)$/.exec(path)
    if (match === null) return undefined
    return ofProcess(Number(match[1]), match[2] ?? '', entry)
  }

  const belowRoot = (path: string): string | undefined => {
    const match = /^((?:[^/]+\/)?)(proc|sys|etc|boot|sos_commands)\//.exec(path)
    if (match === null) isProc ||= /^(?:[^/]+\/)?[1-9]\d{0,9}\/status$/.test(path)
    if (match === null) return undefined
    if (match[2] === 'proc') roots.add(`${match[1]}proc`)
    prefix ??= match[1] ?? ''
    return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
  }

  const ofProcess = (pid: number, file: string, entry: ArchiveEntry): Sink | undefined => {
    const parts: Parts = processes.get(pid) ?? { texts: {}, refused: new Map() }
    processes.set(pid, parts)
    if (file === 'exe' && entry.link !== undefined) parts.texts.exe = entry.link
    if (entry.kind !== 'file') {
      parts.refused.set(file, refusalOf(`proc/${pid}/${file}`, entry))
      return undefined
    }
    if (file === 'smaps' || file === 'maps') {
      const gathering = gatherSpace(file === 'smaps', true, intern)
      parts[file] = gathering
      return gathering.reader
    }
    const name = textNames.get(file)
    if (name === undefined) return undefined
    const sink = textSink(largestText)
    parts.texts[name] = sink
    return sink
  }

  const { fault } = await tree.each(visit)
  if (fault !== undefined) return { fault }
  const [root, another] = [...roots]
  if (another !== undefined) {
    return { fault: `it holds more than one machine: ${root} and ${another}` }
  }
  if (root === undefined && isProc) return { fault: procItself }
  return finished(hosts, processes, unread)
}

const procItself =
  'it is a copy of /proc itself: pack the directory above it, in which it must be called proc'

function put(hosts: Map<string, TextSink>, path: string, sink: TextSink): TextSink {
  hosts.set(path, sink)
  return sink
}

function finished(
  hosts: Map<string, TextSink>,
  processes: Map<number, Parts>,
  unread: readonly string[],
): Collected {
  const texts = [...hosts].map(([path, sink]) => [path, sink.text()] as const)
  const evidence: Collected['evidence'] = {}
  for (const { smaps } of processes.values()) {
    const outcome = smaps?.outcome()
    if (outcome === undefined || 'fault' in outcome) continue
    evidence.highest = Math.max(evidence.highest ?? 0, outcome.highest)
    const page = outcome.pageKib
    if (page !== undefined) evidence.pageKib = Math.min(evidence.pageKib ?? page, page)
  }
  return {
    files: new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))),
    processes,
    evidence,
    unread: [
      ...unread,
      ...texts.flatMap(([path, text]) =>
        text === undefined ? [`/${path} is larger than it can be`] : [],
      ),
    ],
  }
}

function observe(collected: Collected, selection: Selection, scale: Scale): Observation {
  const { files, processes, unread } = collected
  const statusOf = (number: number): string | undefined => {
    const parts = processes.get(number)
    return (parts === undefined ? undefined : plainTexts(parts).status) || undefined
  }
  const book = processBook(withLeaders(selection, statusOf), files)
  const threads = threadFolders((pid) => statusOf(pid) !== undefined)
  const systems = readFileSystems(files.get('proc/1/mountinfo'))
  for (const sentence of unread) book.refuse(sentence, sentence)
  for (const pid of [...processes.keys()].sort((left, right) => left - right)) {
    const parts = processes.get(pid)
    const process = threads.processOf(pid, statusOf(pid))
    if (process === undefined) book.counts.threads += 1
    else if (parts !== undefined) observeProcess({ book, scale, systems }, process, parts)
  }
  const { processes: seen, elsewhere, counts, objects } = book
  return {
    live: false,
    files,
    processes: seen,
    elsewhere,
    complete: book.isComplete(),
    counts,
    smapsMissing: book.smapsMissing(),
    objects,
    refusals: book.refusals(),
  }
}

interface Walk {
  readonly book: ProcessBook
  readonly scale: Scale
  readonly systems: FileSystems
}

function observeProcess(walk: Walk, pid: number, parts: Parts): void {
  const { book } = walk
  const texts = plainTexts(parts)
  if (texts.status === undefined || texts.status === '') {
    book.counts.refused += 1
    if (texts.status === '') book.refuse(emptyFile(`/proc/${pid}/status`), 'empty status')
    else refuseStatus(book, pid, parts)
    return
  }
  const identity = book.choose(pid, texts)
  if (identity === undefined) return
  const process = seenProcess(identity, texts)
  if (parts.smaps === undefined && !parts.refused.has('smaps')) book.missSmaps()
  const gathered = spaceOf(book, identity, parts)
  if (gathered === undefined) {
    book.admit({ process, frame: () => undefined })
    return
  }
  const withSpace = { ...process, space: gathered.space }
  if (book.admit({ process: withSpace, frame: () => undefined })) {
    book.leave(pid, gathered.left)
    book.complete(registered(walk, withSpace, gathered.privates))
  }
}

function refuseStatus(book: ProcessBook, pid: number, { texts, refused }: Parts): void {
  const path = `proc/${pid}/status`
  const oversized = texts.status === undefined ? undefined : tooLarge(path)
  const refusal = oversized ?? refused.get('status') ?? missing(path)
  book.refuse(refusalSentence(refusal), `status ${refusal.reason}`)
}

function refuseSmaps(book: ProcessBook, pid: number, { refused }: Parts): void {
  const refusal = refused.get('smaps') ?? missing(`proc/${pid}/smaps`)
  book.refuse(refusalSentence(refusal), `smaps ${refusal.reason}`)
}

function missing(path: string): TreeRefusal {
  return { ok: false, path, reason: 'missing' }
}

function refusalOf(path: string, { kind }: ArchiveEntry): TreeRefusal {
  return { ok: false, path, reason: kind === 'file' || kind === 'other' ? 'special' : kind }
}

function plainTexts({ texts }: Parts): ProcessTexts {
  const plain = Object.entries(texts).map(([name, text]) => [
    name,
    typeof text === 'string' ? text : text.text(),
  ])
  return Object.fromEntries(plain.filter(([, text]) => text !== undefined))
}

function registered(
  { book, scale, systems }: Walk,
  process: SeenProcess & Required<Pick<SeenProcess, 'space'>>,
  privates: PrivateMappings,
): SeenProcess {
  const space = registerObjects(book.objects, process.space, '', systems)
  const mapped = space.mapped.map((one) => {
    const touched = touchedByCounts(one, scale)
    const object = book.objects.get(one.object)
    if (touched === undefined || object === undefined) return withSupposed(one, scale)
    addFullObject(object, one, touched, scale)
    return { ...one, touched }
  })
  if (!space.counted) return { ...process, space: { ...space, mapped } }
  const runs = privateRuns(privates, scale, () => undefined)
  return { ...process, space: { ...space, mapped, privates: runs } }
}

function spaceOf(
  book: ProcessBook,
  { pid, status }: Identity,
  parts: Parts,
): GatheredSpace | undefined {
  const listed = parts.maps?.outcome()
  const counted = parts.smaps?.outcome()
  const smaps = counted && listed ? uncut(counted, listed) : counted
  const outcomes = { smaps, maps: listed }
  for (const file of ['smaps', 'maps'] as const) {
    const outcome = outcomes[file]
    if (outcome === undefined) continue
    if ('fault' in outcome) {
      book.refuse(`/proc/${pid}/${file} ${unusableWords(outcome)}`, `${file} ${outcome.fault}`)
    } else if (outcome.space.mappings > 0) return book.remarkOn(outcome, pid, file, status)
    else book.refuse(emptyFile(`/proc/${pid}/${file}`), `empty ${file}`)
  }
  if (parts.smaps === undefined && parts.maps === undefined) refuseSmaps(book, pid, parts)
  return undefined
}
