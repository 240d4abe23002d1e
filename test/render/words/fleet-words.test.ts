import { expect, it } from 'vitest'
import type { Advice } from '../../../src/plan/result/advice-result.ts'
import { toDoWords } from '../../../src/render/words/fleet-words.ts'
import { lkml } from '../lkml-result.ts'

const [hugePages, pooler, memory] = lkml.advice

function advice(changes: object): Advice {
  return { ...hugePages, pools: [], settings: [], ...changes } as Advice
}

const pool = { pageBytes: 2 ** 21, pages: 100, paddingPages: 0, sparePages: 0 }

it.each([
  [{ action: 'resize-pool', pools: [{ ...pool, configuredPages: 99 }] }, 'raise the pool'],
  [{ action: 'resize-pool', pools: [{ ...pool, configuredPages: 101 }] }, 'lower the pool'],
  [{ action: 'commit-limit', overcommit: { mode: 'always' } }, 'allow overcommit'],
  [{ action: 'commit-limit', overcommit: { mode: 'never', ratio: 80 } }, 'commit limit'],
  [{ action: 'cgroup-limit' }, 'cgroup limit'],
  [{ action: 'transparent-huge-pages' }, 'THP'],
  [{ action: 'pooler' }, 'fewer processes'],
  [{ ...hugePages }, 'huge pages'],
  [{ ...pooler }, 'pool connections'],
  [{ ...memory }, 'add memory'],
])('says in two words what to do: %j', (changes, words) => {
  expect(toDoWords(advice(changes))).toBe(words)
})
