import { expect, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

function issuesOf(text: string, value?: string) {
  const overrides = value === undefined ? [] : [{ path: 'host.reserve', value }]
  const reading = readScenario(text, 'a.yaml', overrides)
  return reading.ok
    ? []
    : reading.issues.map(({ line, column, message }) => ({ line, column, message }))
}

const plain = 'version: 1\nhost: { memory: 64 GB }\ngroups: { from: { processes: 1 } }\n'

test('where every value has to be known, a range is refused at its place', () => {
  expect(issuesOf(plain.replace('64 GB', '{ from: 64 GB, to: 128 GB }'))).toEqual([
    {
      line: 2,
      column: 17,
      message: '`host.memory` is a range, which only plan, check, explain and report can take',
    },
  ])
})

test('a reserve from and a reserve to are a range in every command', () => {
  expect(issuesOf(plain, '{ from: 1 GB, to: 2 GB }')[0]?.message).toContain('is a range')
  expect(issuesOf(plain, '{ from: 1 GB, agents: 2 GB }')).toEqual([])
})

test('a group that is called from is no range', () => {
  expect(issuesOf(plain)).toEqual([])
})

test('a kernel cannot be a range', () => {
  const text = plain.replace('64 GB', '64 GB, kernel: { from: 5.4, to: 6.1 }')
  expect(issuesOf(text)[0]?.message).toBe('`kernel` cannot be a range')
})
