import * as z from 'zod/mini'
import type { Check, Field } from '../scenario/schema/fields.ts'
import { field, flag, text, whole, word } from '../scenario/schema/fields.ts'
import { waiver } from '../scenario/schema/gates-schema.ts'
import { riskLevels, severities } from '../workload/workload.ts'
import type { SavedGate, SavedText } from './saved-text.ts'

z.config({ jitless: true })

const most = Number.MAX_SAFE_INTEGER
const amount = (): Field<number> => whole('Bytes or a count.', 0, most)
/** What may be missing, and is then negative. */
const balance = (): Field<number> => whole('Bytes.', -most, most)
const level = (): Field<(typeof riskLevels)[number]> => word('Level of risk.', riskLevels)
const label = (): Field<string> => text('A name.', 'a name')

const fraction = field<number>(
  (value) =>
    Number.isFinite(value)
      ? undefined
      : (written) => ({ message: `\`${written}\` is not a number`, expected: 'a finite number' }),
  { description: 'A share.' },
)

const refused = z.looseObject({ id: label(), status: label(), applies: exactly(false) })

const planned = z.looseObject({
  id: label(),
  status: word('Where it is to be had.', ['mainline', 'proposed']),
  applies: exactly(true),
  pageTables: z.looseObject({
    bytes: amount(),
    leastBytes: amount(),
    mostBytes: amount(),
    baseBytes: amount(),
    levels: z.record(label(), z.looseObject({ bytes: amount() })),
  }),
  memory: z.looseObject({
    capacityBytes: balance(),
    demandBytes: amount(),
    headroomBytes: balance(),
    lines: z.array(
      z.looseObject({
        name: label(),
        side: word('Which sum it is in.', ['supply', 'demand', 'beside']),
        bytes: balance(),
      }),
    ),
    pools: z.array(z.looseObject({ missingPages: amount() })),
    commit: z.looseObject({
      mode: word('Overcommit.', ['heuristic', 'always', 'never']),
      committedBytes: amount(),
      limitBytes: amount(),
      largestRequestBytes: amount(),
      granted: flag('Whether the kernel promises it.', 'true'),
    }),
  }),
  risk: z.looseObject({
    level: level(),
    hostLevel: level(),
    headroomFraction: fraction,
    unswappableBytes: amount(),
    cgroups: z.array(
      z.looseObject({
        limitBytes: amount(),
        demandBytes: amount(),
        headroomBytes: balance(),
        level: level(),
      }),
    ),
  }),
})

const finding = z.looseObject({
  id: label(),
  kind: label(),
  severity: word('How grave it is.', severities),
  strategy: z.optional(label()),
})

/** What of a saved result is read; whatever else it says is kept and not looked at. */
export const savedSchema: z.ZodMiniType<SavedText> = z.looseObject({
  scenario: z.looseObject({ name: label(), file: label() }),
  host: z.looseObject({
    memoryBytes: whole('Bytes.', 1, most),
    swapBytes: amount(),
    pageBytes: whole('Bytes.', 1, most),
  }),
  strategies: z.array(z.union([refused, planned])),
  findings: z.array(finding),
  waivers: z.optional(z.array(waiver)),
  gates: z.array(
    field<SavedGate>(gateCheck, { description: 'A gate with its limit, and what it compares.' }),
  ),
  judged: z.optional(
    z.looseObject({
      strategy: label(),
      unasked: z.optional(
        z.looseObject({ result: z.union([refused, planned]), findings: z.array(finding) }),
      ),
    }),
  ),
})

/** Several saved results in one file. */
export const savedListSchema: z.ZodMiniType<{ readonly results: readonly SavedText[] }> =
  z.looseObject({ results: z.array(savedSchema) })

function exactly<const T extends boolean>(wanted: T): Field<T> {
  const check: Check = (value) =>
    value === wanted
      ? undefined
      : (written) => ({ message: `\`${written}\` is neither true nor false`, expected: 'a flag' })
  return field<T>(check, { description: 'A flag.' })
}

/** A gate that is not understood would be a gate that is not judged. */
function gateCheck(value: unknown): ReturnType<Check> {
  if (isGate(value)) return undefined
  return () => ({
    message: 'this gate is not known',
    expected: 'a gate as this version of mshare-plan writes it',
  })
}

function isGate(value: unknown): value is SavedGate {
  if (typeof value !== 'object' || value === null) return false
  const { metric, strategy, limit, unit, baseline } = value as Record<string, unknown>
  if (typeof strategy !== 'string') return false
  switch (metric) {
    case 'risk':
    case 'riskGrowth':
      return riskLevels.some((one) => one === limit)
    case 'headroom':
    case 'pageTables':
      return isAmount(limit)
    case 'findings':
      return severities.some((one) => one === limit)
    case 'growth':
      if (baseline !== undefined && !isAmount(baseline)) return false
      return unit === 'fraction' ? isShare(limit) : unit === 'bytes' && isAmount(limit)
    default:
      return false
  }
}

function isAmount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}
