import type { SeenMapping } from '../files/mapping.ts'
import { frameBytes } from '../files/mapping.ts'
import { frameBelow } from '../files/pagemap.ts'
import { parentOf } from '../files/process-status.ts'
import type { FolderTree, TreeRefusal } from '../files/tree.ts'
import { isRefused } from '../files/tree.ts'
import type { ReadSpace } from './folder-spaces.ts'
import { spaceOf, spaceReaderOf } from './folder-spaces.ts'
import type { KnownLayout, PageEvidence } from './machine-layout.ts'
import { layoutOf, scaleOf } from './machine-layout.ts'
import type { FileSystems } from './object-kind.ts'
import { isShmem, readFileSystems } from './object-kind.ts'
import type { LookupBudget } from './object-lookup.ts'
import { lookUpObject, lookUpPrivate, lookupBudget, withSupposed } from './object-lookup.ts'
import type {
  MappedObject,
  Observation,
  SeenObject,
  SeenProcess,
  SeenSpace,
} from './observation.ts'
import { privateRuns } from './private-runs.ts'
import { ProcessCensus, seenProcess } from './process-census.ts'
import type { ProcessTexts } from './raw-process.ts'
import { namesIn, readHostFiles, readLimits } from './read-host-files.ts'
import { refusalSentence } from './refusal-words.ts'
import type { Selection } from './selection.ts'
import type { GatheredSpace, PrivateMappings, Scale } from './space-gathering.ts'
import { registerObjects } from './space-gathering.ts'
import { readText } from './text-sink.ts'
import type { ThreadFolders } from './thread-folders.ts'
import { threadFolders, withLeaders } from './thread-folders.ts'

/** Is told, process by process, how many are done, and of how many. */
export type Progress = (done: number, of: number) => Promise<void>

interface Walk {
  readonly tree: FolderTree
  readonly selection: Selection
  readonly threads: ThreadFolders
  /** Processes that this one was started through, where names are asked for. */
  readonly callers: ReadonlySet<number>
  readonly census: ProcessCensus
  readonly scale: Scale
  readonly systems: FileSystems
  readonly readSpace: ReadSpace
  readonly budget: LookupBudget
  /** By what was gathered of them, which is one object for all with the same text. */
  readonly spaces: Map<SeenSpace, SeenSpace>
}

/** Looks at the machine and its processes one by one; keeps what is needed of each. */
export async function gatherFolder(
  tree: FolderTree,
  selection: Selection,
  progress: Progress,
  readSpace: ReadSpace = spaceReaderOf(tree),
): Promise<Observation & { readonly layout: KnownLayout }> {
  const unread: TreeRefusal[] = []
  const files = readHostFiles(tree, unread)
  const pids = processIds(tree)
  const chosen = withLeaders(selection, (number) => statusText(tree, number))
  const layout = knownLayout(readSpace, files, pids)
  const census = new ProcessCensus(chosen, files, tree.chosen)
  for (const refusal of unread) census.refuse(refusalSentence(refusal), refusal.path)
  const walk: Walk = {
    tree,
    selection: chosen,
    threads: threadFolders((pid) => statusText(tree, pid) !== undefined),
    callers: selection.names.length === 0 ? new Set() : callersOf(tree),
    census,
    scale: scaleOf(layout.layout),
    systems: readFileSystems(files.get('proc/1/mountinfo')),
    budget: lookupBudget(),
    spaces: new Map(),
    readSpace,
  }
  for (const [done, pid] of pids.entries()) {
    gatherProcess(walk, pid)
    await progress(done + 1, pids.length)
  }
  readLimits(tree, census.processes, files)
  return { live: tree.live, layout, files, ...census.result() }
}

function processIds(tree: FolderTree): readonly number[] {
  return namesIn(tree, 'proc')
    .filter((name) => /^[1-9]\d{0,9}$/.test(name))
    .map(Number)
    .sort((left, right) => left - right)
}

/** The processes above the reader: a shell, sudo, npx. */
function callersOf(tree: FolderTree): ReadonlySet<number> {
  const callers = new Set<number>()
  for (let pid = tree.self; pid !== undefined && !callers.has(pid); ) {
    if (pid !== tree.self) callers.add(pid)
    const status = readText(tree, `proc/${pid}/status`)
    const parent = isRefused(status) ? undefined : parentOf(status)
    pid = parent === 0 ? undefined : parent
  }
  return callers
}

/** Where the page size is the kernel's choice, some process must tell it. */
function knownLayout(
  readSpace: ReadSpace,
  files: ReadonlyMap<string, string>,
  pids: readonly number[],
): KnownLayout {
  const first = layoutOf(files, {})
  const { architecture } = first.layout
  if (architecture !== 'arm64' && architecture !== 'ppc64') return first
  return layoutOf(files, evidenceOf(readSpace, pids))
}

/** Processes that are asked for their page size, until one answers. */
const mostProbes = 50

function evidenceOf(readSpace: ReadSpace, pids: readonly number[]): PageEvidence {
  for (const pid of pids.slice(0, mostProbes)) {
    const gathered = readSpace(pid, 'smaps', false)
    if ('ok' in gathered || gathered.fault !== undefined) continue
    if (gathered.pageKib === undefined) continue
    return { pageKib: gathered.pageKib, highest: gathered.highest }
  }
  return {}
}

function statusText(tree: FolderTree, number: number): string | undefined {
  const status = readText(tree, `proc/${number}/status`)
  return isRefused(status) || status === '' ? undefined : status
}

