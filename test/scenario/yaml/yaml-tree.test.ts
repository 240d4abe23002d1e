import { expect, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { minimal, variant } from '../reading.ts'

test('of a very long line so much is repeated that the place is in it', () => {
  const far = `${minimal}gates: {${' '.repeat(5000)}risk: none }\n`
  const reading = readScenario(far, 'f')
  const [issue] = reading.ok ? [] : reading.issues
  expect(issue?.sourceLine?.slice((issue?.column ?? 0) - 1)).toBe('none }')
  const farther = readScenario(`${minimal}gates: {${' '.repeat(50_000)}risk: none }\n`, 'f')
  expect(farther.ok ? [] : farther.issues).toMatchObject([{ line: 12, column: 50_015 }])
  expect(farther.ok || farther.issues[0]?.sourceLine).toBeUndefined()
})

test('an issue carries its source line, the path and what was expected', () => {
  const reading = readScenario(variant(['posix-shm', 'posix']).replace(/\n/g, '\r\n'), 'a/b.yaml')
  expect(reading.ok ? [] : reading.issues).toMatchObject([
    {
      file: 'a/b.yaml',
      line: 6,
      column: 33,
      sourceLine: '  sga: { size: 300 GB, backing: posix }',
      path: 'regions.sga.backing',
      expected: expect.stringContaining('`sysv-shm`'),
    },
  ])
})
