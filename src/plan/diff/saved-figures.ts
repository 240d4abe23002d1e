import { parseDay } from '../../units/date/calendar.ts'
import { riskLevels, severities } from '../../workload/gates.ts'
import type { Judged } from '../gates/gates.ts'
import type { GateResult } from '../result/gate-result.ts'
import type { Limit } from '../result/limit-result.ts'
import type { BudgetLine } from '../result/memory-result.ts'
import type { Compared, ComparedCase, ComparedGrowth, ComparedStrategy } from './figures.ts'
import { dayKeys } from './figures.ts'

/**
 * A saved result as far as it is compared. The figures that gates read are checked already; whatever
 * else has not its form is left away, and the parts that it belongs to are unknown.
 */
export function comparedOf(whole: object, plans: readonly Judged[]): Compared {
  const saved = listIn(whole, 'strategies')
  return {
    strategies: plans.map((plan): ComparedStrategy => {
      if (!plan.applies) return { id: plan.id, applies: false }
      const all = saved.find((one) => textIn(one, 'id') === plan.id)
      return partsOf(plan, all)
    }),
    cases: listIn(whole, 'cases').map((one): ComparedCase => {
      // What gates read of a case is checked as well.
      const all = listIn(one, 'strategies') as readonly Judged[]
      return { name: textIn(one, 'name') ?? '', ...comparedOf(one, all) }
    }),
    ...growthIn(whole),
    gates: listIn(whole, 'gates').flatMap(gateOf),
    verdict: verdictIn(whole),
  }
}

function growthIn(whole: object): Pick<Compared, 'growth'> {
  const growth = valueIn(whole, 'growth')
  const until = dayIn(growth, 'until')
  if (until === undefined) return {}
  const strategies = listIn(growth, 'strategies').flatMap((one): ComparedGrowth['strategies'] => {
    const id = textIn(one, 'id')
    const days = dayKeys.flatMap((key) => {
      const day = dayIn(one, key)
      return day === undefined ? [] : [[key, day] as const]
    })
    const date = dayIn(valueIn(one, 'end'), 'date')
    const end = date === undefined ? {} : { end: { date } }
    return id === undefined ? [] : [{ id, ...Object.fromEntries(days), ...end }]
  })
  return { growth: { until, strategies } }
}

function dayIn(value: unknown, key: string): string | undefined {
  const text = textIn(value, key)
  return text === undefined || parseDay(text) === undefined ? undefined : text
}

/** Its metric, limit and strategy are checked already. */
function gateOf(gate: object): readonly GateResult[] {
  const { metric, limit, strategy } = gate as GateResult
  const [holds, actual, name] = [
    valueIn(gate, 'holds'),
    valueIn(gate, 'actual'),
    textIn(gate, 'case'),
  ]
  if (typeof holds !== 'boolean') return []
  const isKnown = typeof actual === 'number' || levels.some((level) => level === actual)
  const unit = metric === 'growth' && textIn(gate, 'unit') === 'fraction' ? 'fraction' : 'bytes'
  return [
    {
      ...{ metric, strategy, limit, holds },
      ...(name === undefined ? {} : { case: name }),
      ...(isKnown ? { actual: actual as NonNullable<GateResult['actual']> } : {}),
      unit: typeof limit === 'string' ? 'level' : unit,
    },
  ]
}

const levels: readonly string[] = [...riskLevels, ...severities, 'none']

function partsOf(
  { id, pageTables, memory, risk }: Extract<Judged, { readonly applies: true }>,
  all: object | undefined,
): ComparedStrategy {
  const { headroomBytes, pools, commit } = memory
  const baseBytes = numberIn(valueIn(all, 'pageTables'), 'baseBytes')
  const lines = listIn(valueIn(all, 'memory'), 'lines').map(lineOf)
  const regions = listIn(all, 'regions').map((region) => ({
    name: textIn(region, 'name') ?? '',
    bytes: numberIn(region, 'bytes') ?? 0,
  }))
  return {
    id,
    applies: true,
    risk: { level: risk.level },
    pageTables: { bytes: pageTables.bytes, ...(baseBytes === undefined ? {} : { baseBytes }) },
    regions,
    memory: { headroomBytes, pools, commit, ...(lines.length === 0 ? {} : { lines }) },
    limits: listIn(all, 'limits').flatMap(limitOf),
  }
}

function lineOf(line: object): Pick<BudgetLine, 'name' | 'side' | 'bytes'> {
  const side = textIn(line, 'side')
  return {
    name: textIn(line, 'name') ?? '',
    side: side === 'supply' || side === 'demand' ? side : 'beside',
    bytes: numberIn(line, 'bytes') ?? 0,
  }
}

const metrics = ['processes', 'allProcesses', 'region', 'memory'] as const

function limitOf(limit: object): readonly Limit[] {
  const metric = metrics.find((one) => one === textIn(limit, 'metric'))
  if (metric === undefined) return []
  const [group, region] = [textIn(limit, 'group'), textIn(limit, 'region')]
  const bounds = (['safe', 'tight', 'swapping'] as const).flatMap((level) => {
    const value = numberIn(valueIn(limit, level), 'value')
    return value === undefined ? [] : [[level, { value }] as const]
  })
  return [
    {
      metric,
      ...(group === undefined ? {} : { group }),
      ...(region === undefined ? {} : { region }),
      unit: textIn(limit, 'unit') === 'bytes' ? 'bytes' : 'processes',
      now: numberIn(limit, 'now') ?? 0,
      ...Object.fromEntries(bounds),
    },
  ]
}

function verdictIn(whole: object): Compared['verdict'] {
  const verdict = textIn(whole, 'verdict')
  return verdict === 'pass' || verdict === 'fail' ? verdict : 'none'
}

function valueIn(value: unknown, key: string): unknown {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  return has ? Reflect.get(value, key) : undefined
}

function listIn(value: unknown, key: string): readonly object[] {
  const list = valueIn(value, key)
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : []
}

export function textIn(value: unknown, key: string): string | undefined {
  const text = valueIn(value, key)
  return typeof text === 'string' ? text : undefined
}

function numberIn(value: unknown, key: string): number | undefined {
  const number = valueIn(value, key)
  return Number.isSafeInteger(number) ? Number(number) : undefined
}
