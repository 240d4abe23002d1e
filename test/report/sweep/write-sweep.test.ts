import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { SweepResult } from '../../../src/plan/result/what-if/sweep-result.ts'
import { metricWords } from '../../../src/render/words/what-if/sweep-words.ts'
import { answerTo } from '../../scenarios/shipped.ts'

const lkml = 'scenarios/oracle-sga-300g.yaml'
const clients = 'groups.clients.processes'
const twoAxes = ['--vary', `${clients}=100..400:100`, '--vary', 'host.memory=256 GB,512 GB']

async function answer(format: string, words: readonly string[], files = {}): Promise<string> {
  const { stdout, status, stderr } = await answerTo(['sweep', ...words, '-f', format], files)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

it('has every point of a sweep over two values, each with the figures of the JSON', async () => {
  const html = await answer('html', [lkml, ...twoAxes])
  const json = JSON.parse(await answer('json', [lkml, ...twoAxes])) as SweepResult
  const cells = [...html.matchAll(/<td class="(\w+)[^"]*"><strong>(\w+)<\/strong><br>(.*?)<\/td>/g)]
  expect(cells).toHaveLength(8)
  expect(cells.map(([, , risk]) => risk)).toEqual(json.points.map(({ risk }) => risk))
  expect(cells.map(([, level]) => level)).toEqual(json.points.map(({ risk }) => risk))
  expect(cells.map(([, , , lines = '']) => lines.split('<br>').slice(0, 2))).toEqual(
    json.points.map(({ values }) =>
      values.map((value, index) => metricWords(json.metrics[index] ?? '', value)),
    ),
  )
})

it('says where the risk changes in the words of the screen', async () => {
  const html = await answer('html', [lkml, ...twoAxes])
  const screen = await answer('table', [lkml, ...twoAxes])
  const line = 'host.memory=512 GiB: safe to 270, tight from 271, oom from 358'
  expect(screen).toContain(line)
  expect(html).toContain(`<li>${line}</li>`)
  expect(html).toContain('<em>tight from 271</em>')
})

it('shows one value as a picture with its turns, and as a table', async () => {
  const html = await answer('html', [lkml, '--vary', `${clients}=100..1500:100`])
  expect(html).toContain('aria-label="Memory in use, by groups.clients.processes. tight from 271.')
  expect(html.match(/<th scope="row">/g)).toHaveLength(15)
  expect(html).toContain('<td><span class="risk oom">oom</span></td>')
})

it('says how many points are left out, and where all of them are', async () => {
  const html = await answer('html', [lkml, '--vary', `${clients}=1..2000:1`, '--no-chart'])
  expect(html).toContain('of 2,000 points are shown; all of them: --format csv')
  expect(html.match(/<th scope="row">/g)?.length).toBeLessThanOrEqual(102)
})

it('says why a point has no plan, and that mshare is proposed', async () => {
  const html = await answer('html', [
    ...[lkml, '--strategy', 'mshare', '--vary', 'regions.sga.backing=sysv-shm,posix-shm'],
  ])
  expect(html).toContain('No plan where marked -: not possible: ')
  expect(html).toContain('mshare is ')
})

it('has no script, and allows nothing but its own style', async () => {
  const name = '</title><script>alert(1)</script>'
  const text = JSON.stringify({
    ...{ version: 1, name },
    host: { memory: '8 GiB', cgroups: { '<i>': { limit: '1 GiB' }, b: { limit: '2 GiB' } } },
    groups: { g: { processes: 1 } },
  })
  const words = [
    'n.json',
    '--vary',
    'groups.g.processes=1,2,3',
    '--vary',
    'groups.g.cgroup="<i>",b',
  ]
  const html = await answer('html', words, { 'n.json': text })
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  expect(html).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  )
  expect(html).not.toMatch(/<script|<i>|https?:|(?![\n\t])\p{Cc}| style="/u)
  expect(html).toContain('&lt;/title&gt;&lt;script&gt;')
  expect(html).toContain('<th scope="col">Mark</th><th scope="col">groups.g.cgroup</th>')
})
