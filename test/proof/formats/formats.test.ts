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
