import { expect, it } from 'vitest'
import type { Environment } from '../../../src/cli/machine/world.ts'
import type { ColorChoice } from '../../../src/cli/output/ink-choice.ts'
import { inkFor } from '../../../src/cli/output/ink-choice.ts'
import { fakeWorld } from '../fake-world.ts'

const terminal = { columns: 132 }

function ink(env: Environment, choice: ColorChoice = 'auto', onTerminal = true) {
  const { world } = fakeWorld({ env, ...(onTerminal ? { terminal } : {}) })
  return inkFor(world.stdout, world, choice)
}

it('colour is for terminals, and only for those that know it', () => {
  expect(ink({}).color).toBe(true)
  expect(ink({ TERM: 'dumb' }).color).toBe(false)
  expect(ink({}, 'auto', false).color).toBe(false)
})

it('the option outranks NO_COLOR, NO_COLOR outranks FORCE_COLOR, FORCE_COLOR the terminal', () => {
  expect(ink({ NO_COLOR: '1' }, 'always').color).toBe(true)
  expect(ink({ FORCE_COLOR: '1' }, 'never').color).toBe(false)
  expect(ink({ NO_COLOR: '1', FORCE_COLOR: '1' }).color).toBe(false)
  expect(ink({ FORCE_COLOR: '1' }, 'auto', false).color).toBe(true)
  expect(ink({ FORCE_COLOR: '0' }).color).toBe(false)
  expect(ink({ NO_COLOR: '' }).color).toBe(true)
})

it('characters outside ASCII are for UTF-8 locales, the first that is set deciding', () => {
  expect(ink({ LANG: 'de_DE.UTF-8' }).unicode).toBe(true)
  expect(ink({ LANG: 'C.utf8' }).unicode).toBe(true)
  expect(ink({ LC_ALL: 'C', LANG: 'C.UTF-8' }).unicode).toBe(false)
  expect(ink({ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }).unicode).toBe(true)
  expect(ink({}).unicode).toBe(false)
})

it('a terminal that was never told its size is as wide as COLUMNS says, else 80', () => {
  const widthOf = (env: Environment) => {
    const { world } = fakeWorld({ env, terminal: { columns: 0 } })
    return inkFor(world.stdout, world, 'auto').width
  }
  expect(widthOf({})).toBe(80)
  expect(widthOf({ COLUMNS: '100' })).toBe(100)
})

it('lines are as wide as the terminal, else as COLUMNS says, else 80', () => {
  expect(ink({ COLUMNS: '100' }).width).toBe(132)
  expect(ink({ COLUMNS: '100' }, 'auto', false).width).toBe(100)
  expect(ink({ COLUMNS: 'wide' }, 'auto', false).width).toBe(80)
  expect(ink({}, 'auto', false).width).toBe(80)
})
