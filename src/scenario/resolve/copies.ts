import type { Path } from '../../units/path.ts'
import type { Count } from '../../units/quantity.ts'
import { count } from '../../units/quantity.ts'
import type { GroupText, RegionText, ScenarioText } from '../schema/scenario-text.ts'
import type { DeepPartial, Log, Section } from './section.ts'
import { choiceOf, complain, entriesOf } from './section.ts'

type Many = Section<DeepPartial<Pick<GroupText | RegionText, 'copies'>>>

/** Copies of a group or region; absent where there is one. */
export function copiesOf(section: Many): { readonly copies?: Count } {
  const copies = choiceOf(section, 'copies', 1, 'default: one instance')
  return copies === 1 ? {} : { copies: count(copies) }
}

/** Checks that instance k of a group finds an instance k of its regions, and its cgroup one of its groups. */
export function checkCopies(log: Log, given: DeepPartial<ScenarioText>): void {
  const regions = new Map(entriesOf(given.regions))
  const known = new Map<string, { readonly group: string; readonly copies: number }>()
  for (const [name, group] of entriesOf(given.groups)) {
    const copies = group?.copies ?? 1
    group?.maps?.forEach((map, index) => {
      const region = map?.region
      const there = region === undefined ? 1 : (regions.get(region)?.copies ?? 1)
      if (region === undefined || there === 1 || there === copies) return
      complain(log, ['groups', name, 'maps', index, 'region'], {
        message: `\`${region}\` has ${there} copies, but group \`${name}\` has ${copiesText(copies)}`,
        expected: 'equal numbers of copies, or one copy of the region that all groups share',
        suggestion: suggestionFor(name, there, copies),
      })
    })
    if (group?.cgroup === undefined) continue
    const first = known.get(group.cgroup)
    if (first === undefined) known.set(group.cgroup, { group: name, copies })
    else if (first.copies !== copies) complainOfCgroup(log, name, group.cgroup, copies, first)
  }
}

function suggestionFor(group: string, there: number, copies: number): string {
  return copies === 1
    ? `write \`copies: ${there}\` in group \`${group}\``
    : `write the same number of copies in both`
}

function complainOfCgroup(
  log: Log,
  name: string,
  cgroup: string,
  copies: number,
  first: { readonly group: string; readonly copies: number },
): void {
  const path: Path = ['groups', name, 'cgroup']
  complain(log, path, {
    message: `\`${cgroup}\` holds ${copiesText(first.copies)} of group \`${first.group}\` and ${copiesText(copies)} of group \`${name}\``,
    expected: 'groups with the same number of copies: each copy has a cgroup of its own',
  })
}

function copiesText(copies: number): string {
  return copies === 1 ? '1 copy' : `${copies} copies`
}
