import { expect, it } from 'vitest'
import { bundlesOf, stretchesOf } from '../../../src/report/pictures/curves.ts'
import { changedScenario, growthLimits } from '../../../src/report/scenario/replan.ts'
import { textOf } from '../../scenarios/shipped.ts'
import { reported, server } from '../entries.ts'

const point = (value: number, usedBytes: number) =>
  ({ value, usedBytes, ofBytes: 100, level: 'safe' }) as const

it('runs straight in bytes on a straight axis', () => {
  expect(stretchesOf([point(0, 10), point(10, 60)], 'linear')).toEqual([
    [
      [0, 0.1],
      [10, 0.6],
    ],
  ])
})

it('is bent on a logarithmic axis: halfway along it are 10 of 1 to 100', () => {
  const [places = []] = stretchesOf([point(1, 1), point(100, 100)], 'log')
  expect(places).toHaveLength(9)
  expect(places[4]?.map((number) => Math.round(number * 1000) / 1000)).toEqual([10, 0.1])
})

it('has a gap where a plan does not start', () => {
  const missing = { ...point(5, 50), refusal: 'huge-pages' } as const
  expect(stretchesOf([point(0, 10), missing, point(10, 60)], 'linear')).toHaveLength(2)
})

/** The curves of a scenario, as its page has them. */
async function curvesOf(text: string) {
  const { entry, result } = await reported(text)
  const changed = changedScenario(entry, [])
  const limits = changed.ok ? growthLimits(changed.workload, result) : undefined
  const [chart] = limits?.charts ?? []
  if (limits === undefined || chart === undefined) throw new Error('no chart')
  return { chart, bundles: bundlesOf(chart, limits, result) }
}

it('has a letter for each row of the comparison, never for what is proposed and what exists', async () => {
  const { chart, bundles } = await curvesOf(textOf('oracle-sga-300g'))
  expect(bundles.flatMap(({ strategies }) => strategies).toSorted()).toEqual(
    chart.curves.map(({ strategy }) => strategy).toSorted(),
  )
  expect(bundles.find(({ strategies }) => strategies.includes('mshare'))?.strategies).toEqual([
    'mshare',
  ])
  expect(bundles[0]).toMatchObject({
    letter: 'A',
    strategies: ['as-described', 'base-pages'],
    end: { value: 357 },
  })
})

it('has no letter for what is not possible or does not start', async () => {
  // A pool of 64 GiB leaves a host of 60 GiB nothing.
  const small = server
    .replace('128 GiB', '60 GiB')
    .replace('}\nregions', ', swap: 64 GiB }\nregions')
  const { bundles } = await curvesOf(small)
  const named = bundles.flatMap(({ strategies }) => strategies)
  expect(named).toContain('as-described')
  expect(named).not.toContain('hugetlb-2m')
  expect(named).not.toContain('mshare')
})
