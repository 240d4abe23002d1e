import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const [before, after] = [
  'scenarios/oracle-sga-300g.yaml',
  'scenarios/oracle-sga-300g-huge-pages.yaml',
]

/** The words of a page, one line for each row of its tables. */
function rowsOf(html: string): readonly (readonly string[])[] {
  return [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell),
  )
}

it('has the tables of the Markdown, cell by cell, and its sentences', async () => {
  const html = await answerTo(['diff', before, after, '-f', 'html'])
  const markdown = await answerTo(['diff', before, after, '-f', 'markdown'])
  expect([html.status, html.stderr]).toEqual([0, ''])
  const expected = markdown.stdout
    .split('\n')
    .filter((line) => /^\|/.test(line) && !/^\| :-/.test(line))
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.replaceAll('`', '').replaceAll('"', '&quot;').trim()),
    )
  expect(
    rowsOf(html.stdout).map((row) => row.map((cell) => cell.replaceAll('"', '&quot;'))),
  ).toEqual(expected)
  expect(html.stdout).toContain('<p>Risk as described: oom → safe.</p>')
})

it('has no markup of a name, and no script', async () => {
  const named = `version: 1
name: '<script>a</script>'
host: { memory: 1 GB }
regions: { r: { size: 1 MB } }
groups: { g: { processes: 1, maps: [{ region: r }] } }
`
  const { stdout } = await answerTo(['diff', before, 'x.yaml', '-f', 'html'], { 'x.yaml': named })
  expect(stdout).toContain('&lt;script')
  expect(stdout).not.toContain('<script')
})
