import type { Group } from '../../workload/group.ts'
import type { Program } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { MatchedBy } from '../result/verify-result.ts'

/** Which groups of the machine are a group of the forecast. */
export interface GroupFound {
  readonly name: string
  /** Names on the machine; empty where none was found. */
  readonly found: readonly string[]
  readonly by?: MatchedBy
}

/**
 * Which groups of a machine are which of a forecast: by the same name; else by what the process does,
 * as captures name it behind the server (`postgres 15/main: backends`); else by the command: the word
 * that a name begins with, or the program of the memory that both map. A group of the machine is taken
 * once. A group of the forecast that alone has a command takes all of the machine that have it.
 */
export function matchGroups(forecast: Workload, machine: Workload): readonly GroupFound[] {
  const matches = new Map<string, GroupFound>()
  const taken = new Set<string>()
  for (const rule of rules) {
    for (const group of forecast.groups.filter(({ name }) => !matches.has(name))) {
      const free = machine.groups.filter(({ name }) => !taken.has(name))
      const found = namesBy(rule, group, forecast, { ...machine, groups: free })
      if (found.length === 0) continue
      matches.set(group.name, { name: group.name, found, by: rule.by })
      for (const name of found) taken.add(name)
    }
  }
  return forecast.groups.map(({ name }) => matches.get(name) ?? { name, found: [] })
}

/** Empty where none has it, or where it is not certain whose they are. */
function namesBy(
  { asked, offered, several }: Rule,
  group: Group,
  forecast: Workload,
  machine: Workload,
): readonly string[] {
  const keys = asked(group, forecast)
  const names = machine.groups
    .filter((one) => meet(offered(one, machine), keys))
    .map(({ name }) => name)
  const rivals = forecast.groups.filter((one) =>
    meet([...asked(one, forecast), ...offered(one, forecast)], keys),
  )
  return rivals.length > 1 || (names.length > 1 && !several) ? [] : names
}

type Keys = (group: Group, workload: Workload) => readonly string[]

interface Rule {
  readonly by: MatchedBy
  /** What a group of the forecast looks for. */
  readonly asked: Keys
  /** What a group can be found by. */
  readonly offered: Keys
  /** Several groups of the machine may be one of the forecast. */
  readonly several: boolean
}

const rules: readonly Rule[] = [
  { by: 'name', asked: ({ name }) => [name], offered: ({ name }) => [name], several: false },
  {
    by: 'role',
    asked: ({ name }) => rolesIn(name).slice(-1),
    offered: ({ name }) => rolesIn(name),
    several: false,
  },
  {
    by: 'command',
    asked: ({ name }) => (hasRole(name) ? [withoutRole(name)] : [commandIn(name)]),
    offered: ({ name }) =>
      hasRole(name) ? [commandIn(name)] : [commandIn(name), withoutRole(name)],
    several: true,
  },
  {
    by: 'command',
    asked: (group, workload) => (hasRole(group.name) ? [] : programsOf(group, workload)),
    offered: programsOf,
    several: true,
  },
]

function meet(one: readonly string[], other: readonly string[]): boolean {
  return one.some((key) => key !== '' && other.includes(key))
}

/** `backends` and `postgres: backends`, whatever the server is called; of a name without a colon itself. */
function rolesIn(name: string): readonly string[] {
  const colon = name.lastIndexOf(':')
  const role = name
    .slice(colon + 1)
    .trim()
    .toLowerCase()
  return colon === -1 ? [role] : [role, `${commandIn(name)}: ${role}`]
}

function hasRole(name: string): boolean {
  return name.includes(':')
}

/** A name that says what the process does is not found among those that say something else. */
function withoutRole(name: string): string {
  return `${commandIn(name)}, no role`
}

function commandIn(name: string): string {
  return (/^[^\s:]+/.exec(name)?.[0] ?? '').toLowerCase()
}

/** Programs whose settings decide on the memory that a group maps, as far as they are known. */
function programsOf({ maps }: Group, { regions }: Workload): readonly string[] {
  const mapped = new Set(maps.map(({ region }) => region))
  const programs = new Set(
    regions.filter(({ name }) => mapped.has(name)).map(({ program }): Program => program),
  )
  programs.delete('other')
  return [...programs]
}
