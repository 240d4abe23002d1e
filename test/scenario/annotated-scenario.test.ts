import { describe, expect, it } from 'vitest'
import { AnnotatedScenario } from '../../src/scenario/annotated-scenario.ts'

const spot = (offset: number) => ({ source: { file: 'my.cnf', text: 'a\nb' }, offset })
const memory = ['host', 'memory']

function started(): AnnotatedScenario {
  return new AnnotatedScenario({
    version: 1,
    host: { memory: '16 GiB', reserve: { others: '1 GiB' } },
    groups: {
      'a b': { processes: 3, maps: [{ region: 'sga', touched: { random: '4 MiB', in: '1 MiB' } }] },
    },
    measured: { pageTables: '1 MiB' },
  })
}

describe('what is said about a value', () => {
  it('is a comment and the source of the value', () => {
    const annotated = started()
    annotated.say(memory, 'MemTotal')
    expect(annotated.notes).toEqual([{ path: memory, text: 'MemTotal' }])
    expect([...annotated.sources]).toEqual([['host.memory', 'MemTotal']])
  })

  it('replaces what was said, commented or assumed before', () => {
    const annotated = started()
    annotated.estimate(memory, 'a guess')
    annotated.comment(memory, 'more on it')
    annotated.say(memory, 'MemTotal')
    expect(annotated.notes).toEqual([{ path: memory, text: 'MemTotal' }])
    expect(annotated.assumed).toEqual([])
  })

  it('is forgotten as a whole', () => {
    const annotated = started()
    annotated.estimate(memory, 'a guess')
    annotated.forget(memory)
    expect([annotated.notes, annotated.assumed, [...annotated.sources]]).toEqual([[], [], []])
  })
})

it('a comment is added to those before it, and is no source', () => {
  const annotated = started()
  annotated.comment(['groups', 'a b'], 'three of them')
  annotated.comment(['groups', 'a b'], 'all alike')
  expect(annotated.notes.map(({ text }) => text)).toEqual(['three of them', 'all alike'])
  expect(annotated.sources.size).toBe(0)
})

describe('assumptions of the finished scenario', () => {
  it('stand under the path of the value, before what was measured', () => {
    const annotated = started()
    annotated.assume(memory, 'no file says it')
    const complete = annotated.complete()
    expect(complete.assumed).toEqual({ 'host.memory': 'no file says it' })
    expect(Object.keys(complete)).toEqual(['version', 'host', 'groups', 'assumed', 'measured'])
    expect(annotated.notes).toEqual([])
  })

  it('name the first value in a mapping or a list', () => {
    const annotated = started()
    annotated.assume(['groups', 'a b', 'maps', 0, 'touched'], 'drawn')
    annotated.assume(['host', 'reserve'], 'of others')
    expect(annotated.complete().assumed).toEqual({
      'groups["a b"].maps[0].touched.random': 'drawn',
      'host.reserve.others': 'of others',
    })
  })

  it('are dropped where the scenario has no such value', () => {
    const annotated = started()
    annotated.assume(['host', 'swap'], 'none')
    annotated.assume(['host', 'memory', 'deeper'], 'none')
    expect(annotated.complete()).not.toHaveProperty('assumed')
  })
})

it('the last remark on a subject is the one that counts', () => {
  const annotated = started()
  annotated.remark('a is too large', 'a')
  annotated.remark('b is missing')
  annotated.remark('b is missing')
  annotated.remark('a is too small', 'a')
  expect(annotated.remarks).toEqual(['a is too small', 'b is missing'])
})

it('a value is decided by the first place that exists', () => {
  const annotated = started()
  annotated.decidedBy(memory, undefined, spot(2), spot(0))
  annotated.decidedBy(['host', 'swap'], undefined)
  expect([...annotated.origins]).toEqual([['host.memory', spot(2)]])
})
