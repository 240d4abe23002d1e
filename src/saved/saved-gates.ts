import { defaults } from '../scenario/schema/defaults.ts'
import { bytes } from '../units/quantity.ts'
import type { Gates, RiskLevel, Threshold } from '../workload/gates.ts'
import type { SavedGate } from './saved-result.ts'

/** What a saved result was measured from, as far as its gates say. */
export interface SavedBaseline {
  readonly pageTableBytes?: number
  readonly risk?: RiskLevel
}

/** The gates of each case that was judged, in the order of the file. */
export function gatesOfCases(
  saved: readonly SavedGate[],
): readonly { readonly name: string; readonly gates: Gates }[] {
  const names = new Set(saved.flatMap(({ case: name }) => (name === undefined ? [] : [name])))
  return [...names].map((name) => {
    const { gates } = gatesOfSaved(saved.filter((gate) => gate.case === name))
    return { name, gates }
  })
}

/** The limits that a saved result was held against, and the baseline of those on growth. */
export function gatesOfSaved(
  saved: readonly SavedGate[],
  judged: string = defaults.strategy,
): {
  readonly gates: Gates
  readonly baseline: SavedBaseline
} {
  const growth = saved.filter((gate) => gate.metric === 'growth')
  const limits = growth.length === 0 ? {} : { growth: growth.map(thresholdOf) }
  const strategy = saved[0]?.strategy ?? judged
  return {
    gates: Object.assign({ strategy }, limits, ...saved.map(limitOf)),
    baseline: Object.assign({}, ...saved.map(baselineOf)),
  }
}

/** What this program never writes: gates of which it would not be clear which is meant. */
export function isAmbiguous(saved: readonly SavedGate[]): boolean {
  const names = new Set(saved.map((gate) => gate.case))
  return [...names].some((name) => isAmbiguousIn(saved.filter((gate) => gate.case === name)))
}

function isAmbiguousIn(saved: readonly SavedGate[]): boolean {
  const single = saved.filter(({ metric }) => metric !== 'growth').map(({ metric }) => metric)
  const bases = saved.map((gate) => (gate.metric === 'growth' ? gate.baseline : undefined))
  return (
    new Set(single).size < single.length ||
    new Set(saved.map(({ strategy }) => strategy)).size > 1 ||
    new Set(bases.filter((base) => base !== undefined)).size > 1
  )
}

function limitOf(gate: SavedGate): Partial<Gates> {
  switch (gate.metric) {
    case 'risk':
      return { risk: gate.limit }
    case 'headroom':
    case 'pageTables':
      return { [gate.metric]: { kind: 'bytes', bytes: bytes(gate.limit) } }
    case 'findings':
      return { findings: gate.limit }
    case 'growth':
    case 'riskGrowth':
      return {}
  }
}

function thresholdOf({
  unit,
  limit,
}: Extract<SavedGate, { readonly metric: 'growth' }>): Threshold {
  return unit === 'fraction'
    ? { kind: 'fraction', fraction: limit }
    : { kind: 'bytes', bytes: bytes(limit) }
}

function baselineOf(gate: SavedGate): SavedBaseline {
  if (gate.metric === 'riskGrowth') return { risk: gate.limit }
  if (gate.metric !== 'growth' || gate.baseline === undefined) return {}
  return { pageTableBytes: gate.baseline }
}
