import { describe, expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const file = 'scenarios/oracle-sga-300g.yaml'

async function rowsOf(...argv: readonly string[]): Promise<readonly Record<string, string>[]> {
  return rowsIn(argv, {})
}

async function rowsIn(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<readonly Record<string, string>[]> {
  const { stdout } = await answerTo(argv, files)
  const [head = [], ...rows] = stdout.split('\r\n').slice(0, -1).map(cellsOf)
  return rows.map((cells) =>
    Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])),
  )
}

/** These tables have no line feeds in cells. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

describe('csv of plan', () => {
  it('has a row for each strategy, with the figures of the JSON', async () => {
    const rows = await rowsOf(file, '-f', 'csv')
    const described = rows.find(({ strategy }) => strategy === 'as-described')
    // 880.9 GiB: the page tables of the case, in bytes as the golden result has them.
    const { stdout } = await answerTo([file, '-f', 'json'])
    const { strategies } = JSON.parse(stdout)
    expect(rows.map(({ strategy }) => strategy)).toEqual(
      strategies.map(({ id }: { id: string }) => id),
    )
    expect(described).toMatchObject({
      file,
      line: '1',
      verdict: 'none',
      'risk.level': 'oom',
      'pageTables.bytes': String(strategies[0].pageTables.bytes),
      'memory.headroomBytes': String(strategies[0].memory.headroomBytes),
    })
  })

  it('leaves the figures of a strategy empty that is not possible, and says why', async () => {
    const rows = await rowsOf(file, '-f', 'csv', '--set', 'host.layout=arm64-64k-48')
    const [refused] = rows.filter(({ applies }) => applies === 'false')
    expect(refused?.['pageTables.bytes']).toBe('')
    expect(refused?.['obstacles']).not.toBe('')
  })

  it('says what only the long form has', async () => {
    const [row] = await rowsOf(file, '-f', 'csv')
    expect(row?.['onlyInLong']).toMatch(/^findings \d+; advice \d+; .*assumptions 43/)
  })

  it('counts cases and values that grow among it', async () => {
    const grown = `extends: ${file}
cases: { failover: { groups.clients.processes: x2 } }
growth: { from: 2026-12-01, groups.clients.processes: +40 per month }
`
    const [row] = await rowsIn(['g.yaml', '-f', 'csv'], { 'g.yaml': grown })
    expect(row?.['onlyInLong']).toMatch(/; cases 1; growth 1$/)
  })
})

describe('csv of check', () => {
  it('has a row for each gate', async () => {
    const [row] = await rowsOf('check', file, '-f', 'csv', '--max-risk', 'tight')
    expect(row).toMatchObject({
      verdict: 'fail',
      metric: 'risk',
      limit: 'tight',
      actual: 'oom',
      margin: '-2',
      holds: 'false',
    })
  })
})

describe('csv-long', () => {
  it('has every value of the JSON', async () => {
    const rows = await rowsOf(file, '-f', 'csv-long')
    const { stdout } = await answerTo([file, '-f', 'json'])
    const numbers = rows.filter(({ unit }) => unit !== '').map(({ value }) => Number(value))
    expect(numbers).toEqual(numbersIn(JSON.parse(stdout)))
    expect(rows).toContainEqual(
      expect.objectContaining({ path: 'strategies.mshare.pageTables.onceBytes', unit: 'bytes' }),
    )
  })
})

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

it('writes csv-long where the name of a file ends in .long.csv', async () => {
  const { written } = await answerTo([file, '-o', 'r.csv', '-o', 'r.long.csv'])
  expect(written['r.csv']).toMatch(/^file,line,scenario,fingerprint,verdict/)
  expect(written['r.long.csv']).toMatch(/^file,line,scenario,path,value,unit\r\n/)
})

const ranged = `version: 1
name: =ranged()
host: { memory: 64 GiB }
regions: { pool: { size: 8 GiB } }
groups:
  =workers:
    processes: { from: 100, to: 3000 }
    private: { p50: 1 MiB, p95: 8 MiB }
    maps: [{ region: pool }]
`

describe('ranges', () => {
  it('have columns in csv: bounds, quantiles and chances of each strategy', async () => {
    const files = { 'r.yaml': ranged }
    const [rows, json] = await Promise.all([
      rowsIn(['r.yaml', '-f', 'csv'], files),
      answerTo(['r.yaml', '-f', 'json'], files),
    ])
    const { bounds, chances, inputs } = JSON.parse(json.stdout).ranges
    expect(inputs).toHaveLength(2)
    const row = rows.find(({ strategy }) => strategy === 'as-described')
    const [[bounded], [likely]] = [bounds.strategies, chances.strategies]
    expect(row).toMatchObject({
      scenario: "'=ranged()",
      strategy: bounded.id,
      'ranges.bounds.pageTables.leastBytes': `${bounded.pageTables.leastBytes}`,
      'ranges.bounds.headroom.mostBytes': `${bounded.headroom.mostBytes}`,
      'ranges.bounds.worst.risk': bounded.worst.risk,
      'ranges.chances.headroom.p5.bytes': `${likely.headroom.p5.bytes}`,
    })
    const levels = ['safe', 'tight', 'swapping', 'oom', 'no-start', 'unplanned']
    const fractions = levels.map((level) => Number(row?.[`ranges.chances.risks.${level}.fraction`]))
    expect(fractions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
    expect(row?.['onlyInLong']).toContain('ranges 2')
  })

  it('have empty columns where no value is a range', async () => {
    const [row] = await rowsOf(file, '-f', 'csv')
    expect(row?.['ranges.bounds.worst.risk']).toBe('')
    expect(row?.['ranges.chances.risks.safe.fraction']).toBe('')
    expect(row?.['onlyInLong']).not.toContain('ranges')
  })

  it('have every value in csv-long, those of an end in the unit of their input', async () => {
    const rows = await rowsIn(['r.yaml', '-f', 'csv-long'], { 'r.yaml': ranged })
    const at = rows.filter(({ path = '' }) =>
      path.startsWith('ranges.bounds.strategies.threads.worst.at.'),
    )
    expect(at.map(({ value, unit }) => [value, unit])).toEqual([
      ['3000', 'count'],
      ['1048576', 'bytes'],
    ])
    const [path] = rows.filter((row) => row['path'] === 'ranges.inputs.0.path')
    expect(path?.['value']).toBe('groups["=workers"].processes')
  })
})
