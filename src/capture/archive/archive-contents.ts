import type { MachineFault } from '../files/fault.ts'
import { describesHost } from '../files/host-files.ts'
import type { ArchiveEntry, Sink, TreeRefusal } from '../files/tree.ts'
import type { IsSame, StartGathering } from '../machine/alike-spaces.ts'
import { alikeSpaces } from '../machine/alike-spaces.ts'
import type { PageEvidence } from '../machine/machine-layout.ts'
import type { ProcessTexts } from '../machine/raw-process.ts'
import { refusalSentence } from '../machine/refusal-words.ts'
import type { SpaceGathering } from '../machine/space-gathering.ts'
import type { TextSink } from '../machine/text-sink.ts'
import { largestText, textSink } from '../machine/text-sink.ts'
import type { PrintedTexts } from '../printed/gather-printed.ts'
import { PrintedEntries } from './printed-entries.ts'

/** Bytes of the pages of one process: more than half a line for each page that capture looks up. */
const largestCollected = 1024 ** 3

/** True for what the script of `collect` puts down besides copies of files. */
function isCollected(path: string): boolean {
  return /^mshare-plan\/(collected|touched\/[1-9]\d{0,9})$/.test(path)
}

const processFile = /^proc\/([1-9]\d{0,9})\/(\w+)$/

function isOfMachine(path: string): boolean {
  return describesHost(path) || isCollected(path) || processFile.test(path)
}

/** Everything of one process, as it came. */
export interface ProcessEntries {
  readonly texts: { -readonly [Name in keyof ProcessTexts]: TextSink | string }
  /** By the name of the file. */
  readonly refused: Map<string, TreeRefusal>
  smaps?: SpaceGathering
  maps?: SpaceGathering
}

/** Small files of a process, by name. */
export const textNames: ReadonlyMap<
  string,
  'status' | 'cmdline' | 'cgroup' | 'oomScoreAdj' | 'exe'
> = new Map([
  ['status', 'status'],
  ['exe', 'exe'],
  ['cmdline', 'cmdline'],
  ['cgroup', 'cgroup'],
  ['oom_score_adj', 'oomScoreAdj'],
])

/** The contents of an archive of a machine, collected entry by entry, in any order. */
export class ArchiveContents {
  /** By process id. */
  readonly processes: Map<number, ProcessEntries> = new Map()
  readonly #hosts = new Map<string, TextSink>()
  /** What the script of `collect` put down besides, by path below the root. */
  readonly #collected = new Map<string, TextSink>()
  readonly #unread: string[] = []
  readonly #printed = new PrintedEntries()
  readonly #roots = new Set<string>()
  readonly #gathering: StartGathering
  /** The prefix of the first path before `proc`, `sys` or another known folder. */
  #prefix: string | undefined
  #looksLikeProc = false

  /** @param isSame whether two texts are the same; absent: none is compared with another. */
  constructor(isSame?: IsSame) {
    this.#gathering = alikeSpaces(isSame)
  }

  /** Where the content of an entry goes; `undefined` if capture does not need it. */
  visit(entry: ArchiveEntry): Sink | undefined {
    const path = this.#belowRoot(entry.path)
    if (path === undefined || !isOfMachine(path)) return this.#printed.visit(entry)
    if (describesHost(path)) return this.#visitHostFile(path, entry)
    if (isCollected(path)) return this.#visitCollected(path, entry)
    const match = processFile.exec(path)
    if (match === null) return undefined
    return this.#visitProcessFile(Number(match[1]), match[2] ?? '', entry)
  }

  /** The outputs of commands. */
  printed(): PrintedTexts {
    return this.#printed.result()
  }

