import type { GroupText, RegionText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, given, noRemarks, placeOf } from '../remarks.ts'
import { touchedAsWished } from '../touched.ts'
import type { Instance } from './instance.ts'
import { remarkOrigins } from './origins.ts'
import type { SystemArea } from './system-area.ts'

/** The scenario of an Oracle instance with dedicated servers. */
export function scenarioOf(
  path: string,
  instance: Instance,
  area: SystemArea,
  wishes: Wishes,
): Imported {
  const remarks = noRemarks()
  given(remarks, ['host', 'memory'], '--memory')
  if (wishes.swap !== undefined) given(remarks, ['host', 'swap'], '--swap')
  const region = regionOf(instance, area, wishes, remarks)
  const pool = region.fallback === 'fail' ? poolOf(area, remarks) : undefined
  const scenario = {
    version: 1 as const,
    name: `Oracle ${instance.name ?? 'instance'}`,
    host: {
      memory: wishes.memory,
      ...(wishes.swap === undefined ? {} : { swap: wishes.swap }),
      ...(pool === undefined ? {} : { hugepages: pool }),
    },
    regions: { sga: region },
    groups: groupsOf(instance, area, wishes, remarks),
    assumed: remarks.assumed,
  }
  const opening = openingOf(path, instance, area)
  remarkOrigins(instance, area, wishes, remarks)
  return {
    ok: true,
    scenario: { opening, scenario, notes: remarks.notes },
    origins: remarks.origins,
  }
}

function openingOf(path: string, instance: Instance, area: SystemArea): readonly string[] {
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
    ({ instance = '', name, spot }) => `${instance}.${name} (${placeOf(spot)})`,
  )
  return `Set for a family of instances alone, and left out: ${listed.join(', ')}.`
}

const program = 'oracle'

function regionOf(
  instance: Instance,
  area: SystemArea,
  { release }: Wishes,
  remarks: Remarks,
): RegionText {
  const path = ['regions', 'sga']
  const reasons = area.by.map((name) => said(instance, name)).join(', ')
  const size = writeSize(bytes(area.bytes))
  const known = { program, ...(release === undefined ? {} : { programRelease: release }) } as const
  if (area.guess === undefined) {
    given(remarks, [...path, 'size'], `${reasons}, in granules of ${formatBytes(area.granule)}`)
  } else {
    assumed(remarks, [...path, 'size'], `${area.guess}; ${reasons}`)
  }
  if (area.inFiles) {
    given(remarks, [...path, 'objects'], `granules of ${formatBytes(area.granule)}`)
    return { size, backing: 'posix-shm', ...known, objects: area.bytes / area.granule }
  }
  const locked = instance.wordOf('lock_sga') === 'true'
  if (locked) given(remarks, [...path, 'locked'], said(instance, 'lock_sga'))
  const pages = pagesOf(instance, release, remarks)
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
  remarks: Remarks,
): Pick<RegionText, 'pageSize' | 'fallback'> {
  const path = ['regions', 'sga']
  const word = instance.wordOf('use_large_pages') ?? 'true'
  if (word === 'false') return {}
  const isGiven = instance.entryOf('use_large_pages') !== undefined
  const why = isGiven
    ? said(instance, 'use_large_pages')
    : "use_large_pages = TRUE (Oracle's default; on Exadata it is AUTO_ONLY, in the cloud and with OEDA ONLY)"
  const note = isGiven ? given : assumed
  note(remarks, [...path, 'pageSize'], why)
  note(remarks, [...path, 'fallback'], why)
  return { pageSize: '2 MiB', fallback: fallbackOf(word, release) }
}

/** 11.2.0.2 left the huge pages alone where they were too few for all of it. */
function fallbackOf(word: string, release = '19'): NonNullable<RegionText['fallback']> {
  if (word !== 'true' && word !== 'auto') return 'fail'
  return /^(?:[89]|10|11[.]1|11[.]2[.]0[.][12])(?:[.]|$)/.test(release) ? 'base-pages' : 'mixed'
}

/** ONLY and AUTO_ONLY: the instance does not start unless all of the SGA is on huge pages. */
function poolOf({ bytes: size }: SystemArea, remarks: Remarks) {
  const why = 'the instance starts only where the pool holds the SGA'
  assumed(remarks, ['host', 'hugepages', '2 MiB'], why)
  return { '2 MiB': Math.ceil(size / 2 ** 21) }
}

/** Background processes of an instance, within PROCESSES: some sixty in 12c and later. */
const backgroundProcesses = 60
/** Where the files do not say: Oracle derives it from the number of CPUs. */
const usualProcesses = 300

function processesOf({ numberOf }: Instance): number {
  return numberOf('processes') || usualProcesses
}

function groupsOf(
  instance: Instance,
  area: SystemArea,
  wishes: Wishes,
  remarks: Remarks,
): Readonly<Record<string, GroupText>> {
  const { background, servers } = crewsOf(instance, wishes)
  const path = ['groups', 'servers']
  given(remarks, path, 'a dedicated server for each connection')
  remarkServers(instance, wishes, remarks)
  given(remarks, ['groups', 'background'], 'DBWn, LGWR, CKPT, PMON and the others of the instance')
  assumed(remarks, ['groups', 'background', 'processes'], backgroundText(instance, background))
  return {
    servers: groupOf('servers', servers, servers, area, wishes, remarks),
    background: groupOf('background', background, servers, area, wishes, remarks),
  }
}

/** Both within PROCESSES, unless more connections are wished for than it allows. */
function crewsOf(instance: Instance, { connections }: Wishes) {
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

function remarkServers(instance: Instance, wishes: Wishes, remarks: Remarks): void {
  const path = ['groups', 'servers', 'processes']
  const isGiven = instance.entryOf('processes') !== undefined
  const isMore = (wishes.connections ?? 0) >= processesOf(instance)
  if (wishes.connections !== undefined) {
    const behind = isMore && isGiven ? `; the files say ${said(instance, 'processes')} in all` : ''
    given(remarks, path, `--connections${behind}`)
  } else if (isGiven)
    given(remarks, path, `${said(instance, 'processes')}, less those in the background`)
  else {
    const why = `processes = ${usualProcesses}: Oracle derives it from the number of CPUs`
    assumed(remarks, path, `${why}; less those in the background`)
  }
}

const leastPrivate = 4 * 2 ** 20

function groupOf(
  name: string,
  processes: number,
  servers: number,
  area: SystemArea,
  wishes: Wishes,
  remarks: Remarks,
): GroupText {
  const path = ['groups', name]
  const share =
    name === 'servers' ? Math.floor((area.programBytes ?? 0) / servers / 4096) * 4096 : 0
  const own = Math.max(leastPrivate, share)
  assumed(
    remarks,
    [...path, 'private'],
    share > leastPrivate
      ? `what is meant for processes (${formatBytes(area.programBytes ?? 0)}), divided by the servers`
      : `${formatBytes(leastPrivate)}: a process of Oracle that does little`,
  )
  assumed(
    remarks,
    [...path, 'baseTables'],
    'measured by Kevin Closson (2009): 485 KiB for each of 500 sessions with the SGA on huge pages',
  )
  const place = [...path, 'maps', 0, 'touched']
  const touched =
    wishes.touched === undefined ? {} : { touched: touchedAsWished(wishes.touched, place, remarks) }
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
  return `${name} = ${entry.values.join(' ')} (${placeOf(entry.spot)})`
}
