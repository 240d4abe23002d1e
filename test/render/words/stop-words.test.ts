import { expect, test } from 'vitest'
import { stopText } from '../../../src/render/words/stop-words.ts'

const ink = { color: false, unicode: true, width: 80 }

test('a cgroup that breaks is named, with its control characters escaped', () => {
  expect(stopText({ cause: 'cgroup', cgroup: 'db\u001b' }, ink)).toBe('cgroup db\\x1b')
  expect(stopText({ cause: 'commit-limit' }, ink)).toBe('CommitLimit')
})
