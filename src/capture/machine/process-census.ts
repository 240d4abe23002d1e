import type { HostFiles } from '../files/host-files.ts'
import { kib } from '../files/memory-text.ts'
import { numbered } from '../files/numbered.ts'
import type { ProcessStatus } from '../files/process-status.ts'
import { readStatus } from '../files/process-status.ts'
import { shortOf } from './cut-off.ts'
import type { Counts, Elsewhere, SeenObject, SeenProcess } from './observation.ts'
import type { ProcessTexts } from './raw-process.ts'
import { identityOf, oomScoreAdjOf } from './raw-process.ts'
import type { SpacePrint } from './same-memory.ts'
import { knownSpaces } from './same-memory.ts'
import type { Identity, Selection } from './selection.ts'
import { isSelected, misfits, readUserIds, unknownUsers } from './selection.ts'
import type { GatheredSpace } from './space-gathering.ts'

/** Processes as they come in: who counts, who does not and why. */
export interface ProcessBook {
  readonly processes: readonly SeenProcess[]
  readonly elsewhere: Elsewhere
  readonly counts: Counts
  readonly objects: Map<string, SeenObject>
  /** Which process it is, where it was chosen; the others are counted. */
  readonly choose: (pid: number, texts: ProcessTexts) => Identity | undefined
  /** Takes a chosen process in, unless its address space is known already. */
  readonly admit: (print: SpacePrint) => boolean
  /** Puts what was found out since in the place of a process that was taken in last. */
  readonly complete: (process: SeenProcess) => void
  /** A word about something that could not be read; alike ones are counted. */
  readonly refuse: (sentence: string, kind: string) => void
  /** Gives mappings back, with a word where some may be missing. */
  readonly remarkOn: (
    gathered: GatheredSpace,
    pid: number,
    file: 'smaps' | 'maps',
    status: ProcessStatus,
  ) => GatheredSpace
  /** Counts a process whose smaps is not there. */
  readonly missSmaps: () => void
  readonly smapsMissing: () => number
  /** A word about mappings of a process that could be of regions, and are not looked at. */
  readonly leave: (pid: number, mappings: number) => void
  /** True where these are all processes of a machine: it has kernel threads, and none was refused. */
  readonly isComplete: () => boolean
  readonly refusals: () => readonly string[]
}

/** @param files those of the machine. */
export function processBook(selection: Selection, files: HostFiles): ProcessBook {
  const users = readUserIds(files.get('etc/passwd'))
  const memory = kib(files.get('proc/meminfo') ?? '', 'MemTotal') || undefined
  const swap = kib(files.get('proc/meminfo') ?? '', 'SwapTotal')
  const processes: SeenProcess[] = []
  const elsewhere = { processes: 0, vmPte: 0 }
  const counts: Counts = {
    kernelThreads: 0,
    zombies: 0,
    vanished: 0,
    sharing: 0,
    threads: 0,
    refused: 0,
  }
  const objects = new Map<string, SeenObject>()
  const refused = new Map<string, { sentence: string; times: number }>()
  const spaces = knownSpaces()
  const others = misfits(selection, users)

  const refuse = (sentence: string, kind: string): void => {
    const known = refused.get(kind)
    if (known === undefined) refused.set(kind, { sentence, times: 1 })
    else known.times += 1
  }

  for (const sentence of unknownUsers(selection, users)) refuse(sentence, sentence)

  const choose = (pid: number, texts: ProcessTexts): Identity | undefined => {
    const reading = readStatus(texts.status ?? '', memory)
    if (reading.kind === 'process') {
      remarkOnScore(pid, texts)
      remarkOnSwap(pid, reading.status)
      return chosen(identityOf(pid, reading.status, texts))
    }
    if (reading.kind === 'faulty') {
      counts.refused += 1
      refuse(`/proc/${pid}/status: ${reading.fault}`, `status ${reading.fault}`)
    } else {
      counts[reading.kind === 'zombie' ? 'zombies' : 'kernelThreads'] += 1
      if (selection.pids.includes(pid))
        refuse(`process ${pid} ${idle[reading.kind]}`, `idle ${pid}`)
    }
    return undefined
  }

  const remarkOnScore = (pid: number, { oomScoreAdj }: ProcessTexts): void => {
    if (oomScoreAdj === undefined || oomScoreAdjOf(oomScoreAdj) !== undefined) return
    refuse(`/proc/${pid}/oom_score_adj is none that a kernel takes, left out`, 'oom_score_adj')
  }

  /** lxcfs shows the limits of a container in meminfo; status is that of the host. */
  const remarkOnSwap = (pid: number, { swap: used = 0 }: ProcessStatus): void => {
    if (swap === undefined || used <= swap) return
    const why = 'a container shows its own limits, or a swap area was removed meanwhile'
    refuse(`/proc/${pid}/status: VmSwap is more than SwapTotal: ${why}`, 'VmSwap')
  }

  const chosen = (identity: Identity): Identity | undefined => {
    if (isSelected(identity, selection, users)) return identity
    if (spaces.isKnownByStatus(identity)) {
      counts.sharing += 1
      return undefined
    }
    others.look(identity)
    elsewhere.processes += 1
    elsewhere.vmPte += identity.status.vmPte ?? 0
    return undefined
  }

  const admit = (print: SpacePrint): boolean => {
    if (spaces.isKnown(print)) {
      counts.sharing += 1
      return false
    }
    processes.push(print.process)
    return true
  }

  const complete = (process: SeenProcess): void => {
    processes[processes.length - 1] = process
  }

  let withoutSmaps = 0
  const missSmaps = (): void => {
    withoutSmaps += 1
  }

  const leave = (pid: number, mappings: number): void => {
    if (mappings === 0) return
    const why = 'more than are looked at, or past 2^53 bytes of their object'
    refuse(`/proc/${pid}: in baseTables: ${numbered(mappings, 'shared mapping')}, ${why}`, 'left')
  }

  const remarkOn: ProcessBook['remarkOn'] = (gathered, pid, file, status) => {
    const short = shortOf(gathered, status)
    if (short !== undefined) refuse(`/proc/${pid}/${file} ${short}`, `short ${file}`)
    return gathered
  }

  const isComplete = (): boolean => counts.kernelThreads > 0 && counts.refused === 0

  const refusals = (): readonly string[] => [
    ...[...refused.values()].map(({ sentence, times }) =>
      times === 1 ? sentence : `${sentence}; and ${times - 1} more alike`,
    ),
    ...(processes.length === 0 && elsewhere.processes > 0 ? others.sentences() : []),
  ]
  return {
    processes,
    elsewhere,
    counts,
    objects,
    choose,
    admit,
    complete,
    refuse,
    remarkOn,
    missSmaps,
    smapsMissing: () => withoutSmaps,
    leave,
    isComplete,
    refusals,
  }
}

const idle = {
  'kernel-thread': 'is a thread of the kernel, which has no page tables of its own',
  zombie: 'has ended, and has no page tables any more',
} as const

/** A chosen process without its address space. */
export function seenProcess(identity: Identity, texts: ProcessTexts): SeenProcess {
  const oomScoreAdj = oomScoreAdjOf(texts.oomScoreAdj)
  return { ...identity, ...(oomScoreAdj === undefined ? {} : { oomScoreAdj }) }
}
