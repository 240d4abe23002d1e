import { describe, expect, it } from 'vitest'
import { flawOfItem, parsePath } from '../../../src/scenario/yaml/parse-path.ts'

const stepsOf = (text: string) => parsePath(text)?.map(({ step }) => step)

it('reads keys, positions of lists and names in quotes', () => {
  expect(stepsOf('groups.clients.maps[0].touched')).toEqual([
    'groups',
    'clients',
    'maps',
    0,
    'touched',
  ])
  expect(stepsOf('groups["python3.11"].processes')).toEqual(['groups', 'python3.11', 'processes'])
})

it('knows where each step begins', () => {
  expect(parsePath('a.bc[0]')?.map(({ offset }) => offset)).toEqual([0, 2, 4])
})

it.each(['', 'a..b', 'a[', 'a["x'])('reads nothing from %j', (text) => {
  expect(parsePath(text)).toBeUndefined()
})

describe('an item of a list', () => {
  const flaw = (written: string, depth: number, length: number) =>
    flawOfItem(
      (parsePath(written) ?? []).map(({ step }) => step),
      depth,
      length,
    )

  it.each([
    ['a.maps[0].touched', 1],
    ['a.maps[1]', 1],
    ['a.maps[1].region', 1],
    ['timeline[0].start.clients', 0],
  ])('may be one of them, or one that is added whole: %s of %i', (written, length) => {
    const depth = written.startsWith('a') ? 2 : 1
    expect(flaw(written, depth, length)).toBeUndefined()
  })

  it('behind the next one is none', () => {
    expect(flaw('a.b[3].c', 2, 2)).toEqual({
      message: '`a.b` has 2 items',
      expected: 'a position from 0 to 2 (2 appends an item)',
    })
  })

  it.each([
    [2, '`a.maps` has 2 items', 'a position from 0 to 1'],
    [1, '`a.maps` has 1 item', 'position 0'],
    [0, '`a.maps` has 0 items', undefined],
  ])('that is no mapping yet has no part: %i', (length, message, expected) => {
    expect(flaw(`a.maps[${length}].touched`, 2, length)).toEqual({
      message,
      ...(expected === undefined ? {} : { expected }),
      suggestion: `to add one, set \`a.maps[${length}]\` to all of it: \`{ region: … }\``,
    })
  })
})
