import type { Judged } from '../gates/gates.ts'
import type { Limit } from '../result/limit-result.ts'
import type { BudgetLine } from '../result/memory-result.ts'
import type { Compared, ComparedStrategy } from './figures.ts'

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
    verdict: verdictIn(whole),
  }
}

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
