import type { Fault } from '../files/fault.ts'
import type { HostFiles } from '../files/host-files.ts'
import { kib } from '../files/memory-text.ts'
import { numbered } from '../files/numbered.ts'
import type { ProcessStatus, StatusReading } from '../files/process-status.ts'
import { readStatus } from '../files/process-status.ts'
import type { Unusable } from '../files/smaps.ts'
import type { TreeRefusal } from '../files/tree.ts'
import { shortOf } from './cut-off.ts'
import type { Counts, Elsewhere, Observation, SeenObject, SeenProcess } from './observation.ts'
import type { ProcessTexts } from './raw-process.ts'
import { identityOf, oomScoreAdjOf } from './raw-process.ts'
import { faultWords, refusalSentence, unusableWords } from './refusal-words.ts'
import type { SpacePrint } from './same-memory.ts'
import { KnownSpaces } from './same-memory.ts'
import type { Identity, Selection } from './selection.ts'
import { isSelected, Misfits, readUserIds, unknownUsers } from './selection.ts'
import type { GatheredSpace } from './space-gathering.ts'

/** The results of a census; the walk that fills it knows the rest of the machine. */
type Counted = Pick<
  Observation,
  'processes' | 'elsewhere' | 'complete' | 'counts' | 'smapsMissing' | 'objects' | 'refusals'
>

