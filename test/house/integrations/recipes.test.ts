import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../../package.json' with { type: 'json' }
import { answerIn, inFolder, program, root, scenario } from './folder.ts'

const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the hook of pre-commit', () => {
  const [hook, another] = parse(textOf('.pre-commit-hooks.yaml'))

  it('is one hook in the language of this package, whose entry the package installs', () => {
    expect(another).toBeUndefined()
    expect(hook).toMatchObject({ id: 'mshare-plan', language: 'node', require_serial: true })
    const [command = '', ...words] = hook.entry.split(' ')
    expect(Object.keys(manifest.bin)).toContain(command)
    expect(words).toEqual(['check'])
  })

  it('judges scenarios, and not their schema', () => {
    const isJudged = (path: string) =>
      new RegExp(hook.files).test(path) && !new RegExp(hook.exclude).test(path)
    const paths = ['scenarios/a.yaml', 'db/scenarios/b c.yml', 'scenarios/saved.json']
    expect(paths.filter(isJudged)).toEqual(paths)
    const others = ['deploy.yaml', 'scenarios/README.md', 'scenarios/scenario.schema.json']
    expect(others.filter(isJudged)).toEqual([])
  })
})

describe('the Dockerfile', () => {
  const lines = textOf('integrations/docker/Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const ofKind = (kind: string) => lines.filter((line) => line.startsWith(`${kind} `))

  it('begins each stage with the same base of one exact release', () => {
    expect(ofKind('ARG')).toEqual([expect.stringMatching(/^ARG NODE_VERSION=\d+\.\d+\.\d+$/)])
    const base = /^FROM node:\$\{NODE_VERSION\}-alpine(?: AS build)?$/
    expect(ofKind('FROM')).toEqual([expect.stringMatching(base), expect.stringMatching(base)])
  })

  it('runs the program as a user by number, with words as its arguments', () => {
    const last = lines.slice(lines.lastIndexOf(ofKind('FROM').at(-1) ?? ''))
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER 1000:1000'])
    expect(last.slice(-2)).toEqual(['ENTRYPOINT ["mshare-plan"]', 'CMD ["--help"]'])
    expect(last.filter((line) => line.startsWith('RUN '))).toHaveLength(1)
  })

  it('fetches nothing but what the lock file names', () => {
    expect(ofKind('ADD')).toEqual([])
    expect(lines.join('\n')).not.toMatch(/https?:|curl|wget|apk|npm install/)
    expect(ofKind('RUN')[0]).toContain('npm ci --ignore-scripts')
  })
})

describe('the tasks for Ansible', () => {
  const text = textOf('integrations/ansible/check.yml')
  const tasks: readonly Readonly<Record<string, unknown>>[] = parse(text)

  it('are named, and call the program without a shell', () => {
    expect(tasks.length).toBeGreaterThan(1)
    expect(tasks.filter(({ name }) => typeof name !== 'string')).toEqual([])
    expect(text).not.toMatch(/builtin[.](?:shell|raw)/)
    expect(tasks[0]).toMatchObject({ 'ansible.builtin.command': { argv: expect.any(String) } })
  })
})

/** The series of an exposition with their values. Refuses what Prometheus refuses. */
function exposition(text: string): ReadonlyMap<string, number> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const lines = text.slice(0, -1).split('\n')
  const declared = lines.flatMap((line) => /^# ((?:HELP|TYPE) [a-z_]+) .+$/.exec(line)?.[1] ?? [])
  const samples = lines.filter((line) => !line.startsWith('#')).map(sampleOf)
  const series = new Map(samples.map(({ metric, labels, value }) => [metric + labels, value]))
  const needed = new Set(samples.flatMap(({ metric }) => [`HELP ${metric}`, `TYPE ${metric}`]))
  expect(declared.toSorted()).toEqual([...needed].toSorted())
  expect(series.size).toBe(samples.length)
  return series
}

function sampleOf(line: string) {
  const label = '[a-z]+="(?:[^"\\\\\\n]|\\\\[\\\\n"])*"'
  const form = new RegExp(`^([a-z_]+)((?:\\{${label}(?:,${label})*\\})?) (-?\\d+)$`)
  const [, metric, labels = '', value] = form.exec(line) ?? []
  if (metric === undefined) throw new Error(`no sample: ${line}`)
  return { metric, labels, value: Number(value) }
}

/** Results a line as the list that `--format json` prints. */
function toList(lines: string): string {
  const results: unknown = JSON.parse(`[${lines.trimEnd().replaceAll('\n', ',')}]`)
  return JSON.stringify({ schema: 'mshare-plan/results/1', results })
}

describe('the metrics for node_exporter', () => {
  const recipe = join(root, 'integrations/node-exporter/mshare-plan-metrics.mjs')
  const metrics = (files: Readonly<Record<string, string>>, ...words: readonly string[]) =>
    inFolder(files, (folder) => {
      const answer = answerIn(folder, [recipe, 'out.prom', ...words], { MSHARE_PLAN: program })
      const names = answerIn(folder, ['ls', '-A']).stdout.trim().split('\n')
      return {
        ...answer,
        names,
        text: names.includes('out.prom') ? readFileSync(join(folder, 'out.prom'), 'utf8') : '',
      }
    })

  it('are those of the plan, each with help and type', () => {
    const { status, text, names } = metrics({ 'a.json': scenario(1) }, 'a.json')
    expect(status).toBe(0)
    const of = 'file="a.json",scenario="a server",strategy="as-described"'
    const series = exposition(text)
    expect(Object.fromEntries(series)).toMatchObject({
      mshare_plan_exit_status: 0,
      'mshare_plan_pass{file="a.json",scenario="a server"}': 1,
      // 512 pte tables, 1 pmd, 1 pud, 1 pgd, and 160 KiB of the program.
      [`mshare_plan_page_tables_bytes{${of}}`]: 515 * 4096 + 163_840,
      [`mshare_plan_memory_bytes{${of}}`]: 64 * 2 ** 30,
      [`mshare_plan_risk{${of},level="safe"}`]: 1,
      [`mshare_plan_risk{${of},level="oom"}`]: 0,
    })
    expect(series.get(`mshare_plan_risk{${of},level="no-start"}`)).toBe(0)
    expect(series.size).toBe(10)
    expect(names).toEqual(['a.json', 'out.prom'])
  })

  it('of a server that does not fit are metrics, and no failure of the job', () => {
    const { status, text } = metrics({ 'a.json': scenario(100_000) }, 'a.json')
    expect(status).toBe(0)
    expect(text).toContain('mshare_plan_exit_status 1\n')
    expect(text).toContain('level="oom"} 1\n')
    expect(text).toMatch(/mshare_plan_headroom_bytes\{.+\} -\d+\n/)
  })

  it('tell apart scenarios of one name in one file', () => {
    const { text } = metrics({ 'a.ndjson': `${scenario(100_000)}\n${scenario(1)}\n` }, 'a.ndjson')
    expect(Object.fromEntries(exposition(text))).toMatchObject({
      'mshare_plan_pass{file="a.ndjson",scenario="a server"}': 0,
      'mshare_plan_pass{file="a.ndjson:2",scenario="a server"}': 1,
    })
  })

  it('of saved results that look alike are those of the worse one', () => {
    const saved = (processes: number) =>
      inFolder(
        { 'a.json': scenario(processes) },
        (folder) => answerIn(folder, [process.execPath, program, 'a.json', '-f', 'ndjson']).stdout,
      )
    for (const lines of [saved(1) + saved(100_000), saved(100_000) + saved(1)]) {
      const { text } = metrics({ 'r.json': toList(lines) }, 'r.json')
      expect(text).toContain('mshare_plan_pass{file="a.json",scenario="a server"} 0\n')
    }
  })

  it('escape names, which are any text', () => {
    const name = 'a "b" \\ c\nmshare_plan_pass 1\n# d\u001b[31m\r{e}'
    const { text } = metrics({ 'a.json': scenario(1, name) }, 'a.json')
    const escapedName = 'a \\"b\\" \\\\ c\\nmshare_plan_pass 1\\n# d\ufffd[31m\ufffd{e}'
    expect([...exposition(text).keys()]).toContain(
      `mshare_plan_pass{file="a.json",scenario="${escapedName}"}`,
    )
  })

  it('of a file that cannot be judged are its status alone, in the place of what was there', () => {
    const { status, text, stderr } = metrics(
      { 'out.prom': 'old\n', 'wrong.json': '{}' },
      'wrong.json',
    )
    expect(status).toBe(2)
    expect([...exposition(text)]).toEqual([['mshare_plan_exit_status', 2]])
    expect(stderr).toContain('wrong.json:1')
  })

  it('of a strategy that cannot be planned have no numbers', () => {
    const refused = scenario(1).replace('"1 GB"', '"1 GB","backing":"sysv-shm"')
    const { text } = metrics(
      { 'a.json': refused },
      'a.json',
      '--set',
      'gates.strategy=mshare',
      '--set',
      'mshare.revision=v3-2025',
    )
    expect([...exposition(text).keys()].filter((one) => one.includes('bytes'))).toEqual([])
    expect(text).toContain('mshare_plan_pass{file="a.json",scenario="a server"} 0\n')
  })

  it('are not written where they cannot be, and leave nothing behind', () => {
    const { status, names } = inFolder({ 'a.json': scenario(1), 'out.prom/x': '' }, (folder) => {
      const answer = answerIn(folder, [recipe, 'out.prom', 'a.json'], { MSHARE_PLAN: program })
      return { ...answer, names: answerIn(folder, ['ls', '-A']).stdout.trim().split('\n') }
    })
    expect([status, names]).toEqual([3, ['a.json', 'out.prom']])
    expect(statSync(recipe).mode % 0o1000).toBe(0o755)
  })

  /** How the recipe ended, and what it left, in a folder where something is prepared. */
  const leftBy = (
    prepare: (path: (name: string) => string) => void,
    words: readonly string[],
    before = '',
  ) =>
    inFolder({ 'a.json': scenario(1) }, (folder) => {
      const path = (name: string) => join(folder, name)
      prepare(path)
      const command = `${before} exec '${recipe}' "$@"`
      const answer = answerIn(folder, ['sh', '-c', command, 'sh', ...words], {
        MSHARE_PLAN: program,
      })
      const names = answerIn(folder, ['ls', '-A']).stdout.trim().split('\n')
      const found = names.map((name) => {
        const stats = lstatSync(path(name))
        if (stats.isSymbolicLink()) return [name, readlinkSync(path(name))]
        if (!stats.isFile()) return [name, 'special']
        const mode = (stats.mode % 0o10000).toString(8)
        const isWritten = readFileSync(path(name), 'utf8').includes('mshare_plan_exit_status')
        return [name, isWritten ? mode : 'other']
      })
      return { ...answer, found: Object.fromEntries(found) }
    })

  it.each(process.getuid?.() === 0 ? ['mkfifo', 'mknod'] : ['mkfifo'])(
    'never take the place of what %s makes, nor behind a link',
    (maker) => {
      const device = maker === 'mknod' ? ['c', '1', '3'] : []
      for (const name of ['special', 'link.prom']) {
        const { status, stderr, found } = leftBy(
          (path) => {
            execFileSync(maker, [path('special'), ...device])
            symlinkSync('special', path('link.prom'))
          },
          [name, 'a.json'],
        )
        expect([status, stderr]).toEqual([
          3,
          `mshare-plan-metrics.mjs: ${name} is not a regular file\n`,
        ])
        expect(found).toEqual({ 'a.json': 'other', 'link.prom': 'special', special: 'special' })
      }
    },
  )

  it('are written where a link points to, also where nothing is there yet', () => {
    const links = { 'link.prom': 'second', second: 'target.prom' }
    const linked = (path: (name: string) => string) => {
      for (const [name, target] of Object.entries(links)) symlinkSync(target, path(name))
    }
    const there = leftBy(
      (path) => {
        linked(path)
        writeFileSync(path('target.prom'), 'old')
      },
      ['link.prom', 'a.json'],
    )
    const dangling = leftBy(linked, ['link.prom', 'a.json'])
    for (const { status, found } of [there, dangling]) {
      expect(status).toBe(0)
      expect(found).toEqual({ 'a.json': 'other', ...links, 'target.prom': '644' })
    }
    const nowhere = leftBy((path) => symlinkSync('none/x', path('l.prom')), ['l.prom', 'a.json'])
    expect(nowhere.status).toBe(3)
    expect(nowhere.found).toEqual({ 'a.json': 'other', 'l.prom': 'none/x' })
  })

  it('keep the mode of the old file, and are readable by all in a new one, under any umask', () => {
    const old = (path: (name: string) => string) =>
      writeFileSync(path('out.prom'), 'old', { mode: 0o640 })
    const words = ['out.prom', 'a.json']
    expect(leftBy(old, words, 'umask 077;').found).toMatchObject({ 'out.prom': '640' })
    expect(leftBy(() => {}, words, 'umask 077;').found).toMatchObject({ 'out.prom': '644' })
  })

  it.each([[['-f', 'csv']], [['--format=sarif']], [['-f', 'csv-long']], [['--help']]])(
    'of a run that prints no JSON are the status of a refusal: %j',
    (words) => {
      const { status, text, stderr } = metrics({ 'a.json': scenario(1) }, 'a.json', ...words)
      expect(status).toBe(2)
      expect([...exposition(text)]).toEqual([['mshare_plan_exit_status', 2]])
      expect(stderr).toBe(
        'mshare-plan-metrics.mjs: check printed no JSON; remove options such as --format\n',
      )
    },
  )

  it('have names that the alerts of the guide ask for, and one for a file that never came', () => {
    const { text } = metrics({ 'a.json': scenario(1) }, 'a.json')
    const written = new Set([...exposition(text).keys()].map((one) => one.replace(/\{.*/, '')))
    const [, rules = ''] =
      /```yaml\n(- alert: PageTables[^`]+)```/.exec(textOf('docs/guide/pipelines.md')) ?? []
    const alerts: readonly { readonly alert: string; readonly expr: string }[] = parse(rules)
    const asked = alerts.flatMap(({ expr }) => expr.match(/mshare_plan_\w+/g) ?? [])
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.filter((name) => !written.has(name))).toEqual([])
    expect(alerts.find(({ alert }) => alert === 'PageTablesNeverKnown')?.expr).toContain(' unless ')
  })
})
