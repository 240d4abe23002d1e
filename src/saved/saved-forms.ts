import * as z from 'zod/mini'
import { flag, text, whole, word } from '../scenario/schema/fields.ts'
import { waiver } from '../scenario/schema/gates-schema.ts'
import { field } from '../scenario/schema/shape.ts'
import { zodOf } from '../scenario/zod/zod-of.ts'
import { riskLevels, severities } from '../workload/gates.ts'
import type { SavedGate, SavedResult } from './saved-result.ts'

z.config({ jitless: true })

const most = Number.MAX_SAFE_INTEGER
const amount = (): z.ZodMiniType<number> => zodOf(whole('Bytes or a count.', 0, most))
const label = (): z.ZodMiniType<string> => zodOf(text('A name.', 'a name'))

const plan = z.union([
  z.looseObject({ id: label(), applies: exactly(false) }),
  z.looseObject({
    id: label(),
    applies: exactly(true),
    pageTables: z.looseObject({ bytes: amount() }),
    memory: z.looseObject({
      headroomBytes: zodOf(whole('Bytes; below 0 where memory is missing.', -most, most)),
      pools: z.array(z.looseObject({ missingPages: amount() })),
      commit: z.looseObject({
        mode: zodOf(word('Overcommit.', ['heuristic', 'always', 'never'])),
        granted: zodOf(flag('True if the kernel guarantees it.', 'true')),
      }),
    }),
    risk: z.looseObject({ level: zodOf(word('Level of risk.', riskLevels)) }),
  }),
])

const finding = z.looseObject({
  id: label(),
  kind: label(),
  severity: zodOf(word('Severity.', severities)),
  strategy: z.optional(label()),
})

const limit = z.int().check(z.nonnegative())
const share = z.number().check(z.nonnegative(), z.lte(1))
const strategy = z.string()
const gateShape = z.union([
  z.looseObject({ metric: z.enum(['risk', 'riskGrowth']), strategy, limit: z.enum(riskLevels) }),
  z.looseObject({ metric: z.enum(['headroom', 'pageTables']), strategy, limit }),
  z.looseObject({ metric: z.literal('findings'), strategy, limit: z.enum(severities) }),
  growthIn('bytes', limit),
  growthIn('fraction', share),
])

function growthIn(unit: 'bytes' | 'fraction', bound: z.ZodMiniType<number>): z.ZodMiniType {
  const baseline = z.optional(limit)
  return z.looseObject({
    metric: z.literal('growth'),
    strategy,
    unit: z.literal(unit),
    limit: bound,
    baseline,
  })
}

/** A gate that is not understood would be a gate that is not judged. */
const gate = zodOf(
  field<SavedGate>(
    (value) =>
      gateShape.safeParse(value).success
        ? undefined
        : () => ({
            message: 'the gate is unknown',
            expected: 'a gate as this version of mshare-plan writes it',
          }),
    { description: 'A gate with its limit, and what it compares.' },
  ),
)

const savedResult: z.ZodMiniType<SavedResult> = z.looseObject({
  scenario: z.looseObject({ name: label(), file: label() }),
  host: z.looseObject({
    memoryBytes: zodOf(whole('Bytes.', 1, most)),
    pageBytes: zodOf(whole('Bytes.', 1, most)),
  }),
  strategies: z.array(plan),
  findings: z.array(finding),
  waivers: z.optional(z.array(zodOf(waiver))),
  gates: z.array(gate),
  cases: z.optional(
    z.array(
      z.looseObject({
        name: label(),
        host: z.looseObject({ memoryBytes: zodOf(whole('Bytes.', 1, most)) }),
        strategies: z.array(plan),
        findings: z.array(finding),
      }),
    ),
  ),
  ranges: z.optional(z.looseObject({ judged: z.array(plan) })),
  judged: z.optional(
    z.looseObject({
      strategy: label(),
      unasked: z.optional(z.looseObject({ result: plan, findings: z.array(finding) })),
    }),
  ),
})

/**
 * How a file is checked that holds one result, and one that holds a list. Every part that gates read
 * must exist and have its form; all other parts are kept as they are.
 */
export const savedForms: {
  readonly one: z.ZodMiniType<SavedResult>
  readonly list: z.ZodMiniType<{ readonly results: readonly SavedResult[] }>
} = {
  one: savedResult,
  list: z.looseObject({ results: z.array(savedResult) }),
}

/** Checks a value, which keeps its keys in their order: zod's copy has those of the form first. */
export function hasForm<T>(value: unknown, form: z.ZodMiniType<T>): value is T {
  return form.safeParse(value).success
}

function exactly<const T extends boolean>(wanted: T): z.ZodMiniType<T> {
  const isWanted = field<T>(
    (value) =>
      value === wanted
        ? undefined
        : (written) => ({
            message: `\`${written}\` is neither true nor false`,
            expected: 'a flag',
          }),
    { description: 'A flag.' },
  )
  return zodOf(isWanted)
}
