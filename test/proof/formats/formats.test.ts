import { expect, test } from 'vitest'
import { printable } from '../../../src/units/printable.ts'
import { hostileNames, hostileScenario } from '../../scenarios/formats/hostile-scenario.ts'
import { answerTo, shipped } from '../../scenarios/shipped.ts'
import { readCsv, readMetrics, readSuites, renderMarkdown, sarifFaults } from './readers.mjs'

/** Each format of all shipped scenarios and of hostile ones. */
const hostile = Object.fromEntries(
  hostileNames.map((name, index) => [`h${index}.yaml`, hostileScenario(name)]),
)
const files = [...Object.keys(hostile), ...shipped.map((name) => `scenarios/${name}.yaml`)]
const endings = ['csv', 'long.csv', 'xml', 'sarif', 'prom', 'json']
const outputs = endings.flatMap((ending) => ['-o', `out.${ending}`])
const { written } = await answerTo(['plan', ...files, ...outputs], hostile)
const { results } = JSON.parse(written['out.json'] ?? '')
const names: readonly string[] = results.map(
  ({ scenario }: { readonly scenario: { readonly name: string } }) => printable(scenario.name),
)

test('csv-parse reads the tables, and finds the names', () => {
  for (const ending of ['csv', 'long.csv']) {
    const rows = readCsv(written[`out.${ending}`] ?? '')
    const found = new Set(rows.map(({ scenario = '' }) => scenario.replace(/^'/, '')))
    expect(found).toEqual(new Set(names))
  }
})

test('csv-parse reads what ranges come to, whatever their names begin with', async () => {
  const scenario = {
    ...{ version: 1, name: '@SUM(1)\t', host: { memory: '64 GiB' } },
    groups: { '=g': { processes: { from: 10, to: 20 }, private: { p50: '1 MiB', p95: '2 MiB' } } },
  }
  const { written } = await answerTo(
    ['plan', 'r.json', '-o', 'r.csv', '-o', 'r.long.csv', '-o', 'out.json'],
    { 'r.json': JSON.stringify(scenario) },
  )
  const { ranges } = JSON.parse(written['out.json'] ?? '')
  const [row] = readCsv(written['r.csv'] ?? '')
  const [bounded] = ranges.bounds.strategies
  expect(row).toMatchObject({
    'ranges.bounds.pageTables.mostBytes': `${bounded.pageTables.mostBytes}`,
    'ranges.chances.risks.safe.fraction': '1',
  })
  const long = readCsv(written['r.long.csv'] ?? '')
  const values = new Map(long.map(({ path = '', value = '' }) => [path, value]))
  expect(values.get('ranges.inputs.0.to')).toBe('20')
  for (const each of [row, ...long]) {
    for (const cell of Object.values(each ?? {})) expect(cell).not.toMatch(/^[=+@\t]|^-(?!\d)/)
  }
})

test('an XML reader finds a suite for each scenario, with its name', () => {
  expect(readSuites(written['out.xml'] ?? '').map(({ name }) => name)).toEqual(names)
})

test('the schema of SARIF 2.1.0 accepts the log, and no other version', () => {
  const faultsOf = sarifFaults()
  const log = JSON.parse(written['out.sarif'] ?? '')
  expect(faultsOf(log)).toBe('')
  expect(log.runs[0].results.length).toBeGreaterThan(100)
  expect(faultsOf({ ...log, version: '9' })).not.toBe('')
})

test('a parser of Prometheus reads the metrics, each series once', () => {
  const families = readMetrics(written['out.prom'] ?? '')
  const series = families.flatMap(({ name, metrics }) =>
    metrics.map(({ labels }) => `${name}${JSON.stringify(labels)}`),
  )
  expect(new Set(series).size).toBe(series.length)
  const found = families.flatMap(({ metrics }) => metrics.map(({ labels }) => labels?.['scenario']))
  expect(new Set(found.filter((name) => name !== undefined)).size).toBe(new Set(names).size)
})

test('a renderer of Markdown makes no tag, link or picture of a name', async () => {
  for (const file of Object.keys(hostile)) {
    const { stdout } = await answerTo(['plan', file, '-f', 'markdown'], hostile)
    const html = await renderMarkdown(stdout)
    const tags = new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag = '']) => tag))
    for (const tag of ['script', 'a', 'img', 'b']) expect(tags.has(tag), tag).toBe(false)
    expect(tags.has('table') && tags.has('code')).toBe(true)
  }
})
