import { describe, expect, test } from 'vitest'
import { minimal, places, read } from '../reading.ts'

const gates = (text: string) => `${minimal}gates: ${text}\n`

test('gates are sizes or shares of memory', () => {
  const gates = 'gates: { risk: tight, headroom: 10%, pageTables: 8 GB, strategy: mshare }\n'
  expect(read(minimal + gates).workload.gates).toEqual({
    risk: 'tight',
    headroom: { kind: 'fraction', fraction: 0.1 },
    pageTables: { kind: 'bytes', bytes: 8_589_934_592 },
    strategy: 'mshare',
  })
})

describe('gates on findings and growth', () => {
  test('are a severity, and one limit or several', () => {
    expect(read(gates('{ findings: warning, growth: 5% }')).workload.gates).toEqual({
      findings: 'warning',
      growth: [{ kind: 'fraction', fraction: 0.05 }],
      strategy: 'as-described',
    })
    expect(read(gates('{ growth: [5%, 2 GiB] }')).workload.gates.growth).toEqual([
      { kind: 'fraction', fraction: 0.05 },
      { kind: 'bytes', bytes: 2 ** 31 },
    ])
  })

  test.each([
    ['an unknown severity', '{ findings: fatal }', '12:20 unknown findings `fatal`'],
    ['growth without unit', '{ growth: 5 }', '12:18 sizes need a unit: `5` has none'],
    ['one of several', '{ growth: [5%, x] }', '12:23 `x` is not a size'],
    ['no limit', '{ growth: [] }', '12:18 the list is empty'],
    ['a mapping', '{ growth: { most: 5% } }', '12:18 `growth` is not a list'],
    ['more than all', '{ growth: 500% }', '12:18 `500%` is not a percentage'],
  ])('with %s are wrong at their place', (_, text, expected) => {
    expect(places(gates(text))).toEqual([expected])
  })
})
