import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'

const head = `version: 1
host: { memory: 64 GB }
regions:
  sga: { size: 4 GB }
  log: { size: 1 GB, mshare: true }
groups:
  clients: { processes: 4, maps: [{ region: sga }, { region: log }] }
  batch: { processes: 0, maps: [{ region: sga }] }
timeline:
`

function issuesOf(steps: readonly string[]): readonly string[] {
  const text = head + steps.map((one) => `  - { ${one} }\n`).join('')
  const reading = readScenario(text, 't.yaml')
  return reading.ok ? [] : reading.issues.map(({ line, message }) => `${line - 9}: ${message}`)
}

const touch = 'touch: { clients: { sga: all } }'
const none = (step: number, region = 'sga', group = 'clients'): string =>
  `${step}: no process of \`${group}\` maps this of \`${region}\` at step ${step}`

describe('touching what is not mapped is refused, with its step', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['after munmap()', ['unmap: { clients: { sga: all } }', touch], none(2)],
    [
      'after munmap() of both halves',
      [
        'unmap: { clients: { sga: { length: 2 GB } } }',
        'unmap: { clients: { sga: { offset: 2 GB } } }',
        touch,
      ],
      none(3),
    ],
    [
      'in the part that was unmapped',
      ['unmap: { clients: { sga: { length: 2 GB } } }', 'touch: { clients: { sga: 1 GB } }'].map(
        (step) => step.replace('sga: 1 GB', 'sga: { first: 1 GB }'),
      ),
      none(2),
    ],
    ['by a group without a process', ['touch: { batch: { sga: all } }'], none(1, 'sga', 'batch')],
    ['when all have ended', ['stop: { clients: 4 }', touch], none(2)],
    ['before it is created', [touch, 'create: sga'], none(1)],
    ['before it is attached', ['create: sga', touch], none(2)],
    [
      'without a name at the start',
      ['unlink: sga', 'start: { batch: 1 }', 'touch: { batch: { sga: all } }'],
      none(3, 'sga', 'batch'),
    ],
    ['when its owner is gone', ['close: log', 'touch: { clients: { log: all } }'], none(2, 'log')],
  ])('%s', (_, steps, issue) => {
    expect(issuesOf(steps)).toEqual([issue])
  })
})

describe('touching what some process maps is possible', () => {
  test.each<readonly [string, readonly string[]]>([
    ['in the part that is left', ['unmap: { clients: { sga: { length: 2 GB } } }', touch]],
    [
      'of one that started since',
      ['unmap: { clients: { sga: all } }', 'start: { clients: 1 }', touch],
    ],
    ['after attach', ['unmap: { clients: { sga: all } }', 'attach: { clients: sga }', touch]],
    ['without a name', ['unlink: sga', touch]],
    [
      'as a child',
      ['fork: { clients: { into: batch, processes: 1 } }', 'touch: { batch: { sga: all } }'],
    ],
    [
      'after processes are set',
      ['set: { groups.batch.processes: 2 }', 'touch: { batch: { sga: all } }'],
    ],
    [
      'of pages that were unmapped, to give them back',
      ['unmap: { clients: { sga: all } }', 'dontneed: { clients: { sga: all } }'],
    ],
    ['when its pages were given back', ['dontneed: { clients: { sga: all } }', touch]],
  ])('%s', (_, steps) => {
    expect(issuesOf(steps)).toEqual([])
  })
})
