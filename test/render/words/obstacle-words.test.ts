import { expect, test } from 'vitest'
import { obstacleSentence } from '../../../src/render/words/obstacle-words.ts'

const same = (text: string) => text

test('an obstacle says where, why, with which numbers, and what would change it', () => {
  expect(
    obstacleSentence({ kind: 'backing', region: 'sga', need: 'file', found: 'sysv-shm' }, same),
  ).toBe(
    'region sga: the backing of the region cannot be used for it (needed file, found sysv-shm); to change that, give the region another backing.',
  )
  expect(obstacleSentence({ kind: 'not-mapped', region: 'log' }, same)).toBe(
    'region log: no process maps the region; to change that, add it to the `maps` of a group that has processes.',
  )
})
