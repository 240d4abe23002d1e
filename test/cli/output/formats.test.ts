import { expect, it } from 'vitest'
import type { Command } from '../../../src/cli/output/formats.ts'
import { commands, endingsOf, formatOfFile, formatsOf } from '../../../src/cli/output/formats.ts'
import { status } from '../../../src/cli/output/status.ts'
import { answerTo } from '../../scenarios/shipped.ts'

it('lists the usual format of a command first', () => {
  expect(formatsOf('plan')).toEqual([
    ...['table', 'yaml', 'json', 'ndjson', 'csv', 'csv-long', 'markdown', 'junit', 'sarif'],
    ...['github', 'openmetrics', 'html'],
  ])
  expect(formatsOf('import')).toEqual(['yaml', 'json'])
  expect(formatsOf('capture')).toEqual(['yaml'])
  expect(endingsOf('import')).toEqual(['.yaml', '.yml', '.json'])
})

it.each([
  ['r.json', 'plan', 'json'],
  ['R.JSON', 'plan', 'json'],
  ['r.ndjson', 'plan', 'ndjson'],
  ['r.ndjson', 'import', undefined],
  ['a.b/r.txt', 'plan', 'table'],
  ['r.csv', 'plan', 'csv'],
  ['r.Long.CSV', 'plan', 'csv-long'],
  ['.long.csv', 'plan', 'csv'],
  ['r.md', 'check', 'markdown'],
  ['r.xml', 'plan', 'junit'],
  ['r.sarif.json', 'plan', 'sarif'],
  ['r.sarif', 'check', 'sarif'],
  ['r.prom', 'plan', 'openmetrics'],
  ['r.github', 'plan', undefined],
  ['r.yml', 'capture', 'yaml'],
  ['r.yaml', 'plan', 'yaml'],
  ['r.yaml', 'check', undefined],
  ['r.json', 'capture', undefined],
  ['a.json/r', 'plan', undefined],
  ['.json', 'plan', undefined],
  ['', 'plan', undefined],
] as const)('tells the format of %j for %s: %s', (path, command, format) => {
  expect(formatOfFile(path, command)).toBe(format)
})

/** What each command answers quickly. */
const asked: Readonly<Record<Command, readonly string[]>> = {
  plan: ['scenarios/postgresql-400-backends.yaml', '--set', 'strategies=[base-pages]'],
  check: ['scenarios/postgresql-400-backends.yaml', '--set', 'strategies=[base-pages]'],
  explain: [
    'scenarios/postgresql-400-backends.yaml',
    '--strategy',
    'base-pages',
    'levels.pte.bytes',
  ],
  limits: ['scenarios/postgresql-400-backends.yaml', '--strategy', 'base-pages', 'memory'],
  sweep: ['scenarios/postgresql-400-backends.yaml', '--vary', 'host.memory=64GB,128GB'],
  diff: ['scenarios/postgresql-400-backends.yaml', 'scenarios/mysql-threads.yaml'],
  timeline: [
    'scenarios/postgresql-400-backends.yaml',
    '--set',
    'timeline=[{ unlink: shared buffers }]',
    '--strategy',
    'base-pages',
  ],
  capture: ['--root', 'test/fixtures/proc/thread-folders/tree'],
  collect: [],
  verify: ['scenarios/measured-hugetlb-links.yaml'],
  import: ['scenarios/postgresql.conf', '--memory', '64GB'],
  postmortem: ['scenarios/out-of-memory.log'],
  report: ['scenarios/postgresql-400-backends.yaml', '--set', 'strategies=[base-pages]'],
  init: ['oracle'],
  layouts: [],
  schema: [],
  completion: ['bash'],
}

it.each(commands.flatMap((command) => formatsOf(command).map((format) => ({ command, format }))))(
  'has a renderer for $command as $format',
  async ({ command, format }) => {
    const choice = formatsOf(command).length > 1 ? ['--format', format] : []
    const answer = await answerTo([command, ...asked[command], ...choice])
    expect(answer).toMatchObject({ status: status.answered, stdout: expect.stringMatching(/./) })
  },
)
