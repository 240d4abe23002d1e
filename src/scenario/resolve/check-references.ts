import type { Path } from '../../units/path.ts'
import { mostProcesses } from '../../workload/group.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import type { Flaw } from '../yaml/issue.ts'
import { nearest } from '../yaml/suggest.ts'
import { checkCopies } from './copies.ts'
import type { DeepPartial, Log } from './section.ts'
import { complain, entriesOf, namesOf } from './section.ts'

/** Checks what needs no layout: names are known, strategies listed once, processes not too many. */
export function checkReferences(log: Log, given: DeepPartial<ScenarioText>): void {
  checkOwners(log, given)
  checkOrder(log, given)
  checkGroups(log, given)
  checkCopies(log, given)
  checkStrategies(log, given.strategies ?? [])
}

function checkOwners(log: Log, given: DeepPartial<ScenarioText>): void {
  const groups = namesOf(given.groups)
  for (const [name, region] of entriesOf(given.regions)) {
    const terms = region?.mshare
    if (typeof terms !== 'object' || terms.owner === undefined) continue
    checkName(log, ['regions', name, 'mshare', 'owner'], terms.owner, 'group', groups)
  }
}

/** Regions ask for huge pages in the order of the file. */
function checkOrder(log: Log, given: DeepPartial<ScenarioText>): void {
  const regions = namesOf(given.regions)
  for (const [name, region] of entriesOf(given.regions)) {
    if (region?.after === undefined) continue
    const before = regions.slice(0, regions.indexOf(name))
    checkName(log, ['regions', name, 'after'], region.after, 'region before this one', before)
  }
}

function checkGroups(log: Log, given: DeepPartial<ScenarioText>): void {
  const regions = namesOf(given.regions)
  const cgroups = namesOf(given.host?.cgroups)
  let processes = 0
  for (const [name, group] of entriesOf(given.groups)) {
    const path = ['groups', name]
    if (group?.cgroup !== undefined) {
      checkName(log, [...path, 'cgroup'], group.cgroup, 'control group', cgroups)
    }
    group?.maps?.forEach((map, index) => {
      if (map?.region === undefined) return
      checkName(log, [...path, 'maps', index, 'region'], map.region, 'region', regions)
    })
    const before = processes
    processes += (group?.processes ?? 0) * (group?.copies ?? 1)
    if (processes > mostProcesses && before <= mostProcesses) {
      complain(log, [...path, 'processes'], tooMany(processes, before))
    }
  }
}

function tooMany(processes: number, before: number): Flaw {
  return {
    message: `${processes} processes${before === 0 ? '' : `, including the groups above,`} exceed the limit of Linux`,
    expected: `at most ${mostProcesses}, summed over groups`,
  }
}

function checkStrategies(log: Log, ids: readonly (string | undefined)[]): void {
  ids.forEach((id, index) => {
    if (id === undefined || ids.indexOf(id) === index) return
    const flaw = { message: `\`${id}\` is listed twice`, expected: 'each strategy once' }
    complain(log, ['strategies', index], flaw)
  })
}

function checkName(
  log: Log,
  path: Path,
  name: string,
  kind: string,
  known: readonly string[],
): void {
  if (!known.includes(name)) complain(log, path, flawOfName(name, kind, known))
}

/** What is wrong with an unknown name. */
export function flawOfName(name: string, kind: string, known: readonly string[]): Flaw {
  const near = nearest(name, known)
  return {
    message: `no ${kind} is called \`${name}\``,
    expected: existing(kind, known),
    ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
  }
}

function existing(kind: string, known: readonly string[]): string {
  if (known.length === 0) return `the name of a ${kind}; this scenario defines no ${kind}`
  const some = known.slice(0, mostListed).map((name) => `\`${name}\``)
  const more = known.length > mostListed ? `, and ${known.length - mostListed} more` : ''
  return `one of ${some.join(', ')}${more}`
}

const mostListed = 20