/** @param folder the number of its folder: that of the process, or of a thread that represents it. */
function gatherProcess(walk: Walk, folder: number): void {
  const { tree, census, selection, threads } = walk
  if (folder === tree.self && !selection.pids.includes(folder)) return
  const status = readText(tree, `proc/${folder}/status`)
  if (isRefused(status) || status === '') {
    missed(census, folder, status)
    return
  }
  const texts = textsOf(walk, folder, status)
  const pid = threads.processOf(folder, status)
  if (pid === undefined) census.countThread()
  const identity = pid === undefined ? undefined : census.choose(pid, texts)
  if (identity === undefined) return
  const gathered = spaceOf(walk, folder, identity)
  if (gathered === 'gone') {
    census.countVanished()
    return
  }
  const process = seenProcess(identity, texts)
  if (gathered === undefined) census.admit({ process, frame: () => undefined })
  else admitWithSpace(walk, folder, process, gathered)
}

function admitWithSpace(
  walk: Walk,
  pid: number,
  process: SeenProcess,
  { space: gathered, privates, left }: GatheredSpace,
): void {
  const { census } = walk
  // The keys of objects are needed before a process is known to be a new one, their counts after.
  const print = {
    process: { ...process, space: gathered },
    frame: () => stackFrame(walk, pid, gathered),
  }
  if (!census.admit(print)) return
  census.leaveOut(pid, left)
  const isAlone = lacksOthers(walk.tree, pid, gathered)
  const known = isAlone ? walk.spaces.get(gathered) : undefined
  const space = known ?? completedSpace(walk, pid, gathered, privates)
  if (isAlone) walk.spaces.set(gathered, space)
  census.complete({ ...process, space })
}

/** True where no other file tells of the space: then processes with the same mappings have the same. */
function lacksOthers(tree: FolderTree, pid: number, { mapped }: SeenSpace): boolean {
  if (tree.live || mapped.some(({ mapping }) => isSysv(mapping))) return false
  const answer = tree.readAt(`proc/${pid}/pagemap`, 0, entry)
  return isRefused(answer) && answer.reason === 'missing'
}

/** Takes what is only asked for, not used. */
const entry = new Uint8Array(8)

function isSysv({ name }: SeenMapping): boolean {
  return name.startsWith('/SYSV')
}

/** What pagemap and the other files show of an address space. */
function completedSpace(
  walk: Walk,
  pid: number,
  gathered: SeenSpace,
  privates: PrivateMappings,
): SeenSpace {
  const { tree, census, scale, budget } = walk
  const hasSysv = gathered.mapped.some(({ mapping }) => isSysv(mapping))
  const namespace = hasSysv ? linkText(tree, `proc/${pid}/ns/ipc`) : ''
  const registered = registerObjects(census.objects, gathered, namespace, walk.systems)
  const mapped = registered.mapped.map((one) => {
    const object = census.objects.get(one.object)
    if (object === undefined) throw new RangeError(`no object ${one.object}`)
    findStored(tree, pid, one, object)
    const { mapped: found, refusal } = lookUpObject(tree, pid, one, object, scale, budget)
    const isNews = refusal !== undefined && (tree.live || refusal.reason !== 'missing')
    if (isNews) census.refuse(refusalSentence(refusal), `pagemap ${refusal.reason}`)
    return withSupposed(found, scale)
  })
  const space = { ...registered, mapped }
  if (!gathered.counted) return space
  const runs = privateRuns(privates, scale, (start, end) =>
    lookUpPrivate(tree, pid, { start, end }, scale, budget),
  )
  return { ...space, privates: runs }
}

/** Asked of the first process that maps it: what is stored is the same for all. */
function findStored(tree: FolderTree, pid: number, { mapping }: MappedObject, object: SeenObject) {
  if (object.stored !== undefined || !isShmem(object)) return
  const ends = [mapping.start, mapping.end].map((frame) => (frame * frameBytes).toString(16))
  const stored = tree.stored?.(`proc/${pid}/map_files/${ends.join('-')}`)
  if (typeof stored === 'number') object.stored = stored
}

function stackFrame({ tree, scale }: Walk, pid: number, { stackEnd }: SeenSpace) {
  if (stackEnd === undefined) return undefined
  return frameBelow(tree, `proc/${pid}/pagemap`, stackEnd / scale.pageFrames - 1)
}

function textsOf({ tree, callers }: Walk, pid: number, status: string): ProcessTexts {
  const text = (name: string): string | undefined => {
    const found = readText(tree, `proc/${pid}/${name}`, largestLine)
    return isRefused(found) ? undefined : found
  }
  const found: { -readonly [Name in keyof ProcessTexts]: ProcessTexts[Name] } = { status }
  const [cmdline, cgroup, oomScoreAdj] = [text('cmdline'), text('cgroup'), text('oom_score_adj')]
  const exe = tree.link(`proc/${pid}/exe`)
  if (cmdline !== undefined) found.cmdline = cmdline
  if (cgroup !== undefined) found.cgroup = cgroup
  if (oomScoreAdj !== undefined) found.oomScoreAdj = oomScoreAdj
  if (!isRefused(exe)) found.exe = exe
  // The command line of a caller holds the name that is looked for, whatever it runs.
  if (callers.has(pid)) found.isCaller = true
  return found
}

/** Arguments of a process may be long; of a title no more is shown. */
const largestLine = 4 * 1024 * 1024

function linkText(tree: FolderTree, path: string): string {
  const text = tree.link(path)
  return isRefused(text) ? '' : text
}

function missed(census: ProcessCensus, pid: number, status: TreeRefusal | ''): void {
  const hasEnded = status !== '' && (status.reason === 'missing' || status.reason === 'gone')
  if (hasEnded) census.countVanished()
  else census.refuseStatus(pid, status)
}
