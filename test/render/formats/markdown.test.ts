import { expect, it } from 'vitest'
import { resultBlocks } from '../../../src/render/formats/markdown.ts'
import { answerTo, resultOf } from '../../scenarios/shipped.ts'

it('says the verdict first, then the strategies, what to do and what was found', async () => {
  const blocks = resultBlocks(await resultOf('oracle-sga-300g'))
  const starts = blocks.map(({ lines }) => lines.find((line) => line !== '') ?? '')
  expect(starts).toEqual([
    '## `Oracle SGA of 300 GB, 1500 dedicated connections`',
    expect.stringMatching(/^\| Strategy \| Page tables/),
    '**What to do**',
    expect.stringMatching(/^2\. Or pool connections/),
    expect.stringMatching(/^3\. Or add memory/),
    expect.stringMatching(/^Not advised: transparent huge pages/),
    expect.stringMatching(/^Assumed: every process touches all it maps; /),
    '<details>',
    '<details>',
    '<details>',
    expect.stringMatching(/^Not on this page: 43 defaults/),
  ])
  expect(blocks[0]?.lines.join('\n')).toContain('OUT OF MEMORY: 677.8 GiB short.')
  expect(blocks[2]?.lines).toContain('   vm.nr_hugepages = 153600')
  expect(blocks[2]?.lines).toContain('   300 pages of 1 GiB do as well.')
})

it('shows an out-of-memory report as the screen has it', async () => {
  const { stdout } = await answerTo(['postmortem', 'scenarios/out-of-memory.log', '-f', 'json'])
  const [block, ...others] = resultBlocks(JSON.parse(stdout), 3)
  expect(others).toEqual([])
  expect(block?.lines.slice(1, 3)).toEqual(['', '```text'])
})

it('says what the lines of the advice need to be true, as the screen does', async () => {
  const scenario = `version: 1
name: buffers of a program of our own
host: { memory: 64 GB }
regions: { cache: { size: 20 GB, backing: sysv-shm } }
groups: { web: { processes: 900, private: 4 MB, maps: [{ region: cache }] } }
`
  const { stdout } = await answerTo(['own.yaml', '-f', 'markdown'], { 'own.yaml': scenario })
  expect(stdout).toContain(
    '   The program of `cache` must ask for huge pages itself (SHM\\_HUGETLB, ',
  )
  expect(stdout.match(/must ask for huge pages itself/g)).toHaveLength(1)
  expect(stdout).toMatch(
    /^Assumed: every process touches all it maps; .*\.\n\nWith half of each: /m,
  )
  // The script of Oracle is of no use to others.
  expect(stdout).not.toContain('hugepages\\_settings')
})

it('says of growth and ranges what the screen says', async () => {
  const scenario = `version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 8 GiB } }
groups: { workers: { processes: { from: 100, to: 200 }, maps: [{ region: pool }] } }
growth: { from: 2026-12-01, regions.pool.size: +1 GiB per month }
`
  const { stdout } = await answerTo(['what.yaml', '-f', 'markdown'], { 'what.yaml': scenario })
  expect(stdout).toMatch(/^Ranges: `groups\.workers\.processes` 100 to 200\.$/m)
  expect(stdout).toMatch(/^With `regions\.pool\.size` `\+1 GiB per month` from December 2026: /m)
})
