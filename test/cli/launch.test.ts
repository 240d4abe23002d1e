import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { launch } from '../../src/cli/launch.ts'

const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-launch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const before = process.exitCode
afterEach(() => {
  process.exitCode = before
  process.removeAllListeners('beforeExit')
})

function bundleOf(main: string): string {
  const path = join(folder, 'program.cjs')
  writeFileSync(path, `exports.program = { main: ${main}, nodeWorld: () => ({}) }`)
  return path
}

describe('the launcher', () => {
  it('fails until the program has said how it went', async () => {
    void launch(bundleOf('() => new Promise(() => {})'))
    await Promise.resolve()
    expect(process.exitCode).toBe(70)
    expect(process.listenerCount('beforeExit')).toBe(1)
  })

  it.each([0, 1, 2, 3, 70])('ends with the status of the program: %s', async (status) => {
    await launch(bundleOf(`async () => ${status}`))
    expect(process.exitCode).toBe(status)
    expect(process.listenerCount('beforeExit')).toBe(0)
  })
})
