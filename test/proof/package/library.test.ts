import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  answerOf,
  complaintsOf,
  examples,
  writeExamples,
} from '../../scenarios/library/examples.ts'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-consumer-'))

beforeAll(() => {
  writeExamples(folder)
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  execFileSync('npm', pack, { cwd: root })
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${archive}`], {
    cwd: folder,
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the programs of the page on the library, where the package is installed', () => {
  it.each(['nodenext', 'bundler'] as const)('compile with the resolution of %s', (resolution) => {
    expect(complaintsOf(folder, resolution)).toBe('')
  })

  it('print what the page shows', () => {
    expect(examples().length).toBeGreaterThan(3)
    expect(examples().map((_, index) => answerOf(folder, index))).toEqual(
      examples().map(({ answer }) => answer),
    )
  })
})
