import { scenarioOn } from '../command-line-values.ts'
import type { Imported, ImportOptions } from '../importer.ts'
import { placeText } from '../place.ts'
import type { Instance } from './instance.ts'
import { remarkOrigins } from './origins.ts'
import { groupsOf, processesOf } from './processes.ts'
import { poolOf, regionOf } from './region.ts'
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
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. Values that it does not state are listed under assumed.`,
    `Dedicated servers: a process for each connection. Up to ${sessions} sessions (at least 1.5 · processes + 22) share them.`,
    ...(shared > 0
      ? [
          `shared_servers = ${shared}: clients of dispatchers need no process of their own; set the number of dedicated servers with --connections N.`,
        ]
      : []),
    ...(instance.others.length > 0
      ? [`Other instances are not planned: ${instance.others.join(', ')}.`]
      : []),
    ...(instance.ofFamilies.length > 0 ? [familiesOf(instance)] : []),
    ...(area.inFiles
      ? [
          'Automatic memory management uses files in /dev/shm, which cannot be on huge pages; the SGA may grow at the expense of processes.',
        ]
      : []),
  ]
}

function familiesOf({ ofFamilies }: Instance): string {
  const listed = ofFamilies.map(
    ({ instance = '', name, spot }) => `${instance}.${name} (${placeText(spot)})`,
  )
  return `Ignored, because they are set for a family of instances only: ${listed.join(', ')}.`
}
