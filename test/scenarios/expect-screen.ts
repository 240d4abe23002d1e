import { expect } from 'vitest'
import type { Result } from '../../src/plan/result/result.ts'

/** The screen of SCREEN: lines that a terminal of 80 columns shows at once, and words for people. */
export function expectScreen(screen: string, result: Result): void {
  const { strategies, findings } = result
  expectLines(screen, result)
  expect(screen).toMatch(/^(CANNOT START|OUT OF MEMORY|SWAPS|TIGHT|SAFE|NOT PLANNED)/m)
  const table = /^ +Page tables .*$/m.exec(screen)?.index ?? screen.indexOf(':')
  // Below the name of the server and of its file.
  const words = screen.slice(screen.indexOf('\n\n'), table)
  for (const { id } of findings) expect(screen).not.toContain(id)
  for (const { id } of strategies) {
    if (id.includes('-') && id !== 'as-described') expect(words).not.toContain(id)
  }
  expect(words).not.toMatch(/\boom\b/)
}

/** 40 lines, 48 with several regions or gates. */
export function expectLines(screen: string, { strategies, gates }: Result): void {
  const regions = strategies.flatMap((one) => (one.applies ? [one.regions.length] : []))
  const most = Math.max(0, ...regions) > 1 || gates.length > 1 ? 48 : 40
  expect(screen.trimEnd().split('\n').length).toBeLessThanOrEqual(most)
}
