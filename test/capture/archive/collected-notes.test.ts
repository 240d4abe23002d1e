import { expect, it } from 'vitest'
import { readCollectedNotes } from '../../../src/capture/archive/collected-notes.ts'

it('reads what the script put down, by the paths that capture asks for', () => {
  const notes = readCollectedNotes(
    [
      'version 1',
      'chosen 10',
      'chosen 12',
      'gone 11',
      'refused 12 smaps denied',
      'ipc 10 ipc:[4026531839]',
      'stored 10 7f00-7f10 24',
      'frame 10 34359738367 3',
      'frame 12 34359738360 -',
      '',
    ].join('\n'),
  )
  expect(notes?.chosen).toEqual(new Set([10, 12]))
  expect(notes?.gone).toEqual([11])
  expect(notes?.refused).toEqual(
    new Map([
      ['proc/11/status', 'gone'],
      ['proc/12/smaps', 'denied'],
    ]),
  )
  expect(notes?.namespaces).toEqual(new Map([['proc/10/ns/ipc', 'ipc:[4026531839]']]))
  // Blocks of 512 bytes.
  expect(notes?.stored).toEqual(new Map([['proc/10/map_files/7f00-7f10', 12_288]]))
  expect(notes?.frames).toEqual(
    new Map([
      [10, { page: 34_359_738_367, number: 3 }],
      [12, { page: 34_359_738_360, number: undefined }],
    ]),
  )
})

it('takes another version, and no list at all, for a copy like any other', () => {
  expect(readCollectedNotes('version 2\nchosen 1\n')).toBeUndefined()
  expect(readCollectedNotes('')).toBeUndefined()
  expect(readCollectedNotes(undefined)).toBeUndefined()
})

it('ignores numbers that are none, and lines that it does not know', () => {
  const notes = readCollectedNotes(
    'version 1\nchosen -1\nchosen 1e3\nstored 1 a-b 99999999999999999\nframe x 1 1\n__proto__ 1\n',
  )
  expect(notes?.chosen.size).toBe(0)
  expect(notes?.stored.size).toBe(0)
  expect(notes?.frames.size).toBe(0)
})