  /** Why these are not the contents of one machine; after the last entry. */
  fault(): MachineFault | undefined {
    const [root, another] = [...this.#roots]
    if (root !== undefined && another !== undefined) {
      return { kind: 'several-machines', roots: [root, another] }
    }
    return root === undefined && this.#looksLikeProc ? { kind: 'proc-itself' } : undefined
  }

  /** Texts that describe the machine, by path. */
  files(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#hosts].flatMap(([path, sink]) => {
        const text = sink.text()
        return text === undefined ? [] : [[path, text] as const]
      }),
    )
  }

  /** Sentences on files of the machine that could not be read. */
  unread(): readonly string[] {
    const oversized = [...this.#hosts].filter(([, sink]) => sink.text() === undefined)
    return [...this.#unread, ...oversized.map(([path]) => `/${path} is too large and was not read`)]
  }

  /** A text that the script of `collect` wrote; `undefined` where it did not. */
  collected(path: string): string | undefined {
    return this.#collected.get(path)?.text()
  }

  /** Facts about the layout that the mappings of all processes show. */
  evidence(): PageEvidence {
    const spaces = [...this.processes.values()].flatMap(({ smaps }) => {
      const outcome = smaps?.outcome()
      return outcome === undefined || 'fault' in outcome ? [] : [outcome]
    })
    const pages = spaces.flatMap(({ pageKib }) => pageKib ?? []).toSorted((a, b) => a - b)
    const [pageKib] = pages
    return {
      ...(spaces.length === 0
        ? {}
        : { highest: spaces.reduce((most, { highest }) => Math.max(most, highest), 0) }),
      ...(pageKib === undefined ? {} : { pageKib }),
    }
  }

  #belowRoot(path: string): string | undefined {
    const match = /^((?:[^/]+\/)?(?:data\/)?)(proc|sys|etc|boot|sos_commands|mshare-plan)\//.exec(
      path,
    )
    if (match === null) {
      this.#looksLikeProc ||= /^(?:[^/]+\/)?[1-9]\d{0,9}\/status$/.test(path)
      return undefined
    }
    const [, before = '', folder] = match
    if (folder === 'proc') this.#roots.add(`${before}proc`)
    this.#prefix ??= before
    return path.startsWith(this.#prefix) ? path.slice(this.#prefix.length) : undefined
  }

  #visitHostFile(path: string, entry: ArchiveEntry): Sink | undefined {
    if (entry.kind !== 'file') {
      this.#unread.push(refusalSentence(refusalOf(path, entry)))
      return undefined
    }
    const sink = textSink(largestText)
    this.#hosts.set(path, sink)
    return sink
  }

  #visitCollected(path: string, { kind }: ArchiveEntry): Sink | undefined {
    if (kind !== 'file') return undefined
    const sink = textSink(largestCollected)
    this.#collected.set(path, sink)
    return sink
  }

  #visitProcessFile(pid: number, file: string, entry: ArchiveEntry): Sink | undefined {
    const entries = this.#entriesOf(pid)
    if (file === 'exe' && entry.link !== undefined) entries.texts.exe = entry.link
    if (entry.kind !== 'file') {
      entries.refused.set(file, refusalOf(`proc/${pid}/${file}`, entry))
      return undefined
    }
    if (file === 'smaps' || file === 'maps') {
      const gathering = this.#gathering(file === 'smaps', true)
      entries[file] = gathering
      return gathering.reader
    }
    const name = textNames.get(file)
    if (name === undefined) return undefined
    const sink = textSink(largestText)
    entries.texts[name] = sink
    return sink
  }

  #entriesOf(pid: number): ProcessEntries {
    const known = this.processes.get(pid)
    if (known !== undefined) return known
    const entries = { texts: {}, refused: new Map<string, TreeRefusal>() }
    this.processes.set(pid, entries)
    return entries
  }
}

function refusalOf(path: string, { kind }: ArchiveEntry): TreeRefusal {
  return { ok: false, path, reason: kind === 'file' || kind === 'other' ? 'special' : kind }
}

/** The small texts of a process; one that is too large and was not read is missing. */
export function textsOf({ texts }: ProcessEntries): ProcessTexts {
  const plain = Object.entries(texts).map(([name, text]) => [
    name,
    typeof text === 'string' ? text : text.text(),
  ])
  return Object.fromEntries(plain.filter(([, text]) => text !== undefined))
}
