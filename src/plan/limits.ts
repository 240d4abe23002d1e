import type { NamedStrategy } from '../sharing/catalogue.ts'
import { strategiesOf } from '../sharing/catalogue.ts'
import { bytes, count, QuantityError } from '../units/quantity.ts'
import type { RiskLevel, Workload } from '../workload/workload.ts'
import { riskLevels } from '../workload/workload.ts'
import { planOne } from './attempts.ts'
import type { Bound, Limit, StrategyLimits } from './limit-result.ts'
import type { Risk } from './result.ts'

/** PID_MAX_LIMIT: include/linux/threads.h. */
const mostProcesses = 4_194_304
/** Host memory that limits look up to: 64 PiB is past 2^53 bytes, 4 PiB is not. */
const mostMemory = 2 ** 52

/**
 * Finds the limits of a workload by bisection over whole numbers on the model itself: every answer
 * is a plan that was made.
 * @param ids strategies to ask; absent: all that the workload asks for.
 */
export function limitsOf(workload: Workload, ids?: readonly string[]): readonly StrategyLimits[] {
  const asked = ids ?? workload.strategies
  return strategiesOf(workload.host.layout)
    .filter(({ id }) => asked === undefined || asked.includes(id))
    .flatMap((named) => {
      const risk = riskUnder(named, workload)
      if (risk === undefined) return []
      return [
        {
          id: named.id,
          status: risk.status,
          level: risk.level,
          limits: questionsAbout(workload).map((question) => answer(named, question)),
        },
      ]
    })
}

/** One number that may change, and the workload with another value of it. */
interface Question {
  readonly limit: Omit<Limit, 'safe' | 'tight' | 'swapping'>
  readonly with: (value: number) => Workload
  /** Values that are asked are multiples of it, from `least` steps to `most`. */
  readonly step: number
  readonly least: number
  readonly most: number
  /** More is worse, as with processes; or better, as with memory. */
  readonly worsens: boolean
}

function questionsAbout(workload: Workload): readonly Question[] {
  const { groups } = workload
  const each = groups.map((_, index) => processesOf(workload, index))
  return [...each, ...(groups.length > 1 ? [allProcesses(workload)] : []), memoryOf(workload)]
}

function processesOf(workload: Workload, index: number): Question {
  const group = workload.groups[index]
  if (group === undefined) throw new RangeError(`no group ${index}`)
  const others = total(workload) - group.processes
  return {
    limit: { metric: 'processes', group: group.name, unit: 'processes', now: group.processes },
    with: (value) => ({
      ...workload,
      groups: workload.groups.map((one, g) =>
        g === index ? { ...one, processes: count(value) } : one,
      ),
    }),
    step: 1,
    least: 0,
    most: mostProcesses - others,
    worsens: true,
  }
}

/** The largest group grows, and the others in proportion, rounded down. */
function allProcesses(workload: Workload): Question {
  const now = Math.max(...workload.groups.map(({ processes }) => processes))
  const share = (processes: number, value: number): number =>
    now === 0 ? processes : Number((BigInt(processes) * BigInt(value)) / BigInt(now))
  return {
    limit: { metric: 'allProcesses', unit: 'processes', now },
    with: (value) => ({
      ...workload,
      groups: workload.groups.map((group) => ({
        ...group,
        processes: count(share(group.processes, value)),
      })),
    }),
    step: 1,
    least: 0,
    most: now === 0 ? 0 : Math.floor((mostProcesses * now) / total(workload)),
    worsens: true,
  }
}

function memoryOf(workload: Workload): Question {
  const { host } = workload
  return {
    limit: { metric: 'memory', unit: 'bytes', now: host.memory },
    with: (value) => ({ ...workload, host: { ...host, memory: bytes(value) } }),
    step: host.layout.pageBytes,
    least: 1,
    most: mostMemory / host.layout.pageBytes,
    worsens: false,
  }
}

function total({ groups }: Workload): number {
  return groups.reduce((sum, { processes }) => sum + processes, 0)
}

function answer(named: NamedStrategy, question: Question): Limit {
  const levels = { safe: 'safe', tight: 'tight', swapping: 'swapping' } as const
  const bounds = Object.values(levels).flatMap((level) => {
    const bound = boundAt(named, question, level)
    return bound === undefined ? [] : [[level, bound] as const]
  })
  return { ...question.limit, ...Object.fromEntries(bounds) }
}

/** The last value, on the way to worse, whose risk is no worse than `level`. */
function boundAt(named: NamedStrategy, question: Question, level: RiskLevel): Bound | undefined {
  const { most, step, worsens } = question
  // Some strategies need a process to plan for.
  const least =
    riskUnder(named, question.with(question.least * step)) === undefined
      ? question.least + 1
      : question.least
  const steps = most - least
  // Counted from the best value on: 0 is the best, `steps` the worst.
  const valueAt = (place: number): number => (worsens ? least + place : most - place) * step
  const riskAt = (place: number) => riskUnder(named, question.with(valueAt(place)))
  const holds = (place: number): boolean => isWithin(riskAt(place), level)
  if (!holds(0)) return undefined
  let [good, bad] = [0, steps + 1]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (holds(middle)) good = middle
    else bad = middle
  }
  const value = valueAt(good)
  const next = good === steps ? undefined : riskAt(good + 1)
  return { value, ...stopOf(next) }
}

function stopOf(risk: Asked | undefined): Omit<Bound, 'value'> {
  if (risk === undefined) return {}
  const tightest = risk.cgroups.find((cgroup) => cgroup.level === risk.level)
  const byHost = risk.hostLevel === risk.level
  return {
    next: risk.level,
    ...(tightest === undefined || byHost ? {} : { cgroup: tightest.name }),
  }
}

type Asked = Risk & { readonly status: 'mainline' | 'proposed' }

/** `undefined` where the strategy does not apply, or a number passes 2^53 − 1. */
function riskUnder(named: NamedStrategy, workload: Workload): Asked | undefined {
  try {
    const attempt = planOne(workload, named, new Set())
    if (!('arranged' in attempt)) return undefined
    const { risk, status } = attempt.result
    return { ...risk, status }
  } catch (error) {
    if (error instanceof QuantityError) return undefined
    throw error
  }
}

function isWithin(risk: Asked | undefined, level: RiskLevel): boolean {
  return risk !== undefined && riskLevels.indexOf(risk.level) <= riskLevels.indexOf(level)
}
