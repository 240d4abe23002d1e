import { readFileSync, statSync } from 'node:fs'
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
})
