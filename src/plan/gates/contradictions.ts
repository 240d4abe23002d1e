import type { MemoryNeed } from '../../host/risk.ts'
import { riskOf, worstOf } from '../../host/risk.ts'
import type { RiskLevel } from '../../workload/workload.ts'
import type { Commit } from '../result/result.ts'

/** Figures of a saved result that follow from others in it. */
export interface Figures {
  readonly host: { readonly memoryBytes: number; readonly swapBytes: number }
  readonly strategies: readonly ({ readonly applies: false } | StrategyFigures)[]
}

interface StrategyFigures {
  readonly applies: true
  readonly pageTables: {
    readonly bytes: number
    readonly leastBytes: number
    readonly mostBytes: number
    readonly baseBytes: number
    readonly levels: Readonly<Record<string, { readonly bytes: number }>>
  }
  readonly memory: MemoryFigures
  readonly risk: {
    readonly level: RiskLevel
    readonly hostLevel: RiskLevel
    readonly headroomFraction: number
    readonly unswappableBytes: number
    readonly cgroups: readonly CgroupFigures[]
  }
}

interface MemoryFigures {
  readonly capacityBytes: number
  readonly demandBytes: number
  readonly headroomBytes: number
  readonly lines: readonly LineFigures[]
  readonly pools: readonly { readonly missingPages: number }[]
  readonly commit: Commit
}

interface LineFigures {
  readonly name: string
  readonly side: 'supply' | 'demand' | 'beside'
  readonly bytes: number
}

interface CgroupFigures {
  readonly limitBytes: number
  readonly demandBytes: number
  readonly headroomBytes: number
  readonly level: RiskLevel
}

/** A figure that others in the same result contradict. */
export interface Contradiction {
  readonly path: readonly (string | number)[]
  readonly says: number | RiskLevel | boolean
  readonly follows: number | RiskLevel | boolean
}

/**
 * Where figures of a result do not follow from one another: somebody changed it after it was written.
 * Each figure was rounded on its own, so sums may be off by half a byte for each part.
 */
export function contradictions({ host, strategies }: Figures): readonly Contradiction[] {
  return strategies.flatMap((strategy, index) => {
    if (!strategy.applies) return []
    const found = [
      ...inTables(strategy),
      ...inMemory(strategy.memory, host),
      ...inRisk(strategy, host),
    ]
    return found.map(({ path, ...rest }) => ({ path: ['strategies', index, ...path], ...rest }))
  })
}

function inTables({ pageTables, memory }: StrategyFigures): readonly Contradiction[] {
  const { bytes, leastBytes, mostBytes, baseBytes, levels } = pageTables
  const ofLevels = Object.values(levels).reduce((sum, level) => sum + level.bytes, 0)
  const line = memory.lines.find(({ name, side }) => name === 'page tables' && side === 'demand')
  const nearest = Math.min(Math.max(bytes, leastBytes), mostBytes)
  return [
    ...unlessNear(['pageTables', 'bytes'], bytes, nearest, 0),
    ...unlessNear(['pageTables', 'bytes'], bytes, line?.bytes ?? 0, 0),
    ...unlessNear(['pageTables', 'bytes'], bytes, ofLevels + baseBytes, Object.keys(levels).length),
  ]
}

function inMemory(
  { capacityBytes, demandBytes, headroomBytes, lines, pools, commit }: MemoryFigures,
  { memoryBytes, swapBytes }: Figures['host'],
): readonly Contradiction[] {
  const of = (side: LineFigures['side']) => lines.filter((line) => line.side === side)
  const sum = (side: LineFigures['side']) => of(side).reduce((total, { bytes }) => total + bytes, 0)
  const memory = lines.find(({ name, side }) => name === 'memory' && side === 'supply')
  const tolerance = of('demand').length
  const lacking = of('supply').some(({ name }) => /^huge-page pool .+, missing$/.test(name))
  const missing = pools.some(({ missingPages }) => missingPages > 0)
  const { mode, committedBytes, limitBytes, largestRequestBytes } = commit
  const granted: Readonly<Record<Commit['mode'], boolean>> = {
    always: true,
    heuristic: largestRequestBytes <= memoryBytes + swapBytes,
    never: committedBytes <= limitBytes,
  }
  return [
    ...unlessNear(['memory', 'headroomBytes'], headroomBytes, capacityBytes - demandBytes, 1),
    ...unlessNear(['memory', 'capacityBytes'], capacityBytes, sum('supply'), 0),
    ...unlessNear(['memory', 'demandBytes'], demandBytes, sum('demand'), tolerance),
    ...unlessNear(['memory', 'lines'], memory?.bytes ?? 0, memoryBytes, 0),
    ...unlessSame(['memory', 'pools'], missing, lacking),
    ...unlessSame(['memory', 'commit', 'granted'], commit.granted, granted[mode]),
  ]
}

function inRisk(
  { memory, risk }: StrategyFigures,
  { memoryBytes, swapBytes }: Figures['host'],
): readonly Contradiction[] {
  const { capacityBytes, demandBytes, headroomBytes } = memory
  const { unswappableBytes, cgroups } = risk
  const need = { of: memoryBytes, capacityBytes, demandBytes, unswappableBytes, swapBytes }
  const hostLevels = levelsNear(need)
  const level = worstOf([risk.hostLevel, ...cgroups.map((cgroup) => cgroup.level)])
  const fraction = headroomBytes / memoryBytes
  return [
    ...unlessOneOf(['risk', 'hostLevel'], risk.hostLevel, hostLevels),
    ...unlessOneOf(['risk', 'level'], risk.level, [level]),
    ...unlessNear(['risk', 'headroomFraction'], risk.headroomFraction, fraction, 2 / memoryBytes),
    ...cgroups.flatMap((cgroup, index) =>
      inCgroup(cgroup).map(({ path, ...rest }) => ({
        path: ['risk', 'cgroups', index, ...path],
        ...rest,
      })),
    ),
  ]
}

/** Whether what a cgroup lacks can be swapped is not in the result. */
function inCgroup(cgroup: CgroupFigures): readonly Contradiction[] {
  const { limitBytes, demandBytes, headroomBytes, level } = cgroup
  const need = { of: limitBytes, capacityBytes: limitBytes, demandBytes }
  const least = levelsNear({ ...need, unswappableBytes: 0, swapBytes: Number.MAX_SAFE_INTEGER })
  const most = levelsNear({ ...need, unswappableBytes: 0, swapBytes: 0 })
  return [
    ...unlessNear(['headroomBytes'], headroomBytes, limitBytes - demandBytes, 1),
    ...unlessOneOf(['level'], level, [...least, ...most]),
  ]
}

/** The level of these figures, and those that rounding may have hidden. */
function levelsNear(need: MemoryNeed): readonly RiskLevel[] {
  return [0, -1, 1].map((by) =>
    riskOf({
      ...need,
      demandBytes: need.demandBytes + by,
      unswappableBytes: need.unswappableBytes + by,
    }),
  )
}

function unlessNear(
  path: Contradiction['path'],
  says: number,
  follows: number,
  tolerance: number,
): readonly Contradiction[] {
  return Math.abs(says - follows) <= tolerance ? [] : [{ path, says, follows }]
}

function unlessSame(
  path: Contradiction['path'],
  says: boolean,
  follows: boolean,
): readonly Contradiction[] {
  return says === follows ? [] : [{ path, says, follows }]
}

function unlessOneOf(
  path: Contradiction['path'],
  says: RiskLevel,
  levels: readonly RiskLevel[],
): readonly Contradiction[] {
  const [follows = says] = levels
  return levels.includes(says) ? [] : [{ path, says, follows }]
}
