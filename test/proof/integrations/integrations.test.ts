import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerIn, inFolder, program, root, scenario } from '../../house/integrations/folder.ts'
import { environmentOf, unpackPackages, whyNoPackages } from '../debian-packages.ts'

/** Taken out of Debian's packages without being installed; the modules of Python among them. */
const packages = [
  ...['ansible-core', 'python3-jinja2', 'python3-markupsafe', 'python3-yaml', 'libyaml-0-2'],
  ...['python3-packaging', 'python3-resolvelib', 'python3-cryptography', 'python3-cffi-backend'],
  ...['pre-commit', 'python3-cfgv', 'python3-identify', 'nodeenv', 'python3-virtualenv'],
  ...['python3-distlib', 'python3-filelock', 'python3-platformdirs'],
  ...['prometheus', 'shellcheck'],
]
const home = mkdtempSync(join(tmpdir(), 'mshare-plan-integrations-'))
let tools = ''
let env: Readonly<Record<string, string>> = {}

describe.skipIf(whyNoPackages() !== undefined)('an integration, to the tool that it is for', () => {
  beforeAll(() => {
    tools = unpackPackages(packages, home)
    const { LD_LIBRARY_PATH = '' } = environmentOf(tools)
    env = {
      LD_LIBRARY_PATH,
      HOME: home,
      PYTHONPATH: join(tools, 'usr/lib/python3/dist-packages'),
      LC_ALL: 'C.UTF-8',
    }
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('is a shell script without a fault', () => {
    const script = join(root, 'integrations/github/check.sh')
    expect(answerIn(root, [join(tools, 'usr/bin/shellcheck'), script])).toMatchObject({
      status: 0,
      stdout: '',
    })
  })

  it('is metrics that Prometheus takes, whatever scenarios are called', () => {
    const files = { 'a.json': scenario(1), 'b.json': scenario(1, 'x "y" \\\n# z{a="b"} 1') }
    const { status, stdout, stderr } = inFolder(files, (folder) => {
      const recipe = join(root, 'integrations/node-exporter/mshare-plan-metrics.mjs')
      answerIn(folder, [recipe, 'm.prom', 'a.json', 'b.json'], { MSHARE_PLAN: program })
      const command = `'${join(tools, 'usr/bin/promtool')}' check metrics <m.prom`
      return answerIn(folder, ['sh', '-c', command])
    })
    expect([status, stdout, stderr]).toEqual([0, '', ''])
  })

  it('has alerts for a file that is old, and for one that never came', () => {
    const guide = readFileSync(join(root, 'docs/guide/pipelines.md'), 'utf8')
    const rules = /```yaml\n(- alert: PageTables[^`]+)```/.exec(guide)?.[1] ?? ''
    const file = '/var/lib/prometheus/node-exporter/mshare_plan.prom'
    const series = [
      ...['old', 'new', 'never'].map((host) => ({
        series: `up{instance="${host}",job="node"}`,
        values: '1x240',
      })),
      { series: 'up{instance="down",job="node"}', values: '0x240' },
      ...['old', 'new'].flatMap((host) => [
        { series: `mshare_plan_exit_status{instance="${host}"}`, values: '0x240' },
        {
          series: `node_textfile_mtime_seconds{instance="${host}",file="${file}"}`,
          values: host === 'old' ? '0x240' : '0+60x240',
        },
      ]),
    ]
    const fires = (alertname: string, instance: string, labels = {}) => ({
      eval_time: '4h',
      alertname,
      exp_alerts: [{ exp_labels: { instance, ...labels } }],
    })
    const tests = {
      rule_files: ['rules.yml'],
      tests: [
        {
          interval: '1m',
          input_series: series,
          alert_rule_test: [
            fires('PageTablesUnknown', 'old', { file }),
            fires('PageTablesNeverKnown', 'never', { job: 'node' }),
          ],
        },
      ],
    }
    const files = {
      'rules.yml': `groups:\n- name: page tables\n  rules:\n${rules.replace(/^/gm, '  ')}`,
      'tests.yml': JSON.stringify(tests),
    }
    inFolder(files, (folder) => {
      const answer = answerIn(folder, [
        join(tools, 'usr/bin/promtool'),
        'test',
        'rules',
        'tests.yml',
      ])
      expect(answer.status, answer.stdout + answer.stderr).toBe(0)
    })
  })

  it('is a hook of pre-commit that judges the scenarios of a commit', () => {
    const others = { 'deploy.yaml': 'kind: Pod\n', 'scenarios/scenario.schema.json': '{}' }
    const fits = preCommit({ ...others, 'scenarios/a b.json': scenario(1) })
    expect([fits.status, fits.stdout]).toEqual([0, expect.stringMatching(/Passed\n$/)])
    const files = { 'scenarios/a b.json': scenario(1), 'scenarios/big.json': scenario(100_000) }
    const { status, stdout } = preCommit(files)
    expect(status).toBe(1)
    expect(stdout).toContain('FAIL  scenarios/big.json')
    expect(stdout).toContain('ok    scenarios/a b.json')
    expect(stdout).toContain('- exit code: 1')
  })

  it.each([
    [1, 0, 'fits'],
    [100_000, 2, 'A gate does not hold for server.json'],
  ])('is a play of Ansible that ends by the gates: %i processes', (processes, status, said) => {
    const play = [
      {
        hosts: 'localhost',
        connection: 'local',
        gather_facts: false,
        tasks: [
          {
            'ansible.builtin.include_tasks': join(root, 'integrations/ansible/check.yml'),
            vars: {
              mshare_plan_program: program,
              mshare_plan_files: ['server.json', 'other $(touch litter).json'],
            },
          },
          { 'ansible.builtin.debug': { msg: 'fits, {{ mshare_plan_results | length }} results' } },
        ],
      },
    ]
    const files = {
      'server.json': scenario(processes, '{{ 1 + 1 }}'),
      'other $(touch litter).json': scenario(1),
      'play.yml': JSON.stringify(play),
    }
    inFolder(files, (folder) => {
      const command = [join(tools, 'usr/bin/ansible-playbook'), '-i', 'localhost,', 'play.yml']
      const answer = answerIn(folder, ['python3', ...command], env)
      expect(answer.status, answer.stdout + answer.stderr).toBe(status)
      expect(answer.stdout).toContain(said)
      expect(answerIn(folder, ['ls']).stdout).not.toMatch(/^litter$/m)
    })
  })
})

/** It clones this repository as it was committed, builds and installs it. */
function preCommit(files: Readonly<Record<string, string>>) {
  const config = {
    repos: [{ repo: root, rev: commitOf(root), hooks: [{ id: 'mshare-plan' }] }],
  }
  return inFolder({ ...files, '.pre-commit-config.yaml': JSON.stringify(config) }, (folder) => {
    execFileSync('git', ['init', '--quiet'], { cwd: folder })
    execFileSync('git', ['add', '--all'], { cwd: folder })
    const command = ['python3', '-m', 'pre_commit', 'run', '--all-files', '--color', 'never']
    return answerIn(folder, command, { ...env, PRE_COMMIT_HOME: join(home, 'pre-commit') })
  })
}

function commitOf(folder: string): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim()
}

/** The commands of the Dockerfile, one after another, in folders that stand for its stages. */
it('the Dockerfile builds a program that answers, in an environment without anything else', () => {
  const text = readFileSync(join(root, 'integrations/docker/Dockerfile'), 'utf8')
  const commands = [...text.matchAll(/^RUN (.+)$/gm)].map(([, command = '']) => command)
  expect(commands).toHaveLength(5)
  inFolder({ 'scenarios/server.yaml': scenario(1) }, (folder) => {
    const context = join(folder, 'build')
    execFileSync('git', ['clone', '--quiet', root, context])
    for (const command of commands.slice(0, 4)) {
      const there = command.replaceAll(' /mshare-plan', ` ${folder}/mshare-plan`)
      const { status, stderr } = answerIn(context, ['sh', '-ec', there])
      expect([command, status, status === 0 ? '' : stderr]).toEqual([command, 0, ''])
    }
    writeFileSync(join(context, 'package.json'), '')
    const command = [process.execPath, join(folder, 'mshare-plan/bin/mshare-plan.js')]
    const { status, stdout } = answerIn(join(folder, 'scenarios'), [
      ...command,
      'check',
      'server.yaml',
    ])
    expect([status, stdout]).toEqual([0, 'ok    server.yaml  risk  safe  at most tight\n'])
  })
})
