import { parseMode } from '../../units/file-mode.ts'
import type { Group } from '../../workload/group.ts'
import type { MshareTerms, Region } from '../../workload/region.ts'
import { defaults } from '../schema/defaults.ts'
import type { RegionText } from '../schema/scenario-text.ts'
import type { DeepPartial, Section } from './section.ts'
import { assume, choiceOf, inside } from './section.ts'

type RegionSection = Section<DeepPartial<RegionText>>

/** Who may open a region that is shared through mshare; `undefined` where it is not. */
export function mshareOf(section: RegionSection): MshareTerms | undefined {
  const value = choiceOf(section, 'mshare', false, 'default: not shared through mshare')
  if (value === false) return undefined
  const terms = typeof value === 'object' ? value : {}
  const inner = { ...inside(section, 'mshare'), given: terms }
  const mode = choiceOf(inner, 'mode', defaults.mode, 'default: the owner may read and write')
  return {
    mode: parseMode(mode) ?? 0,
    ...(terms.uid === undefined ? {} : { uid: terms.uid }),
    ...(terms.gid === undefined ? {} : { gid: terms.gid }),
    ...(terms.owner === undefined ? {} : { owner: terms.owner }),
  }
}

/** Whoever maps an mshare region first owns it, unless the scenario says who does. */
export function assumeOwner(
  section: RegionSection,
  region: Region,
  groups: readonly Group[],
): void {
  if (region.mshare === undefined) return
  const first = groups.find((group) => group.maps.some((map) => map.region === region.name))
  const owner = { uid: first?.uid, gid: first?.gid, owner: first?.name }
  for (const key of ['uid', 'gid', 'owner'] as const) {
    if (region.mshare[key] !== undefined) continue
    const value = String(owner[key] ?? 'none')
    assume(
      section.log,
      [...section.path, 'mshare', key],
      value,
      'that of the first group that maps it',
    )
  }
}
