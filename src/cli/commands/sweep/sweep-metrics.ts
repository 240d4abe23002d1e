import type { About } from '../../../plan/plan.ts'
import { plan } from '../../../plan/plan.ts'
import type { Result } from '../../../plan/result/result.ts'
import type { Metric } from '../../../plan/sweep/metric.ts'
import { leafPaths, metricOf, valueAt } from '../../../plan/sweep/metric.ts'
import type { Reading } from '../../../scenario/read-scenario.ts'
import { parsePath } from '../../../scenario/yaml/parse-path.ts'
import { nearest } from '../../../scenario/yaml/suggest.ts'
import type { Path } from '../../../units/path.ts'
import { pathText } from '../../../units/path.ts'
import { printable } from '../../../units/printable.ts'
import { QuantityError } from '../../../units/quantity.ts'
import { usualMetrics } from '../../arguments/sweep-options.ts'
import type { Failure } from '../../output/report.ts'
import { status } from '../../output/status.ts'

/** What the paths of `--metric` mean; whether a result has them is seen later. */
export function metricsNamed(
  texts: readonly string[],
  strategy: string,
): readonly Metric[] | Failure {
  const metrics: Metric[] = []
  for (const text of texts) {
    const steps = parsePath(text)
    if (steps === undefined) {
      return { status: status.invalid, text: printable(missingText(text, usualMetrics)) }
    }
    const path = steps.map(({ step }) => step)
    metrics.push(metricOf(text, path, strategy))
  }
  return metrics
}

/** Says which metric no plan of some has; `undefined` where each is found. */
export function missingMetric(
  metrics: readonly Metric[],
  samples: readonly Reading[],
  strategy: string,
  about: About,
): string | undefined {
  let absent = metrics.filter(({ text }) => !usualMetrics.includes(text))
  const known = new Set<string>()
  for (const reading of samples) {
    if (absent.length === 0) return undefined
    const result = reading.ok ? planned(reading, about, metrics) : undefined
    if (result === undefined) continue
    absent = absent.filter((metric) => valueAt(result, pathOf(metric)) === undefined)
    for (const path of leafPaths(result)) known.add(path)
  }
  const [first] = absent
  if (first === undefined) return undefined
  // As they may be written, without the strategy.
  const prefix = `${pathText(['strategies', strategy])}.`
  const short = [...known].map((path) =>
    path.startsWith(prefix) ? path.slice(prefix.length) : path,
  )
  return missingText(first.text, short)
}

/** The path from the result. */
function pathOf({ strategy, path }: Metric): Path {
  return strategy === undefined ? path : ['strategies', strategy, ...path]
}

/** `undefined` where a number passes 2^53 − 1. */
function planned(
  { workload, assumptions }: Extract<Reading, { readonly ok: true }>,
  about: About,
  metrics: readonly Metric[],
): Result | undefined {
  const asked = metrics.flatMap(({ strategy }) => (strategy === undefined ? [] : [strategy]))
  const { strategies } = workload
  // One that the scenario does not ask for is planned for its metric alone.
  const all = strategies && { strategies: [...new Set([...strategies, ...asked])] }
  try {
    return plan({ ...workload, ...all }, { ...about, assumptions })
  } catch (error) {
    if (error instanceof QuantityError) return undefined
    throw error
  }
}

function missingText(written: string, known: readonly string[]): string {
  return `--metric ${written} is no number or word of the result; ${hint(written, known)}`
}

function hint(written: string, known: readonly string[]): string {
  const inside = known.filter((path) => path.startsWith(`${written}.`)).slice(0, mostNamed)
  if (inside.length > 0) return `it holds ${inside.join(', ')}`
  const near = nearest(written, known)
  if (near !== undefined) return `did you mean ${near}?`
  return 'mshare-plan explain FILE lists the numbers of a result'
}

const mostNamed = 4
