import type { PlacedMapping } from '../../accounting/arrangement.ts'
import { needAt } from '../../accounting/paging.ts'
import type { Layout, Level } from '../../geometry/layout.ts'
import { drawOf } from '../../space/random-draw.ts'
import { spansVariance } from '../../space/variance.ts'
import { rankSumOf } from '../../space/zipf/rank-sum.ts'
import type { Drawing } from '../../space/zipf/zipf-touch.ts'
import { distinctPages } from '../../space/zipf/zipf-touch.ts'
import { writeAddress } from '../../units/address.ts'
import type { Explanation } from '../result/explanation.ts'
import { groupInPath } from '../result/explanation.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { put } from './formula.ts'

/** Tables that one process pays for each of its mappings, level by level. */
export function explainMappings(planned: Planned): readonly Explanation[] {
  const { arranged, bill, result } = planned
  const { workload, arrangement } = arranged
  return arrangement.spaces.flatMap(({ mappings, draws }, g) => {
    const group = workload.groups[g]
    const path = `strategies.${result.id}.groups.${groupInPath(workload.groups, g)}`
    return mappings.flatMap((mapping, m) =>
      (bill.spaces[g] ?? [])
        .filter(({ level }) => level.name !== 'pgd')
        .map(({ level, shares }) => {
          const given = group?.maps[mapping.map]?.at !== undefined
          const value = shares[m] ?? 0
          return {
            path: `${path}.maps[${m}].${level.name}`,
            meaning: meaningOf(workload.host.layout, mapping, level, given),
            ...formulaOf(workload.host.layout, mapping, level, draws, value),
            value,
            unit: 'tables',
            source: 'distinct spans of the level that the touched pages lie in',
          }
        }),
    )
  })
}

function meaningOf(layout: Layout, mapping: PlacedMapping, level: Level, given: boolean): string {
  const address = writeAddress(mapping.first, layout.pageBytes)
  const where = given
    ? `mapped at ${address}`
    : `placed at ${address}; an arbitrary start adds at most one table at each level`
  return `${level.name} tables of one process, ${where}`
}

interface Formula {
  readonly formula: string
  readonly substituted: string
}

function formulaOf(
  layout: Layout,
  mapping: PlacedMapping,
  level: Level,
  draws: number,
  value: number,
): Formula {
  const need = needAt(layout, mapping.paging, level.name)
  if (need === 'none') return withoutTables(mapping, level)
  const raw = touchedFormula(mapping, level, draws)
  const linked = mapping.paging.kind === 'huge' ? 'whose table is linked' : 'that a huge page fills'
  const whole = need === 'edges' ? `, without spans ${linked}` : ''
  return {
    formula: `${raw.formula}${whole}`,
    substituted: `${raw.substituted}; billed here: ${put(value)}`,
  }
}

function withoutTables({ paging }: PlacedMapping, level: Level): Formula {
  const why =
    paging.kind === 'window'
      ? 'the window shows the tables of the region, which exist once (mshare, proposed)'
      : `huge pages are entered above the ${level.name} level`
  return { formula: why, substituted: '0' }
}

function touchedFormula(mapping: PlacedMapping, level: Level, draws: number): Formula {
  const { touched, first, pages } = mapping
  const reach = put(level.reach)
  switch (touched.kind) {
    case 'ranges': {
      const parts = touched.ranges.slice(0, 3).map((range) => {
        const start = first + range.first
        return `⌊${put(start + range.length - 1)} / ${reach}⌋ − ⌊${put(start)} / ${reach}⌋ + 1`
      })
      const more = touched.ranges.length - parts.length
      const rest = more > 0 ? [`${put(more)} more ranges`] : []
      return {
        formula: '⌊last page / reach⌋ − ⌊first page / reach⌋ + 1, each span once',
        substituted: [...parts, ...rest].join(' ∪ ') || 'nothing is touched',
      }
    }
    case 'every':
      return {
        formula: 'distinct ⌊(first page + i · stride) / reach⌋',
        substituted: `first page ${put(first)}, stride ${put(touched.stride)}, ${put(pages)} pages, reach ${reach}`,
      }
    case 'random':
    case 'clusters':
      return drawFormula(mapping, level, draws)
    case 'zipf':
      return zipfFormula({ touched, pages, draws }, mapping.first, level)
  }
}

function drawFormula(
  { touched, first, pages }: PlacedMapping,
  level: Level,
  draws: number,
): Formula {
  const draw = drawOf(touched, pages)
  if (draw === undefined) throw new RangeError(`${touched.kind} draws nothing`)
  const { drawn, clusters, clusterPages } = draw
  const deviation = deviationOf({ touched, pages }, first, level)
  const [unit, size] =
    clusterPages === 1
      ? ['pages', `s ≤ ${put(level.reach)}`]
      : ['clusters', `${put(clusterPages)} pages in a cluster, reach ${put(level.reach)}`]
  const power = draws === 1 ? '' : `^${put(draws)}`
  return {
    formula: `Σ spans (1 − (C(n − s, k) / C(n, k))${power}), n ${unit}, k drawn, s ${unit} in the span`,
    substituted: `n = ${put(clusters)}, k = ${put(drawn)}, ${size}; standard deviation of one draw ${deviation}`,
  }
}

function deviationOf(
  { touched, pages }: Pick<PlacedMapping, 'touched' | 'pages'>,
  first: number,
  level: Level,
): string {
  const whole = { first, pages, touched, draws: 1, counts: 'all' } as const
  return put(Math.sqrt(spansVariance(whole, level.reach)))
}

function zipfFormula(drawing: Drawing, first: number, level: Level): Formula {
  const { touched, pages, draws } = drawing
  const { exponent, accesses, order } = touched
  const power = draws === 1 ? 'a' : `(a · ${put(draws)})`
  const weights = put(rankSumOf(exponent)(0, pages))
  const distinct = put(distinctPages(drawing))
  const deviation = deviationOf(drawing, first, level)
  const numbers = `n = ${put(pages)}, a = ${put(accesses)}, e = ${exponent}, H = ${weights}`
  const sum = `Σ spans (1 − (1 − h / H)^${power}), H = Σ i^−e, ranks i to n, h those in the span`
  const [formula, size, label, how] =
    order === 'scattered'
      ? [
          `Σ spans (1 − C(n − s, k) / C(n, k)), s pages in the span; k: ${sum.replaceAll('span', 'page')}`,
          's ≤',
          'k =',
          'about',
        ]
      : [sum, 'reach', 'distinct pages', 'at most']
  return {
    formula,
    substituted: `${numbers}, ${size} ${put(level.reach)}, ${label} ${distinct}; standard deviation of one draw ${how} ${deviation}`,
  }
}
