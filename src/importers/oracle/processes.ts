import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { touchedFrom } from '../command-line-values.ts'
import type { ImportOptions } from '../importer.ts'
import type { Instance } from './instance.ts'
import { parameterSource } from './instance.ts'
import type { SystemArea } from './system-area.ts'

/** Background processes of an instance, within PROCESSES: about 60 in 12c and later. */
const backgroundProcesses = 60
/** Where the files do not say: Oracle derives it from the number of CPUs. */
const defaultProcesses = 300

/** PROCESSES: how many an instance may have, those in the background included. */
export function processesOf({ numberOf }: Instance): number {
  return numberOf('processes') || defaultProcesses
}

/** Dedicated servers and background processes, with the source of each of their values. */
export function groupsOf(
  instance: Instance,
  area: SystemArea,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): Readonly<Record<string, GroupText>> {
  const { background, servers } = processCounts(instance, options)
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

/** Both within PROCESSES, unless --connections asks for more than it allows. */
function processCounts(instance: Instance, { connections }: ImportOptions) {
  const processes = processesOf(instance)
  const room = processes - (connections ?? 1)
  const background = room < 1 ? backgroundProcesses : Math.min(backgroundProcesses, room)
  return { background, servers: connections ?? Math.max(1, processes - background) }
}

function backgroundText(instance: Instance, background: number): string {
  const count = 'about 60 in 12c and later'
  if (background === backgroundProcesses) return count
  return `${count}; ${parameterSource(instance, 'processes')} leaves room for ${background}`
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
    const behind =
      isMore && isGiven ? `; the files say ${parameterSource(instance, 'processes')} in total` : ''
    annotated.say(path, `--connections${behind}`)
  } else if (isGiven)
    annotated.say(path, `${parameterSource(instance, 'processes')}, less background processes`)
  else {
    const why = `processes = ${defaultProcesses}: Oracle derives it from the number of CPUs`
    annotated.assume(path, `${why}; less background processes`)
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
      ? `memory meant for processes (${formatBytes(area.programBytes ?? 0)}), divided by the servers`
      : `${formatBytes(leastPrivate)}: an idle Oracle process`,
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
