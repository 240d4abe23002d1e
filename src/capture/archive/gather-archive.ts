import type { Fault } from '../files/fault.ts'
import type { ArchiveTree, TreeRefusal } from '../files/tree.ts'
import type { SpaceOutcome } from '../machine/cut-off.ts'
import { uncut } from '../machine/cut-off.ts'
import { gatherFolder } from '../machine/gather-folder.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import { layoutOf, scaleOf } from '../machine/machine-layout.ts'
import type { FileSystems } from '../machine/object-kind.ts'
import { readFileSystems } from '../machine/object-kind.ts'
import { addFullObject, touchedByCounts, withSupposed } from '../machine/object-lookup.ts'
import type { Observation, SeenSpace } from '../machine/observation.ts'
import { privateRuns } from '../machine/private-runs.ts'
import { ProcessCensus, seenProcess } from '../machine/process-census.ts'
import { refusalSentence } from '../machine/refusal-words.ts'
import type { Identity, Selection } from '../machine/selection.ts'
import type { GatheredSpace, Scale } from '../machine/space-gathering.ts'
import { registerObjects } from '../machine/space-gathering.ts'
import { tooLarge } from '../machine/text-sink.ts'
import { threadFolders, withLeaders } from '../machine/thread-folders.ts'
import type { PrintedTexts } from '../printed/gather-printed.ts'
import type { ProcessEntries } from './archive-contents.ts'
import { ArchiveContents, textsOf } from './archive-contents.ts'
import { collectedMachine } from './collected.ts'

/** The contents of an archive, or why it could not be read. */
export type ArchiveReading =
  | {
      readonly ok: true
      readonly seen: Observation & { readonly layout: KnownLayout }
      /** The outputs of commands in it. */
      readonly texts: PrintedTexts
    }
  | { readonly ok: false; readonly fault: Fault }

/** Reads an archive from its start to its end, whatever the order in it. */
export async function gatherArchive(
  tree: ArchiveTree,
  selection: Selection,
): Promise<ArchiveReading> {
  const contents = new ArchiveContents(tree.isSame)
  const end = await tree.each((entry) => contents.visit(entry))
  if (end.fault !== undefined) {
    return { ok: false, fault: { kind: 'bad-archive', why: end.fault } }
  }
  const fault = contents.fault()
  if (fault !== undefined) return { ok: false, fault }
  const collected = collectedMachine(contents)
  if (collected !== undefined) {
    const { tree: machine, readSpace } = collected
    const seen = await gatherFolder(machine, selection, async () => {}, readSpace)
    return { ok: true, seen, texts: { texts: [], refusals: [] } }
  }
  const files = contents.files()
  const layout = layoutOf(files, contents.evidence())
  const census = countProcesses(contents, selection, files, scaleOf(layout.layout))
  const seen = { live: false, files, layout, ...census.result() }
  return { ok: true, seen, texts: contents.printed() }
}

interface Walk {
  readonly census: ProcessCensus
  readonly scale: Scale
  readonly systems: FileSystems
  /** By what was gathered of them, which is one object for all with the same text. */
  readonly spaces: Map<SeenSpace, SeenSpace>
}

function countProcesses(
  contents: ArchiveContents,
  selection: Selection,
  files: ReadonlyMap<string, string>,
  scale: Scale,
): ProcessCensus {
  const statusOf = (number: number): string | undefined => {
    const entries = contents.processes.get(number)
    return (entries && textsOf(entries).status) || undefined
  }
  const census = new ProcessCensus(withLeaders(selection, statusOf), files)
  const threads = threadFolders((pid) => statusOf(pid) !== undefined)
  const walk = {
    census,
    scale,
    systems: readFileSystems(files.get('proc/1/mountinfo')),
    spaces: new Map(),
  }
  for (const sentence of contents.unread()) census.refuse(sentence)
  const byPid = [...contents.processes].sort(([left], [right]) => left - right)
  for (const [folder, entries] of byPid) {
    const pid = threads.processOf(folder, statusOf(folder))
    if (pid === undefined) census.countThread()
    else gatherProcess(walk, pid, entries)
  }
  return census
}

function gatherProcess(walk: Walk, pid: number, entries: ProcessEntries): void {
  const { census } = walk
  const texts = textsOf(entries)
  if (texts.status === undefined || texts.status === '') {
    census.refuseStatus(pid, texts.status ?? statusRefusal(pid, entries))
    return
  }
  const identity = census.choose(pid, texts)
  if (identity === undefined) return
  const process = seenProcess(identity, texts)
  if (entries.smaps === undefined && !entries.refused.has('smaps')) census.countSmapsMissing()
  const gathered = spaceOf(census, identity, entries)
  if (gathered === undefined) {
    census.admit({ process, frame: () => undefined })
    return
  }
  const { space: plain, left } = gathered
  if (census.admit({ process: { ...process, space: plain }, frame: () => undefined })) {
    census.leaveOut(pid, left)
    const space = walk.spaces.get(plain) ?? registered(walk, gathered)
    walk.spaces.set(plain, space)
    census.complete({ ...process, space })
  }
}

function statusRefusal(pid: number, { texts, refused }: ProcessEntries): TreeRefusal {
  const path = `proc/${pid}/status`
  const oversized = texts.status === undefined ? undefined : tooLarge(path)
  return oversized ?? refused.get('status') ?? missing(path)
}

function missing(path: string): TreeRefusal {
  return { ok: false, path, reason: 'missing' }
}

/** No other file of an archive tells of a space. */
function registered(
  { census, scale, systems }: Walk,
  { space: plain, privates }: GatheredSpace,
): SeenSpace {
  const space = registerObjects(census.objects, plain, '', systems)
  const mapped = space.mapped.map((one) => {
    const touched = touchedByCounts(one, scale)
    const object = census.objects.get(one.object)
    if (touched === undefined || object === undefined) return withSupposed(one, scale)
    addFullObject(object, one, touched, scale)
    return { ...one, touched }
  })
  if (!space.counted) return { ...space, mapped }
  const runs = privateRuns(privates, scale, () => undefined)
  return { ...space, mapped, privates: runs }
}

/** The mappings by smaps, else by maps; what cannot be used of them is put down. */
function spaceOf(
  census: ProcessCensus,
  identity: Identity,
  { smaps, maps, refused }: ProcessEntries,
): GatheredSpace | undefined {
  const listed = maps?.outcome()
  const counted = smaps?.outcome()
  if (counted === undefined && listed === undefined) {
    const refusal = refused.get('smaps') ?? missing(`proc/${identity.pid}/smaps`)
    census.refuse(refusalSentence(refusal), `smaps ${refusal.reason}`)
  }
  const whole = counted && listed ? uncut(counted, listed) : counted
  return usable(census, identity, 'smaps', whole) ?? usable(census, identity, 'maps', listed)
}

function usable(
  census: ProcessCensus,
  { pid, status }: Identity,
  file: 'smaps' | 'maps',
  outcome: SpaceOutcome | undefined,
): GatheredSpace | undefined {
  if (outcome === undefined) return undefined
  if (outcome.fault !== undefined) census.refuseSpace(pid, file, outcome)
  else if (outcome.space.mappings > 0) return census.checkEnd(outcome, pid, file, status)
  else census.refuseEmpty(pid, file)
  return undefined
}
