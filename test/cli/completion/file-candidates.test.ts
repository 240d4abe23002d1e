import { expect, it } from 'vitest'
import { expandHome, fileCandidates } from '../../../src/cli/completion/file-candidates.ts'
import { fakeWorld } from '../fake-world.ts'

const files = {
  'b.yaml': '',
  'a.YML': '',
  'notes.txt': '',
  '.hidden.yaml': '',
  '-dash.yaml': '',
  'red\x1b[31m.yaml': '',
  'hosts/web.json': '',
  '/home/ann/own/c.yaml': '',
}
const { world } = fakeWorld({ files, env: { HOME: '/home/ann' } })
const scenarios = { endings: ['.yaml', '.yml', '.json'] }
const texts = (typed: string, endings = scenarios.endings) =>
  fileCandidates(typed, { endings }, world).map(({ text }) => text)

it('offers folders and files with the wanted ends, none hidden, none with control characters', () => {
  expect(texts('')).toEqual(['./-dash.yaml', 'a.YML', 'b.yaml', 'hosts/'])
  expect(texts('.')).toEqual(['.hidden.yaml'])
  expect(texts('hosts/w')).toEqual(['hosts/web.json'])
})

it('offers every file where no end is wanted, or none has one', () => {
  expect(texts('n', [])).toEqual(['notes.txt'])
  expect(texts('n')).toEqual(['notes.txt'])
})

it('leaves a folder open and closes a file', () => {
  expect(fileCandidates('h', scenarios, world)).toEqual([
    { text: 'hosts/', description: '', isOpen: true },
  ])
  expect(fileCandidates('b', scenarios, world)[0]?.isOpen).toBe(false)
})

it('finds the home directory by its sign', () => {
  expect(texts('~/own/')).toEqual(['~/own/c.yaml'])
  expect(expandHome('~/a', world)).toBe('/home/ann/a')
  expect(expandHome('~/a', fakeWorld().world)).toBe('~/a')
})

it('offers nothing in a folder that is not there', () => {
  expect(texts('nowhere/')).toEqual([])
})
