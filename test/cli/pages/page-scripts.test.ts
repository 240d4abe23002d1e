import { expect, it } from 'vitest'
import { partsFor } from '../../../src/cli/pages/page-scripts.ts'
import type { PlainData } from '../../../src/scenario/yaml/plain-data.ts'

function parts(...scenarios: readonly PlainData[]): readonly string[] {
  return partsFor(
    scenarios.map((data) => ({
      name: 'server',
      isNamedByFile: true,
      data,
      settings: [],
      context: {},
    })),
  )
}

it('a page takes along those parts of the program that its scenarios use', () => {
  const plain = { version: 1, measured: { processes: 3 } }
  const changing = { version: 1, timeline: [{ start: { clients: 1 } }] }
  const killed = { version: 1, measured: { outOfMemory: { report: 1 } } }
  const always = ['base', 'model', 'limiting', 'screen', 'report', 'page']
  expect(parts(plain)).toEqual(always)
  expect(parts(plain, changing)).toEqual(['steps', 'stepspart', ...always])
  expect(parts(killed, changing, killed)).toEqual([
    'oom',
    'oomscreen',
    'steps',
    'stepspart',
    ...always,
  ])
})
