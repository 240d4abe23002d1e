import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../../src/render/text/width.ts'
import { root } from '../shipped.ts'
import { fileOf, outputOf, pageOf, picturesOf, screens } from './screens.ts'

/*
 * Screens of the program as pictures, and the page that shows them.
 * `UPDATE_GOLDEN=1 npx vitest run --project scenarios` draws them anew, never under CI.
 */
const { UPDATE_GOLDEN, CI } = process.env
const rewrite = UPDATE_GOLDEN === '1' && !CI
const folder = join(root, 'docs/screens')
const page = join(folder, 'README.md')

describe.each(screens)('the screen $name', (screen) => {
  it('is drawn as the program prints it', async () => {
    const pictures = Object.entries(await picturesOf(screen))
    expect(pictures.length).toBeGreaterThanOrEqual(2)
    for (const [name, picture] of pictures) {
      const path = join(folder, name)
      if (rewrite) {
        mkdirSync(folder, { recursive: true })
        writeFileSync(path, picture)
      }
      expect(existsSync(path), `${path} is missing: npm run update draws it`).toBe(true)
      expect(readFileSync(path, 'utf8')).toBe(picture)
    }
  })

  it.each(screen.widths)('can be read back from the picture of %i columns', async (columns) => {
    const output = await outputOf(screen, columns)
    const picture = readFileSync(join(folder, fileOf(screen, columns, 'dark')), 'utf8')
    expect(readPicture(picture)).toEqual([`$ ${screen.command}`, ...plainLines(output)])
  })
})

it('the page shows every picture, and no other', () => {
  const text = pageOf(screens)
  if (rewrite) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
  const shown = [...text.matchAll(/"([^"]+[.]svg)"/g)].map(([, name = '']) => name)
  expect(shown.length).toBeGreaterThan(10)
  const stale = pictures().filter((name) => !shown.includes(name))
  if (rewrite) for (const name of stale) rmSync(join(folder, name))
  expect(pictures().toSorted()).toEqual(shown.toSorted())
})

it('pictures take less than 400 KB', () => {
  const sizes = pictures().map((name) => readFileSync(join(folder, name)).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000)
})

function pictures(): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.svg'))
}

function plainLines(output: string): readonly string[] {
  const escapeSign = '\x1b'
  return output
    .replace(/\n$/, '')
    .replaceAll(new RegExp(`${escapeSign}\\[[0-9;]*m`, 'g'), '')
    .split('\n')
    .map((line) => line.trimEnd())
}

/** The lines that somebody sees: each text of a picture, put at its place by its coordinates alone. */
function readPicture(svg: string): readonly string[] {
  const [, height = ''] = /viewBox="0 0 \d+ (\d+)"/.exec(svg) ?? []
  const lines: string[] = Array.from({ length: (Number(height) - 24) / 13 }, () => '')
  for (const [, x, y, length, text = ''] of svg.matchAll(
    /<text x="(\d+)" y="(\d+)" textLength="(\d+)"(?: class="[a-z ]+")?>(.*)<\/text>/g,
  )) {
    const [row, column] = [(Number(y) - 22) / 13, (Number(x) - 12) / 6]
    const before = lines[row] ?? ''
    const shown = unescaped(text)
    expect(displayWidth(shown) * 6).toBe(Number(length))
    expect(column).toBeGreaterThanOrEqual(displayWidth(before))
    lines[row] = before + ' '.repeat(column - displayWidth(before)) + shown
  }
  return lines
}

function unescaped(text: string): string {
  const signs = { lt: '<', gt: '>', quot: '"', amp: '&' } as const
  return text.replaceAll(/&(lt|gt|quot|amp);/g, (_all, name: keyof typeof signs) => signs[name])
}
