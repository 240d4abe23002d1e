import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const scenario = `version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 8 GiB } }
groups: { workers: { processes: 100, maps: [{ region: pool }] } }
`
const growth = 'growth: { from: 2026-12-01, groups.workers.processes: +40 per month }\n'
const cases = 'cases: { "<b>failover</b>": { groups.workers.processes: x2 } }\n'

async function page(text: string): Promise<string> {
  const { stdout, status } = await answerTo(['page.yaml', '-f', 'html'], { 'page.yaml': text })
  expect(status).toBe(0)
  return stdout
}

it('has what grows in a sentence, and cases as columns', async () => {
  const html = await page(scenario + growth + cases)
  expect(html).toContain('<h2>Growth, ranges and cases of the file</h2>')
  expect(html).toContain('<p>With groups.workers.processes +40 per month from December 2026: ')
  const [, table = ''] = /<pre class="screen">(Case.*?)<\/pre>/s.exec(html) ?? []
  expect(table).toMatch(/^Case +as written +&lt;b&gt;failover&lt;\/b&gt;\n/)
  expect(table).toMatch(/^Risk +safe +safe$/m)
})

it('has the bounds of ranges', async () => {
  const html = await page(scenario.replace('processes: 100', 'processes: { from: 100, to: 200 }'))
  expect(html).toContain('<p>Ranges: groups.workers.processes 100 to 200.</p>')
  expect(html).toContain('<p>Safe with any of them: page tables 1.6 GiB to 3.2 GiB, ')
})

it('is not there where the file says nothing of it', async () => {
  expect(await page(scenario)).not.toContain('Growth, ranges and cases')
})