/** Counts the processes of a machine as they come: who is captured, who is not, and why. */
export class ProcessCensus {
  readonly processes: SeenProcess[] = []
  /** Objects that captured processes map, by key. */
  readonly objects: Map<string, SeenObject> = new Map()
  readonly #selection: Selection
  readonly #chosen: ReadonlySet<number> | undefined
  readonly #users: ReadonlyMap<string, number>
  /** MemTotal and SwapTotal, in KiB. */
  readonly #memory: number | undefined
  readonly #swap: number | undefined
  readonly #counts: Counts = {
    kernelThreads: 0,
    zombies: 0,
    vanished: 0,
    sharing: 0,
    threads: 0,
    refused: 0,
  }
  #elsewhere: Elsewhere = { processes: 0, vmPte: 0 }
  #smapsMissing = 0
  readonly #refused = new Map<string, { readonly sentence: string; times: number }>()
  readonly #spaces = new KnownSpaces()
  readonly #misfits: Misfits

  /**
   * @param files those of the machine.
   * @param chosen the processes that were chosen before; absent: all.
   */
  constructor(selection: Selection, files: HostFiles, chosen?: ReadonlySet<number>) {
    const meminfo = files.get('proc/meminfo') ?? ''
    this.#selection = selection
    this.#chosen = chosen
    this.#users = readUserIds(files.get('etc/passwd'))
    this.#memory = kib(meminfo, 'MemTotal') || undefined
    this.#swap = kib(meminfo, 'SwapTotal')
    this.#misfits = new Misfits(selection, this.#users)
    for (const sentence of unknownUsers(selection, this.#users)) this.refuse(sentence)
  }

  /** Which process it is, if it was chosen; the others are counted. */
  choose(pid: number, texts: ProcessTexts): Identity | undefined {
    const reading = readStatus(texts.status ?? '', this.#memory)
    if (reading.kind !== 'process') {
      this.#countWithout(pid, reading)
      return undefined
    }
    this.#checkScore(pid, texts)
    this.#checkSwap(pid, reading.status)
    const identity = identityOf(pid, reading.status, texts)
    const isChosen = this.#chosen?.has(pid) ?? true
    if (isChosen && isSelected(identity, this.#selection, this.#users)) return identity
    this.#countElsewhere(identity)
    return undefined
  }

  /** Takes a chosen process in. @returns false if its address space is known already. */
  admit(print: SpacePrint): boolean {
    if (this.#spaces.isKnown(print)) {
      this.#counts.sharing += 1
      return false
    }
    this.processes.push(print.process)
    return true
  }

  /** Replaces the process that was taken in last by what was found out since. */
  complete(process: SeenProcess): void {
    this.processes[this.processes.length - 1] = process
  }

  /** A process that ended while it was looked at. */
  countVanished(): void {
    this.#counts.vanished += 1
  }

  /** A folder of a thread, whose process has its own. */
  countThread(): void {
    this.#counts.threads += 1
  }

  /** A captured process whose smaps is missing. */
  countSmapsMissing(): void {
    this.#smapsMissing += 1
  }

  /** A process whose status cannot be read, or is empty. */
  refuseStatus(pid: number, status: TreeRefusal | ''): void {
    this.#counts.refused += 1
    if (status === '') this.refuseEmpty(pid, 'status')
    else this.refuse(refusalSentence(status), `status ${status.reason}`)
  }

  /** Mappings that cannot be used. */
  refuseSpace(pid: number, file: 'smaps' | 'maps', unusable: Unusable): void {
    this.#refuseFault(`/proc/${pid}/${file} ${unusableWords(unusable)}`, file, unusable.fault)
  }

  /** A file of a copied process that says nothing. */
  refuseEmpty(pid: number, file: string): void {
    const why = 'tools that trust file sizes copy nothing from /proc'
    this.refuse(`/proc/${pid}/${file} is empty: ${why}`, `empty ${file}`)
  }

  /** @param alike refusals with the same text here are told once, and counted. */
  refuse(sentence: string, alike: string = sentence): void {
    const known = this.#refused.get(alike)
    if (known === undefined) this.#refused.set(alike, { sentence, times: 1 })
    else known.times += 1
  }

  /** Says so if mappings may be missing at the end. @returns what was gathered. */
  checkEnd(
    gathered: GatheredSpace,
    pid: number,
    file: 'smaps' | 'maps',
    status: ProcessStatus,
  ): GatheredSpace {
    const short = shortOf(gathered, status)
    if (short !== undefined)
      this.refuse(`/proc/${pid}/${file} ${faultWords(short)}`, `short ${file}`)
    return gathered
  }

  /** Mappings of a process that could be of regions, and are not looked at. */
  leaveOut(pid: number, mappings: number): void {
    if (mappings === 0) return
    const why = 'too many, or past 2^53 bytes of their object'
    const what = `in baseTables: ${numbered(mappings, 'shared mapping')}, ${why}`
    this.refuse(`/proc/${pid}: ${what}`, 'left')
  }

  /** All that was found out. */
  result(): Counted {
    const { processes, objects } = this
    return {
      processes,
      objects,
      elsewhere: this.#elsewhere,
      // A machine has kernel threads: without any these are some of its processes.
      complete: this.#counts.kernelThreads > 0 && this.#counts.refused === 0,
      counts: this.#counts,
      smapsMissing: this.#smapsMissing,
      refusals: this.#refusals(),
    }
  }

  #countWithout(pid: number, reading: Exclude<StatusReading, { readonly kind: 'process' }>): void {
    if (reading.kind === 'faulty') {
      this.#counts.refused += 1
      const words = faultWords(reading.fault)
      this.#refuseFault(`/proc/${pid}/status: ${words}`, 'status', reading.fault)
      return
    }
    this.#counts[reading.kind === 'zombie' ? 'zombies' : 'kernelThreads'] += 1
    if (this.#selection.pids.includes(pid)) this.refuse(`process ${pid} ${idle[reading.kind]}`)
  }

  #countElsewhere(identity: Identity): void {
    if (this.#spaces.isKnownByStatus(identity)) {
      this.#counts.sharing += 1
      return
    }
    this.#misfits.look(identity)
    const { processes, vmPte } = this.#elsewhere
    this.#elsewhere = {
      processes: processes + 1,
      vmPte: vmPte + (identity.status.vmPte ?? 0),
    }
  }

  #checkScore(pid: number, { oomScoreAdj }: ProcessTexts): void {
    if (oomScoreAdj === undefined || oomScoreAdjOf(oomScoreAdj) !== undefined) return
    const what = 'oom_score_adj is invalid; it is ignored'
    this.refuse(`/proc/${pid}/${what}`, 'oom_score_adj')
  }

  /** lxcfs shows the limits of a container in meminfo; status is that of the host. */
  #checkSwap(pid: number, { swap: used = 0 }: ProcessStatus): void {
    if (this.#swap === undefined || used <= this.#swap) return
    const why = 'a container shows its own limits, or a swap area was removed during the capture'
    this.refuse(`/proc/${pid}/status: VmSwap is more than SwapTotal: ${why}`, 'VmSwap')
  }

  #refuseFault(sentence: string, file: string, fault: Fault): void {
    this.refuse(sentence, `${file} ${JSON.stringify(fault)}`)
  }

  #refusals(): readonly string[] {
    const nothingFits = this.processes.length === 0 && this.#elsewhere.processes > 0
    return [
      ...[...this.#refused.values()].map(({ sentence, times }) =>
        times === 1 ? sentence : `${sentence}; and ${times - 1} more like it`,
      ),
      ...(nothingFits ? this.#misfits.sentences() : []),
    ]
  }
}

const idle = {
  'kernel-thread': 'is a kernel thread and has no page tables of its own',
  zombie: 'has ended and no longer has page tables',
} as const

/** A chosen process without its address space. */
export function seenProcess(identity: Identity, texts: ProcessTexts): SeenProcess {
  const oomScoreAdj = oomScoreAdjOf(texts.oomScoreAdj)
  return { ...identity, ...(oomScoreAdj === undefined ? {} : { oomScoreAdj }) }
}
