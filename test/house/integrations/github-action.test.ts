import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../../package.json' with { type: 'json' }
import { addProgram, answerIn, inFolder, program, root, scenario } from './folder.ts'

interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly default?: string; readonly required: boolean }>
  >
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

interface Step {
  readonly id: string
  readonly shell: string
  readonly env: Readonly<Record<string, string>>
  readonly run: string
}

const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
const [step] = action.runs.steps

/** Runs the step as a runner does: inputs put into `env`, the script handed to bash as it is. */
function ran(
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) {
  return inFolder(
    { 'fits.json': scenario(1), 'too much.json': scenario(100_000), ...files },
    (folder) => {
      if (step === undefined) throw new Error('the action has no step')
      const given = Object.fromEntries(
        Object.entries(action.inputs).map(([name, input]) => [
          name,
          inputs[name] ?? input.default ?? '',
        ]),
      )
      const env = Object.entries(step.env).map(([name, text]) => [
        name,
        text.replace(/^\$\{\{ inputs\.(\w+) \}\}$/, (_, input: string) => given[input] ?? ''),
      ])
      // What npx is asked for, and then the program of this tree.
      addProgram(folder, 'npx', `echo "$1 $2" > asked; shift 2; exec node '${program}' "$@"`)
      const output = join(folder, 'output')
      const answer = answerIn(folder, ['bash', '-e', '-o', 'pipefail', '-c', step.run], {
        ...Object.fromEntries(env),
        GITHUB_ACTION_PATH: root,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: folder,
        GITHUB_ACTIONS: 'true',
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      })
      const read = (path: string) => answerIn(folder, ['cat', path]).stdout
      const outputs = Object.fromEntries(
        read('output')
          .split('\n')
          .filter(Boolean)
          .map((line) => line.split(/=(.*)/, 2)),
      )
      const { json = '' } = outputs
      return {
        ...answer,
        outputs,
        asked: read('asked'),
        json: json === '' ? undefined : read(json),
        litter: read('litter'),
        summary: read('summary'),
      }
    },
  )
}

describe('the action for GitHub', () => {
  it('is composite, and its outputs are those of its step', () => {
    expect(action.runs.using).toBe('composite')
    expect(action.runs.steps).toHaveLength(1)
    expect(Object.keys(action.inputs)).toEqual(['files', 'args', 'version'])
    expect(action.inputs['version']?.default).toBe(manifest.version)
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.${step?.id}.outputs.${name} }}`)
    }
  })

  it('hands inputs over in the environment: its script has no expression', () => {
    expect(step?.shell).toBe('bash')
    expect(step?.run).not.toContain('${{')
    const inputs = ['files', 'args', 'version'].map((name) => `\${{ inputs.${name} }}`)
    expect(Object.values(step?.env ?? {})).toEqual(inputs)
  })

  it('passes where every gate holds, with the results beside', () => {
    const { status, outputs, json, stdout, asked } = ran({ files: 'fits.json' })
    expect([status, outputs['verdict'], outputs['status']]).toEqual([0, 'pass', '0'])
    expect(JSON.parse(json ?? '')).toMatchObject({ verdict: 'pass' })
    expect(stdout).toContain('ok    fits.json')
    expect(asked).toBe(`--yes mshare-plan@${manifest.version}\n`)
  })

  it('keeps the exit status of check, whatever it is', () => {
    const statuses = ['too much.json', 'fits.json\ntoo much.json\n', 'none.json', 'wrong.json'].map(
      (files) => {
        const { status, outputs } = ran({ files }, { 'wrong.json': '{}' })
        return [status, outputs['status'], outputs['verdict'], outputs['json'] !== '']
      },
    )
    expect(statuses).toEqual([
      [1, '1', 'fail', true],
      [1, '1', 'fail', true],
      [3, '3', 'error', false],
      [2, '2', 'error', false],
    ])
  })

  it('names no pass where one file could not be judged', () => {
    const { status, outputs } = ran({ files: 'fits.json\nnone.json' })
    expect([status, outputs['verdict']]).toEqual([3, 'error'])
  })

  it('takes each line as one word, whatever is in it', () => {
    const names = [
      'a b.json',
      '$(touch litter).json',
      '`touch litter`.json',
      "it's; touch litter #.json",
      '-o.json',
      '--help.json',
      '"quoted".json',
    ]
    const files = Object.fromEntries(names.map((name) => [name, scenario(1)]))
    const { status, json, litter } = ran({ files: `${names.join('\r\n')}\n\n` }, files)
    expect([status, litter]).toEqual([0, ''])
    const { results } = JSON.parse(json ?? '')
    const judged = results.map(({ scenario: { file } }: { scenario: { file: string } }) => file)
    expect(judged.sort()).toEqual([...names].sort())
  })

  it('takes further words, one a line', () => {
    const { status, stdout } = ran({ files: 'fits.json', args: '--min-headroom\n99%\n' })
    expect(status).toBe(1)
    expect(stdout).toMatch(/FAIL {2}fits.json +headroom/)
    const reported = ran({ files: 'too much.json', args: '--exit-zero' })
    expect([reported.status, reported.outputs['verdict']]).toEqual([0, 'fail'])
  })

  it('asks npm for a release or a tag and for nothing else', () => {
    for (const version of ['file:../evil', 'npm:other@1', '1.0.0 --registry=x', '']) {
      const { status, asked } = ran({ files: 'fits.json', version })
      expect([version, status, asked]).toEqual([version, 2, ''])
    }
    expect(ran({ files: 'fits.json', version: '^0.1' }).asked).toBe('--yes mshare-plan@^0.1\n')
  })

  it('prints names while the runner takes no line for a command', () => {
    const { stdout } = ran({ files: 'fits.json\nnone.json' })
    const tokens = [...stdout.matchAll(/^::stop-commands::(.+)$/gm)].map(([, token]) => token)
    expect(tokens).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ])
    const [, table = '', annotations = '', errors = ''] = stdout.split(
      /^::[^ ]*(?:[0-9a-f]{32}|[0-9a-f]{64})(?:::)?$/m,
    )
    expect(table).toContain('ok    fits.json')
    expect(annotations).toMatch(/^\n::/)
    expect(errors).toContain('none.json')
  })

  it('annotates the scenario, and adds the gates to the summary of the job', () => {
    const { stdout, summary } = ran({ files: 'too much.json' })
    expect(stdout).toMatch(/^::error file=too much[.]json,line=1,/m)
    expect(summary).toContain('| **FAIL** | `too much.json` | risk |')
  })
})
