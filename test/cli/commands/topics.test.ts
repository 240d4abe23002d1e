import { describe, expect, it } from 'vitest'
import { namesFile, topicsOf } from '../../../src/cli/commands/topics.ts'
import { fakeWorld } from '../fake-world.ts'

const { world } = fakeWorld({ files: { 'server.yaml': '', headroom: '', 'docs/a.md': '' } })

function asked(...words: readonly string[]): readonly string[] {
  const found = topicsOf(words, world)
  if (!found.ok) throw new Error(found.fault)
  return found.topics.map((topic) => (topic.kind === 'term' ? topic.term.name : topic.id))
}

function faultOf(...words: readonly string[]): string {
  const found = topicsOf(words, world)
  return found.ok ? '' : found.fault
}

describe('words', () => {
  it('mean one term together, or one topic each', () => {
    expect(asked('safe', 'to')).toEqual(['safe to'])
    expect(asked('min', 'watermark')).toEqual(['min watermark'])
    expect(asked('safe', 'tight')).toEqual(['safe', 'tight'])
    expect(asked('msp012', 'headroom')).toEqual(['MSP012', 'headroom'])
  })

  it('mean a finding by its id or its kind', () => {
    expect(asked('MSP019')).toEqual(['MSP019'])
    expect(asked('linked-tables')).toEqual(['MSP019'])
  })

  it('without a meaning get a suggestion from terms, findings and files', () => {
    expect(faultOf('hedroom')).toBe(
      'hedroom is neither a term, a finding nor a file; did you mean headroom?',
    )
    expect(faultOf('linked-tabels')).toContain('did you mean linked-tables?')
    expect(faultOf('servr.yaml')).toContain('did you mean server.yaml?')
    expect(faultOf('frobnicate')).toBe(
      'frobnicate is neither a term, a finding nor a file; mshare-plan explain lists all terms and findings',
    )
  })

  it('of one letter or sign get no suggestion', () => {
    expect(faultOf('x')).toContain('; mshare-plan explain lists all terms and findings')
  })

  it('that are the path of a number are told to name the scenario', () => {
    expect(faultOf('groups.clients.processes')).toBe(
      'groups.clients.processes is a path; name its scenario first: ' +
        'mshare-plan explain FILE groups.clients.processes',
    )
  })

  it('that mark a verdict of a fleet mean what its footnote says', () => {
    expect(asked('safe *')).toEqual(['only with mshare'])
    expect(asked('†')).toEqual(['cgroup'])
  })

  it('that are a file behind a term are told their place', () => {
    expect(faultOf('demand', 'server.yaml')).toBe(
      'server.yaml is a file; write it first: mshare-plan explain server.yaml demand',
    )
  })

  it('from outside are printed without control characters', () => {
    expect(faultOf('\x1b[31mred')).toContain('\\x1b[31mred is neither')
  })
})

describe('an operand', () => {
  it.each(['-', 'server.yaml', 'headroom', 'docs', 'absent.yaml', 'some/where', '*.conf'])(
    'names a file: %s',
    (operand) => {
      expect(namesFile(operand, world)).toBe(true)
    },
  )

  it.each(['demand', '~', 'MSP012', 'safe to', 'safe *', 'hugetlb-…', 'host.cgroups[0].x'])(
    'names none: %s',
    (operand) => {
      expect(namesFile(operand, world)).toBe(false)
    },
  )
})
