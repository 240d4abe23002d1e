import type { Path } from '../../units/path.ts'
import type { Bytes } from '../../units/quantity.ts'
import { fractionOfShare, parseShare } from '../../units/share.ts'
import type { Gates, Threshold, Waiver } from '../../workload/gates.ts'
import type { Workload } from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import { findingIdOf } from '../schema/finding-names.ts'
import type { GatesText, ScenarioText } from '../schema/scenario-text.ts'
import type { DeepPartial, Log, Section } from './section.ts'
import { assume, choiceOf, complain, inside, resolveSize } from './section.ts'

type GatesSection = Section<DeepPartial<GatesText>>

/** What must hold; noted as an assumption where nothing must. */
export function gatesOf(
  section: Section<DeepPartial<Pick<ScenarioText, 'gates'>>>,
  pageBytes: Bytes,
): Gates {
  const { log, given } = section
  if (given?.gates === undefined) {
    assume(log, ['gates'], 'none', 'default: nothing is required')
    return { strategy: defaults.strategy }
  }
  const inner = inside(section, 'gates')
  const { risk, findings } = given.gates
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
  section: Section<DeepPartial<Pick<ScenarioText, 'gates'>>>,
  pageBytes: Bytes,
): Pick<Workload, 'maxResidual'> {
  const maxResidual = thresholdOf(inside(section, 'gates'), 'residual', pageBytes)
  return maxResidual === undefined ? {} : { maxResidual }
}

/** What is waived; that nothing is, is an assumption where findings are judged. */
export function waiversOf({
  log,
  given,
}: Section<DeepPartial<ScenarioText>>): Pick<Workload, 'allow'> {
  if (given?.allow === undefined) {
    if (given?.gates?.findings !== undefined) assume(log, ['allow'], 'none', 'default: no waivers')
    return {}
  }
  const allow: Waiver[] = []
  given.allow.forEach((waiver, index) => {
    const { finding, until, reason } = waiver ?? {}
    if (finding === undefined) return
    const id = findingIdOf(finding)
    if (allow.some((earlier) => earlier.finding === id)) {
      const flaw = { message: `\`${finding}\` is waived twice`, expected: 'each finding once' }
      complain(log, ['allow', index, 'finding'], flaw)
    }
    allow.push({ finding: id, until: until ?? '', reason: reason ?? '' })
  })
  return { allow }
}

function thresholdOf(
  { log, given, path }: GatesSection,
  key: 'headroom' | 'pageTables' | 'residual',
  pageBytes: Bytes,
): Threshold | undefined {
  return resolveThreshold(log, given?.[key], [...path, key], pageBytes)
}

function growthOf({ log, given, path }: GatesSection, pageBytes: Bytes): readonly Threshold[] {
  const growth = given?.growth
  const at = [...path, 'growth']
  if (!Array.isArray(growth)) {
    const only = resolveThreshold(log, growth as string | undefined, at, pageBytes)
    return only === undefined ? [] : [only]
  }
  if (growth.length === 0) {
    complain(log, at, { message: 'the list is empty', expected: 'at least one limit' })
  }
  return growth.flatMap((text: string | undefined, index) => {
    const limit = resolveThreshold(log, text, [...at, index], pageBytes)
    return limit === undefined ? [] : [limit]
  })
}

function resolveThreshold(
  log: Log,
  text: string | undefined,
  path: Path,
  pageBytes: Bytes,
): Threshold | undefined {
  if (text === undefined) return undefined
  const share = parseShare(text)
  if (share !== undefined) return { kind: 'fraction', fraction: fractionOfShare(share) }
  const bytes = resolveSize(log, text, path, pageBytes)
  return bytes === undefined ? undefined : { kind: 'bytes', bytes }
}
