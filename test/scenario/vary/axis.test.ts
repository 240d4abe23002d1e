import { describe, expect, it } from 'vitest'
import type { Axis } from '../../../src/scenario/vary/axis.ts'
import { readAxis } from '../../../src/scenario/vary/axis.ts'
import { numberAt, textOfTick } from '../../../src/units/ticks.ts'

function axisOf(text: string): Axis {
  const reading = readAxis('path', text)
  if (!reading.ok) throw new Error(reading.flaw.message)
  return reading.axis
}

/** All values as a scenario would have them. */
function textsOf(text: string): readonly string[] {
  const axis = axisOf(text)
  const places = Array.from({ length: axis.length }, (_, index) => index)
  return places.map((index) =>
    axis.kind === 'texts' ? axis.textAt(index) : textOfTick(axis.unit, axis.tickAt(index)),
  )
}

describe('a range', () => {
  it.each([
    ['100..400:100', ['100', '200', '300', '400']],
    ['100..350:100', ['100', '200', '300']],
    ['7..7:1', ['7']],
    ['-2..2:2', ['-2', '0', '2']],
    ['1 GiB..2 GiB:512MB', ['1 GiB', '1536 MiB', '2 GiB']],
    ['1.5GiB..2.5GiB:1GiB', ['1536 MiB', '2560 MiB']],
    ['1e3..1E5:x10', ['1000', '10000', '100000']],
    ['1.5e3..2.5e3:1e3', ['1500', '2500']],
    ['64GB..256GB:x2', ['64 GiB', '128 GiB', '256 GiB']],
    ['100..1000:x3', ['100', '300', '900']],
    ['10%..20%:5%', ['10%', '15%', '20%']],
    ['0.5%..1%:0.25%', ['0.5%', '0.75%', '1%']],
    ['10 pages..30 pages:10 pages', ['10 pages', '20 pages', '30 pages']],
  ])('%s has its values', (text, values) => {
    expect(textsOf(text)).toEqual(values)
  })

  it('of ten million values is a rule, not a list', () => {
    const axis = axisOf('1..10000000:1')
    expect(axis).toMatchObject({ kind: 'numbers', length: 10_000_000, rises: true })
    expect(axis.kind === 'numbers' && axis.tickAt(9_999_999)).toBe(10_000_000)
  })

  it.each([
    ['100..3000', 'no step'],
    ['3000..100:100', 'ends below its beginning'],
    ['100..3000:0', 'no step of this range'],
    ['100..3000:1GB', 'no step of this range'],
    ['1GB..3000:1GB', 'different units'],
    ['0..100:x2', 'never reaches the end'],
    ['1..100:x1', 'never reaches the end'],
    ['1..20000000:1', 'more than 10 million values'],
  ])('%s is refused: %s', (text, message) => {
    expect(readAxis('path', text)).toMatchObject({
      ok: false,
      flaw: { message: expect.stringContaining(message), expected: expect.stringMatching(/./) },
    })
  })
})

describe('a list', () => {
  it.each([
    ['a,b , c', ['a', 'b', 'c']],
    ['100,300,200', ['100', '300', '200']],
    ['4KiB,2MB', ['4 KiB', '2 MiB']],
    ['all,{ first: 10%, x: 1 },"a,b"', ['all', '{ first: 10%, x: 1 }', '"a,b"']],
    ['1 GB', ['1 GiB']],
    // A mode, of which the zero is a part, and releases, which are no numbers.
    ['0660,0600', ['0660', '0600']],
    ['6.1,6.10', ['6.1', '6.10']],
  ])('%s has its values', (text, values) => {
    expect(textsOf(text)).toEqual(values)
  })

  it('rises where each number is more than the one before', () => {
    expect(axisOf('1,2,5')).toMatchObject({ kind: 'numbers', rises: true })
    expect(axisOf('1,5,2')).toMatchObject({ kind: 'numbers', rises: false })
    expect(axisOf('1,1')).toMatchObject({ kind: 'numbers', rises: false })
  })

  it('whose ends are too large, or no numbers, is no word either', () => {
    const flawOf = (text: string) => {
      const reading = readAxis('path', text)
      return reading.ok ? undefined : reading.flaw.message
    }
    expect(flawOf('100..1e300:1e299')).toBe('`1e300` cannot be an end of a range')
    expect(flawOf('1x..20:2')).toBe('`1x` cannot be an end of a range')
    expect(flawOf('1..99999999999999999999999:x2')).toContain('cannot be an end')
  })

  it('with an empty value is refused', () => {
    expect(readAxis('path', 'a,,b')).toMatchObject({
      ok: false,
      flaw: { message: 'value 2 of the list is empty' },
    })
  })
})

it('tells a percentage in percent, and any other number as it is', () => {
  expect(numberAt('percent', 125_000)).toBe(12.5)
  expect(numberAt('bytes', 4096)).toBe(4096)
})
