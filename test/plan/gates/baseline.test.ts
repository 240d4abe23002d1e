import { describe, expect, it } from 'vitest'
import { baselineFor } from '../../../src/plan/gates/baseline.ts'

const pool = { missingPages: 0 }
const commit = { mode: 'always', granted: true } as const

function earlier(name: string, file: string, bytes: number) {
  const numbers = {
    pageTables: { bytes },
    memory: { headroomBytes: 0, pools: [pool], commit },
    risk: { level: 'tight' as const },
  }
  return {
    scenario: { name, file },
    strategies: [
      { id: 'as-described', applies: true as const, ...numbers },
      { id: 'mshare', applies: false as const },
    ],
  }
}

describe('a scenario is compared with', () => {
  const results = [earlier('db', 'a.yaml', 1), earlier('db', 'b.yaml', 2), earlier('web', '-', 3)]

  it.each([
    ['the result of its file, whatever other has its name', 'db', 'b.yaml', 2],
    ['the only result of its name, where none has its file', 'web', 'c.yaml', 3],
    ['the only result of its name, where both were standard input', 'web', '-', 3],
  ])('%s', (_, name, file, pageTableBytes) => {
    const found = baselineFor({ name, file }, 'as-described', results)
    expect(found).toEqual({ pageTableBytes, risk: 'tight' })
  })

  it.each([
    ['several have its name and none its file', 'db', 'c.yaml', 'as-described'],
    ['none has its name or file', 'new', 'c.yaml', 'as-described'],
    ['the strategy could not be planned', 'web', 'c.yaml', 'mshare'],
    ['the strategy is not in the result', 'web', 'c.yaml', 'threads'],
  ])('nothing where %s', (_, name, file, strategy) => {
    expect(baselineFor({ name, file }, strategy, results)).toEqual({})
  })
})
