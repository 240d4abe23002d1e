import { bytes } from '../units/quantity.ts'
import type { Gates } from '../workload/gates.ts'
import { issuesOf } from './read-scenario.ts'
import { gatesOf } from './resolve/resolve-gates.ts'
import type { DeepPartial, Log } from './resolve/section.ts'
import { accepts } from './schema/accepts.ts'
import { gates } from './schema/gates-schema.ts'
import type { GatesText } from './schema/scenario-text.ts'
import { optional, undescribed } from './schema/shape.ts'
import type { Issue } from './yaml/issue.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import { prune, toData } from './yaml/plain-data.ts'
import type { YamlNode } from './yaml/yaml-tree.ts'
import { locate } from './yaml/yaml-tree.ts'
import { schemaComplaints } from './zod/schema-complaints.ts'

const shape = undescribed<{ readonly gates?: GatesText | undefined }>({ gates: optional(gates) })

/** Gates that were read or, all at once, what is wrong with them. */
export type GatesReading =
  | { readonly ok: true; readonly gates: Omit<Gates, 'strategy'> }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Reads gates that are to replace those that a saved result was judged by.
 * @param overrides as `gates.headroom` and `10%`.
 * @param pageBytes what one of `pages` is.
 */
export function readGates(overrides: readonly Override[], pageBytes: number): GatesReading {
  const changed = applyOverrides(nothing, overrides)
  const { data, complaints } = toData(changed.root)
  const found = [...complaints, ...(accepts(shape, data) ? [] : schemaComplaints(shape, data))]
  const log: Log = { complaints: [...found], assumptions: [] }
  const given = prune(data, found) as DeepPartial<{ readonly gates?: GatesText }>
  const { strategy: _, ...read } = gatesOf({ log, given, path: [] }, bytes(pageBytes))
  const flaws = [...changed.flaws, ...log.complaints.map((one) => locate(changed.root, one))]
  return flaws.length === 0
    ? { ok: true, gates: read }
    : { ok: false, issues: issuesOf(flaws, changed.sources) }
}

const nothing: YamlNode = {
  kind: 'map',
  spot: { source: { file: '', text: '' }, offset: 0 },
  entries: new Map(),
}
