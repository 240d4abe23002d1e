import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schemaAddress } from '../../src/scenario/schema/schema-address.ts'
import { expectScreen } from './expect-screen.ts'
import { answerTo, resultOf, shipped, textOf } from './shipped.ts'

/*
 * The whole result of every shipped scenario, as JSON, as one screen of 80 columns, and with all details.
 * `UPDATE_GOLDEN=1 npx vitest run --project scenarios` writes them anew, never under CI. A number
 * that moves is listed in CHANGELOG.md under "Numbers that moved", in the same commit.
 */
const { UPDATE_GOLDEN, CI } = process.env
const rewrite = UPDATE_GOLDEN === '1' && !CI
const folder = join(import.meta.dirname, 'golden')
const golden = [
  { what: 'JSON', flags: ['--format', 'json'], extension: 'json' },
  { what: 'screen', flags: [], extension: 'txt' },
  { what: 'details', flags: ['--details'], extension: 'details.txt' },
] as const

it('scenarios are shipped', () => {
  expect(shipped.length).toBeGreaterThanOrEqual(18)
})

describe.each(shipped)('%s', (name) => {
  it('says first where its schema is, then what question it answers', () => {
    const [schema, blank, question = ''] = textOf(name).split('\n')
    expect(schema).toBe(`# yaml-language-server: $schema=${schemaAddress}`)
    expect(blank).toBe('#')
    expect(question).toMatch(/^# [A-Z0-9]/)
    expect(commentOf(name)).toContain('?')
  })

  it.each(golden)('gives the $what that was reviewed', async ({ flags, extension }) => {
    const argv = [`scenarios/${name}.yaml`, ...flags]
    const { stdout, stderr, status } = await answerTo(argv)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const found = withoutVersion(stdout)
    const path = join(folder, `${name}.${extension}`)
    if (rewrite) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path, found)
    }
    expect(existsSync(path), `${path} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true)
    expect(found).toBe(readFileSync(path, 'utf8'))
  })

  it('has details that fit 80 columns, all but lines to paste', async () => {
    const { stdout } = await answerTo([`scenarios/${name}.yaml`, '--details'])
    const { advice } = await resultOf(name)
    const pasted = new Set(advice.flatMap(({ settings }) => settings.flatMap(({ lines }) => lines)))
    const lines = stdout.split('\n')
    expect(lines.length).toBeGreaterThan(60)
    const wide = lines.filter((line) => [...line].length > 80)
    expect(wide.filter((line) => !pasted.has(line.trim()))).toEqual([])
  })

  it('has a screen that decides: few lines, and a verdict', async () => {
    const { stdout } = await answerTo([`scenarios/${name}.yaml`])
    expectScreen(stdout, await resultOf(name))
  })
})

it('no golden is left of a scenario that is gone', () => {
  const expected = shipped.flatMap((name) => golden.map(({ extension }) => `${name}.${extension}`))
  const stale = readdirSync(folder).filter((file) => !expected.includes(file))
  if (rewrite) for (const file of stale) rmSync(join(folder, file))
  else expect(stale).toEqual([])
})

/** The comment that a scenario opens with. */
function commentOf(name: string): string {
  return textOf(name)
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('#'))
    .join('\n')
}

/** A new version of the program is no new result. */
function withoutVersion(text: string): string {
  return text
    .replace(/("name": ?"mshare-plan",\s*"version": ?)"[^"]*"/, '$1"0.0.0"')
    .replace(/^mshare-plan \d\S*$/m, 'mshare-plan 0.0.0')
}
