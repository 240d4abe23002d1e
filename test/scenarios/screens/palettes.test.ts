import { describe, expect, it } from 'vitest'
import { palettes, themes } from './palettes.ts'

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

it('contrast is as WCAG has it: black on white 21, the first grey that fails 4.48', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

describe.each(themes)('on a %s ground', (theme) => {
  const { ground, ...colors } = palettes[theme]

  it.each(Object.entries(colors))('%s can be read: %s', (_name, color) => {
    expect(color).toMatch(/^#[0-9a-f]{6}$/)
    expect(contrast(color, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('no two colours are the same', () => {
    expect(new Set(Object.values(colors)).size).toBe(7)
  })
})
