import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const scenario = `version: 1
host: { memory: 64 GiB, swap: 8 GiB }
regions: { pool: { size: 8 GiB } }
groups: { workers: { processes: 100, private: 6 MiB, maps: [{ region: pool }] } }
growth: { from: 2026-12-01, groups.workers.processes: +200 per month }
`

async function html(text: string): Promise<string> {
  const answer = await answerTo(['g.yaml', '-f', 'html'], { 'g.yaml': text })
  expect(answer.status).toBe(0)
  return answer.stdout
}

it('has the days of limits, each with the sign of its kind in the picture', async () => {
  const [page, limits] = await Promise.all([
    html(scenario),
    answerTo(['limits', 'g.yaml', 'growth', '-f', 'json'], { 'g.yaml': scenario }),
  ])
  const [described] = JSON.parse(limits.stdout).growth.strategies
  expect(described).toMatchObject({
    ...{ notSafeFrom: '2027-11-01', swapsFrom: '2028-01-01', diesFrom: '2028-03-01' },
  })
  const [, chart = ''] = /Memory in use, by time<\/figcaption>(.*?)<\/figure>/s.exec(page) ?? []
  expect(chart).toContain(
    'A, as-described, base-pages: not safe from November 2027, swaps from January 2028, out of memory from March 2028.',
  )
  expect(chart.match(/<path class="ring curve-0"/g)).toHaveLength(1)
  expect(chart.match(/<circle class="ring curve-0"/g)).toHaveLength(1)
  expect(chart.match(/<circle class="mark mark-0"/g)).toHaveLength(1)
  expect(page).toMatch(
    /November 2027<\/span><\/td><td>.*?January 2028<\/span>.*?March 2028<\/span>/,
  )
})

it('says which days were not looked at, where nothing ever stops being safe', async () => {
  const page = await html(
    scenario.replace('+200 per month', '+1 per year').replace('64 GiB', '1 TiB'),
  )
  expect(page).toContain('-: not until December 2076.')
  expect(page).toMatch(/as-described.*?<span class="risk safe">safe<\/span><\/td><td>-<\/td>/)
})

it('is drawn again by no script, and is the same in a second run', async () => {
  const page = await html(scenario)
  expect(page.match(/id="plot-growth"/g)).toHaveLength(1)
  expect(await html(scenario)).toBe(page)
})
