import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, RegionText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { scenarioOn, touchedFrom } from '../command-line-values.ts'
import type { Imported, ImportOptions } from '../importer.ts'
import { placeText } from '../place.ts'
import type { Instance } from './instance.ts'
import { remarkOrigins } from './origins.ts'
import type { SystemArea } from './system-area.ts'

/** The scenario of an Oracle instance with dedicated servers. */
export function scenarioOf(
  path: string,
  instance: Instance,
  area: SystemArea,
  options: ImportOptions,
): Imported {
  const annotated = scenarioOn(options)
  const region = regionOf(instance, area, options, annotated)
  const pool = region.fallback === 'fail' ? poolOf(area, annotated) : undefined
  annotated.scenario = {
    version: 1,
    name: `Oracle ${instance.name ?? 'instance'}`,
    host: {
      ...annotated.scenario.host,
      ...(pool === undefined ? {} : { hugepages: pool }),
    },
    regions: { sga: region },
    groups: groupsOf(instance, area, options, annotated),
  }
  annotated.headerComment = headerComment(path, instance, area)
  remarkOrigins(instance, area, options, annotated)
  return { ok: true, annotated }
}

function headerComment(path: string, instance: Instance, area: SystemArea): readonly string[] {
  const processes = processesOf(instance)
  const sessions = Math.max(instance.numberOf('sessions') ?? 0, Math.floor(processes * 1.5) + 22)
  const shared = instance.numberOf('shared_servers') ?? 0
  return [
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. What it does not say is listed under assumed.`,
    `Dedicated servers: a process for each connection. Up to ${sessions} sessions (at least 1.5 · processes + 22) share them.`,
    ...(shared > 0
      ? [
          `shared_servers = ${shared}: clients of dispatchers need no process; --connections says how many have one.`,
        ]
      : []),
    ...(instance.others.length > 0
      ? [`Other instances are named and not planned: ${instance.others.join(', ')}.`]
      : []),
    ...(instance.ofFamilies.length > 0 ? [familiesOf(instance)] : []),
    ...(area.inFiles
      ? [
          'Automatic memory management: files in /dev/shm, which cannot be on huge pages; the SGA may grow at the cost of processes.',
        ]
      : []),
  ]
}

function familiesOf({ ofFamilies }: Instance): string {
  const listed = ofFamilies.map(
    ({ instance = '', name, spot }) => `${instance}.${name} (${placeText(spot)})`,
  )
  return `Set for a family of instances alone, and left out: ${listed.join(', ')}.`
}

const program = 'oracle'

function regionOf(
  instance: Instance,
  area: SystemArea,
  { release }: ImportOptions,
  annotated: AnnotatedScenario,
): RegionText {
  const path = ['regions', 'sga']
  const reasons = area.by.map((name) => said(instance, name)).join(', ')
  const size = writeSize(bytes(area.bytes))
  const known = { program, ...(release === undefined ? {} : { programRelease: release }) } as const
  if (area.guess === undefined) {
    annotated.say([...path, 'size'], `${reasons}, in granules of ${formatBytes(area.granule)}`)
  } else {
    annotated.assume([...path, 'size'], `${area.guess}; ${reasons}`)
  }
  if (area.inFiles) {
    annotated.say([...path, 'objects'], `granules of ${formatBytes(area.granule)}`)
    return { size, backing: 'posix-shm', ...known, objects: area.bytes / area.granule }
  }
  const locked = instance.wordOf('lock_sga') === 'true'
  if (locked) annotated.say([...path, 'locked'], said(instance, 'lock_sga'))
  const pages = pagesOf(instance, release, annotated)
  return { size, backing: 'sysv-shm', ...known, ...pages, ...(locked ? { locked } : {}) }
}

/**
 * TRUE takes what huge pages there are and goes on with base pages since 11.2.0.3; with AUTO the instance
 * asks the kernel for more first, and goes on likewise. ONLY and AUTO_ONLY start on huge pages alone.
 * TRUE is the default, but for Exadata, whose own no file says: Oracle Database Reference 19c,
 * USE_LARGE_PAGES.
 */
function pagesOf(
  instance: Instance,
  release: string | undefined,
  annotated: AnnotatedScenario,
): Pick<RegionText, 'pageSize' | 'fallback'> {
  const path = ['regions', 'sga']
  const word = instance.wordOf('use_large_pages') ?? 'true'
  if (word === 'false') return {}
  const isGiven = instance.entryOf('use_large_pages') !== undefined
  const why = isGiven
    ? said(instance, 'use_large_pages')
    : "use_large_pages = TRUE (Oracle's default; on Exadata it is AUTO_ONLY, in the cloud and with OEDA ONLY)"
  for (const key of ['pageSize', 'fallback']) {
    if (isGiven) annotated.say([...path, key], why)
    else annotated.assume([...path, key], why)
  }
  return { pageSize: '2 MiB', fallback: fallbackOf(word, release) }
}

/** 11.2.0.2 left the huge pages alone where they were too few for all of it. */
function fallbackOf(word: string, release = '19'): NonNullable<RegionText['fallback']> {
  if (word !== 'true' && word !== 'auto') return 'fail'
  return /^(?:[89]|10|11[.]1|11[.]2[.]0[.][12])(?:[.]|$)/.test(release) ? 'base-pages' : 'mixed'
}

/** ONLY and AUTO_ONLY: the instance does not start unless all of the SGA is on huge pages. */
function poolOf({ bytes: size }: SystemArea, annotated: AnnotatedScenario) {
  const why = 'the instance starts only where the pool holds the SGA'
  annotated.assume(['host', 'hugepages', '2 MiB'], why)
  return { '2 MiB': Math.ceil(size / 2 ** 21) }
}

/** Background processes of an instance, within PROCESSES: some sixty in 12c and later. */
const backgroundProcesses = 60
/** Where the files do not say: Oracle derives it from the number of CPUs. */
const defaultProcesses = 300

function processesOf({ numberOf }: Instance): number {
  return numberOf('processes') || defaultProcesses
}

function groupsOf(
  instance: Instance,
  area: SystemArea,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): Readonly<Record<string, GroupText>> {
  const { background, servers } = processKinds(instance, options)
  const path = ['groups', 'servers']
  annotated.say(path, 'a dedicated server for each connection')
  remarkServers(instance, options, annotated)
  annotated.say(['groups', 'background'], 'DBWn, LGWR, CKPT, PMON and the others of the instance')
  annotated.assume(['groups', 'background', 'processes'], backgroundText(instance, background))
  return {
    servers: groupOf('servers', servers, servers, area, options, annotated),
    background: groupOf('background', background, servers, area, options, annotated),
  }
}

/** Both within PROCESSES, unless more connections are wished for than it allows. */
function processKinds(instance: Instance, { connections }: ImportOptions) {
  const processes = processesOf(instance)
  const room = processes - (connections ?? 1)
  const background = room < 1 ? backgroundProcesses : Math.min(backgroundProcesses, room)
  return { background, servers: connections ?? Math.max(1, processes - background) }
}

function backgroundText(instance: Instance, background: number): string {
  const usual = 'some sixty in 12c and later'
  if (background === backgroundProcesses) return usual
  return `${usual}; ${said(instance, 'processes')} leaves room for ${background}`
}

function remarkServers(
  instance: Instance,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): void {
  const path = ['groups', 'servers', 'processes']
  const isGiven = instance.entryOf('processes') !== undefined
  const isMore = (options.connections ?? 0) >= processesOf(instance)
  if (options.connections !== undefined) {
    const behind = isMore && isGiven ? `; the files say ${said(instance, 'processes')} in all` : ''
    annotated.say(path, `--connections${behind}`)
  } else if (isGiven)
    annotated.say(path, `${said(instance, 'processes')}, less those in the background`)
  else {
    const why = `processes = ${defaultProcesses}: Oracle derives it from the number of CPUs`
    annotated.assume(path, `${why}; less those in the background`)
  }
}

const leastPrivate = 4 * 2 ** 20

function groupOf(
  name: string,
  processes: number,
  servers: number,
  area: SystemArea,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): GroupText {
  const path = ['groups', name]
  const share =
    name === 'servers' ? Math.floor((area.programBytes ?? 0) / servers / 4096) * 4096 : 0
  const own = Math.max(leastPrivate, share)
  annotated.assume(
    [...path, 'private'],
    share > leastPrivate
      ? `what is meant for processes (${formatBytes(area.programBytes ?? 0)}), divided by the servers`
      : `${formatBytes(leastPrivate)}: a process of Oracle that does little`,
  )
  annotated.assume(
    [...path, 'baseTables'],
    'measured by Kevin Closson (2009): 485 KiB for each of 500 sessions with the SGA on huge pages',
  )
  const place = [...path, 'maps', 0, 'touched']
  const touched =
    options.touched === undefined ? {} : { touched: touchedFrom(options.touched, place, annotated) }
  return {
    processes,
    private: writeSize(bytes(own)),
    baseTables: '485 KiB',
    maps: [{ region: 'sga', ...touched }],
  }
}

/** `sga_target = 300G (init.ora:4)`. */
function said({ entryOf }: Instance, name: string): string {
  const entry = entryOf(name)
  if (entry === undefined) return name
  return `${name} = ${entry.values.join(' ')} (${placeText(entry.spot)})`
}
