import type { Path } from '../../units/path.ts'
import type { Bytes } from '../../units/quantity.ts'
import { fractionOfShare, parseShare } from '../../units/share.ts'
import type { Gates, Threshold, Waiver, Workload } from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import { findingIdOf } from '../schema/finding-names.ts'
import type { GatesText, ScenarioText } from '../schema/scenario-text.ts'
import type { Desk, Draft, Part } from './desk.ts'
import { assume, choiceOf, complain, inside, resolveSize } from './desk.ts'

type GatesPart = Part<Draft<GatesText>>

/** What must hold; noted as an assumption where nothing must. */
export function gatesOf(part: Part<Draft<Pick<ScenarioText, 'gates'>>>, pageBytes: Bytes): Gates {
  const { desk, draft } = part
  if (draft?.gates === undefined) {
    assume(desk, ['gates'], 'none', 'default: nothing is required')
    return { strategy: defaults.strategy }
  }
  const inner = inside(part, 'gates')
  const { risk, findings } = draft.gates
  const headroom = thresholdOf(inner, 'headroom', pageBytes)
  const pageTables = thresholdOf(inner, 'pageTables', pageBytes)
  const growth = growthOf(inner, pageBytes)
  return {
    ...(risk === undefined ? {} : { risk }),
    ...(headroom === undefined ? {} : { headroom }),
    ...(pageTables === undefined ? {} : { pageTables }),
    ...(findings === undefined ? {} : { findings }),
    ...(growth.length === 0 ? {} : { growth }),
    strategy: choiceOf(inner, 'strategy', defaults.strategy, 'default: the scenario as it is'),
  }
}

/** A gate that verify judges, and no plan. */
export function maxResidualOf(
  part: Part<Draft<Pick<ScenarioText, 'gates'>>>,
  pageBytes: Bytes,
): Pick<Workload, 'maxResidual'> {
  const maxResidual = thresholdOf(inside(part, 'gates'), 'residual', pageBytes)
  return maxResidual === undefined ? {} : { maxResidual }
}

/** What is waived; that nothing is, is an assumption where findings are judged. */
export function waiversOf({ desk, draft }: Part<Draft<ScenarioText>>): Pick<Workload, 'allow'> {
  if (draft?.allow === undefined) {
    if (draft?.gates?.findings !== undefined) assume(desk, ['allow'], 'none', 'default: no waivers')
    return {}
  }
  const allow: Waiver[] = []
  draft.allow.forEach((waiver, index) => {
    const { finding, until, reason } = waiver ?? {}
    if (finding === undefined) return
    const id = findingIdOf(finding)
    if (allow.some((earlier) => earlier.finding === id)) {
      const flaw = { message: `\`${finding}\` is waived twice`, expected: 'each finding once' }
      complain(desk, ['allow', index, 'finding'], flaw)
    }
    allow.push({ finding: id, until: until ?? '', reason: reason ?? '' })
  })
  return { allow }
}

function thresholdOf(
  { desk, draft, path }: GatesPart,
  key: 'headroom' | 'pageTables' | 'residual',
  pageBytes: Bytes,
): Threshold | undefined {
  return resolveThreshold(desk, draft?.[key], [...path, key], pageBytes)
}

function growthOf({ desk, draft, path }: GatesPart, pageBytes: Bytes): readonly Threshold[] {
  const growth = draft?.growth
  const at = [...path, 'growth']
  if (!Array.isArray(growth)) {
    const only = resolveThreshold(desk, growth as string | undefined, at, pageBytes)
    return only === undefined ? [] : [only]
  }
  if (growth.length === 0) {
    complain(desk, at, { message: 'a list of no limits', expected: 'one limit or more' })
  }
  return growth.flatMap((text: string | undefined, index) => {
    const limit = resolveThreshold(desk, text, [...at, index], pageBytes)
    return limit === undefined ? [] : [limit]
  })
}

function resolveThreshold(
  desk: Desk,
  text: string | undefined,
  path: Path,
  pageBytes: Bytes,
): Threshold | undefined {
  if (text === undefined) return undefined
  const share = parseShare(text)
  if (share !== undefined) return { kind: 'fraction', fraction: fractionOfShare(share) }
  const bytes = resolveSize(desk, text, path, pageBytes)
  return bytes === undefined ? undefined : { kind: 'bytes', bytes }
}
