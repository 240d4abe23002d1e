import { describe, expect, it } from 'vitest'
import { printable } from '../../../src/units/printable.ts'
import { answerTo, shipped } from '../shipped.ts'
import { hostileNames, hostileScenario } from './hostile-scenario.ts'

const formats = ['csv', 'long.csv', 'md', 'xml', 'sarif', 'prom'] as const
const outputs = formats.flatMap((ending) => ['-o', `out.${ending}`])
const files = shipped.map((name) => `scenarios/${name}.yaml`)

describe('all formats of one run of all shipped scenarios', async () => {
  const { stdout, written } = await answerTo(['plan', ...files, '-f', 'json', ...outputs])
  const { numbers, texts } = valuesIn(JSON.parse(stdout))

  it('are written, and have every scenario', () => {
    for (const ending of formats) {
      const text = written[`out.${ending}`] ?? ''
      for (const file of files) expect(text.includes(file), `${ending} ${file}`).toBe(true)
    }
  })

  it('have no figure that the JSON has not: csv', () => {
    const [head, ...rows] = rowsOf(written['out.csv'])
    expect(rows.length).toBeGreaterThan(files.length)
    const index = head?.indexOf('risk.level') ?? 0
    for (const row of rows) {
      for (const cell of row.slice(index, -2)) {
        const words = cell.split(' ').every((word) => texts.has(word))
        expect(numbers.has(cell) || words || texts.has(cell.replace(/^'/, '')), cell).toBe(true)
      }
    }
  })

  it('have no figure that the JSON has not: openmetrics', () => {
    const samples = [...(written['out.prom'] ?? '').matchAll(/^mshare_plan_(\w+)\{(.*)\} (\S+)$/gm)]
    expect(samples.length).toBeGreaterThan(1000)
    const counted = new Set([
      'findings',
      'pass',
      'starts',
      'risk',
      'strategy_applies',
      'gate_holds',
    ])
    for (const [, metric = '', labels = '', value = ''] of samples) {
      if (!counted.has(metric)) expect(numbers.has(value), `${metric} ${value}`).toBe(true)
      for (const [, label = ''] of labels.matchAll(
        /(?:file|scenario|strategy|group)="((?:[^"\\]|\\.)*)"/g,
      )) {
        const text = label.replace(/\\(.)/g, '$1')
        expect(text === '' || texts.has(text) || /:\d+$/.test(text), label).toBe(true)
      }
    }
  })

  it('have no name that the JSON has not: csv-long, sarif', () => {
    const [, ...rows] = rowsOf(written['out.long.csv'])
    expect(rows.length).toBeGreaterThan(10_000)
    for (const [file = '', , scenario = ''] of rows) {
      expect(texts.has(file) && texts.has(scenario.replace(/^'/, ''))).toBe(true)
    }
    for (const [, name = ''] of (written['out.sarif'] ?? '').matchAll(
      /"logicalLocations": \[\s+\{\s+"name": "([^"]*)"/g,
    )) {
      expect(texts.has(name), name).toBe(true)
    }
  })

  it('are the same in a second run, and with threads', async () => {
    const again = await answerTo(['plan', ...files.slice(0, 6), '-f', 'json', ...outputs])
    const twice = await answerTo(['plan', ...files.slice(0, 6), '-f', 'json', ...outputs])
    expect(twice.written).toEqual(again.written)
  })
})

describe('the verdict and the status', () => {
  it.each([
    [['--max-risk', 'tight'], 1],
    [['--max-page-tables', '2000GiB'], 0],
    [[], 0],
  ] as const)('are the same in every format: %j', async (gates, expected) => {
    for (const format of [
      'table',
      'json',
      'csv',
      'csv-long',
      'markdown',
      'junit',
      'sarif',
      'github',
      'openmetrics',
    ]) {
      const words = ['plan', 'scenarios/oracle-sga-300g.yaml', '-f', format, ...gates]
      expect((await answerTo(words)).status, format).toBe(expected)
    }
  })
})

describe('hostile names', () => {
  it.each(hostileNames)('are harmless in every format: %j', async (name) => {
    const given = { 'x.yaml': hostileScenario(name) }
    const words = ['plan', 'x.yaml', '-f', 'github', ...outputs, '-o', 'out.json']
    const { stdout, written } = await answerTo(words, given)
    for (const text of [stdout, ...Object.values(written)]) {
      const plain = text.replaceAll('\r\n', '').replaceAll('\n', '')
      expect(plain.match(/[\p{Cc}\p{Bidi_Control}]/u)).toBeNull()
    }
    expect(
      stdout
        .split('\n')
        .filter(
          (line) =>
            line !== '' && !/^::(?:error|warning|notice) file=x[.]yaml,line=\d+[^:]*::/.test(line),
        ),
    ).toEqual([])
    expect(written['out.xml']).not.toMatch(/<script|]]>|<!--/)
    for (const row of rowsOf(written['out.csv'])) {
      for (const cell of row) expect(/^[=+@]|^-\D/.test(cell), cell).toBe(false)
    }
    expect(outsideCode(written['out.md'] ?? '')).not.toMatch(
      /<(?!\/?(?:details|summary|code)>)|@|]\(/,
    )
    expect(JSON.parse(written['out.json'] ?? '').scenario.name).toBe(name)
  })
})

/** Markdown without spans and blocks of code, and without what is escaped. */
function outsideCode(text: string): string {
  return text
    .replace(/^ *(`{3,})text$[\s\S]*?^ *\1$/gm, '')
    .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
    .replace(/<code>.*<\/code>/g, '')
    .replace(/\\[\\`*_[\]<>#~|&$@]/g, '')
}

/** The cells of a CSV; of ours none has a line feed in it. */
function rowsOf(text = ''): readonly (readonly string[])[] {
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
}

/** All numbers and texts of a result, as formats write them. */
function valuesIn(value: unknown) {
  const [numbers, texts] = [new Set(['', 'true', 'false']), new Set([''])]
  const collect = (one: unknown): void => {
    if (typeof one === 'number') numbers.add(`${one}`)
    if (typeof one === 'string') texts.add(printable(one))
    if (typeof one === 'object' && one !== null) Object.values(one).forEach(collect)
  }
  collect(value)
  return { numbers, texts }
}
