import { describe, expect, it } from 'vitest'
import { changedValue } from '../../../../src/scenario/resolve/cases/changed-value.ts'

describe('a value of a case', () => {
  it.each([
    [1500, 'x2', 3000],
    [25, 'x1.5', 38],
    [3, '×0.1', 1],
    [1500, '+40', 1540],
    [1500, '+10%', 1650],
    [25, '+10%', 28],
    ['300 GB', 'x2', '600 GiB'],
    ['1 GiB', '+1 MiB', '1025 MiB'],
    ['1000 pages', 'x3', '3000 pages'],
    ['1000 pages', '+24 pages', '1024 pages'],
    ['40%', 'x1.5', '60%'],
    ['40%', '+10%', '50%'],
    ['12.5%', '+0.25%', '12.75%'],
  ])('%s and %s come to %s', (present, written, value) => {
    expect(changedValue(written, present)).toEqual({ value, change: written })
  })

  it.each([
    [1500, 2000],
    ['300 GB', '1 TiB'],
    ['oracle', 'x2'],
    [1500, 'xx2'],
    [1500, '2x'],
    [-500, -400],
    [1500, null],
    [1500, true],
  ])('in place of %s, %s is itself', (present, written) => {
    expect(changedValue(written, present)).toEqual({ value: written })
  })

  it.each([
    [undefined, 'x2', '`x2` changes a number, and the scenario has none at this path'],
    [null, '+40', '`+40` changes a number, and the scenario has none at this path'],
    [[1], 'x2', '`x2` changes a number, and the scenario has none at this path'],
    ['1 GiB', '+40', '`+40` cannot be added to `1 GiB`'],
    ['10 pages', '+1 GiB', '`+1 GiB` cannot be added to `10 pages`'],
    [1500, '+1 GiB', '`+1 GiB` cannot be added to `1500`'],
  ])('of %s, %s cannot be made', (present, written, message) => {
    expect(changedValue(written, present)).toMatchObject({ flaw: { message } })
  })

  it.each([
    { from: 1, to: 2 },
    { p95: 2, p50: 1 },
  ])('%j is no value of a case', (written) => {
    expect(changedValue(written, 1500)).toMatchObject({
      flaw: { message: 'a case cannot have a range' },
    })
  })

  it.each([
    [1500, 'x1e300'],
    [1500, 'x1000000000000'],
    [1500, 'x-1'],
    [1500, '+1e300'],
    [1500, '+99999999999999999999999'],
    ['1 GiB', '+1e300 GiB'],
    ['40%', 'x1.0000001'],
  ])('of %s is %s, which is no change and no value', (present, written) => {
    expect(changedValue(written, present)).toMatchObject({
      flaw: { message: `\`${written}\` does not say how the value changes` },
    })
  })

  it('is a value where nothing can change', () => {
    expect(changedValue('x1e300', 'x9')).toEqual({ value: 'x1e300' })
    expect(changedValue('+40 per month', undefined)).toEqual({ value: '+40 per month' })
  })

  it('may be a mapping with one such key, which is a name', () => {
    expect(changedValue({ to: '1 GiB' }, undefined)).toEqual({ value: { to: '1 GiB' } })
  })

  it('may be past 2^53, where it is refused as any other that is too large', () => {
    // 2^52 B times 3.
    expect(changedValue('x3', '4 PiB')).toMatchObject({ value: '13510798882111488 B' })
  })
})
