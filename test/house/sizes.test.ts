import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const code = execFileSync('git', ['ls-files', '-z', 'src', 'test'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => /[.](ts|mjs)$/.test(path))

describe('what a newcomer can survey', () => {
  it('was read', () => {
    expect(code.length).toBeGreaterThan(500)
  })

  it('has no folder of more than 20 modules', () => {
    const counts = new Map<string, number>()
    for (const path of code) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > 20)).toEqual([])
  })

  it('has no module of more than 300 lines in src', () => {
    const long = code
      .filter((path) => path.startsWith('src/'))
      .map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300)
    expect(long).toEqual([])
  })
})
