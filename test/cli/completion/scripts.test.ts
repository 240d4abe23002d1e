import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scripts } from '../../../src/cli/completion/scripts.ts'

/**
 * A real bash with the program as it is installed: these tests need `npm run build`, which `npm test`
 * begins with. zsh and fish are driven by `npm run proof`, which fetches them.
 */
const program = join(import.meta.dirname, '../../../bin/mshare-plan.js')
const scenario = String.raw`
version: 1
host: { memory: 64 GiB }
groups:
  clients: { processes: 1500 }
  "$(touch ran)": { processes: 1 }
  "${'`'}touch ran${'`'}; touch ran": { processes: 1 }
  "it's \"two\"": { processes: 1 }
  "user@1": { processes: 1 }
`

let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'mshare-plan-bash-'))
  mkdirSync(join(home, 'bin'))
  mkdirSync(join(home, 'here/hosts'), { recursive: true })
  symlinkSync(program, join(home, 'bin/mshare-plan'))
  writeFileSync(join(home, 'here/my server.yaml'), scenario)
  writeFileSync(join(home, 'here/odd.yaml'), scenario)
  writeFileSync(join(home, 'here/broken.yaml'), 'version: [')
  writeFileSync(join(home, 'completion.bash'), scripts.bash)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** What COMPREPLY holds where bash has taken the line apart so; the cursor is at its end. */
function complete(line: string, ...pieces: readonly string[]): readonly string[] {
  const driver = `
    source ../completion.bash
    COMP_LINE=$1 COMP_POINT=\${#1}
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _mshare_plan mshare-plan "\${COMP_WORDS[COMP_CWORD]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const words = ['mshare-plan', ...pieces]
  const { stdout, stderr, status } = spawnSync(
    'bash',
    ['--norc', '-c', driver, 'driver', line, ...words],
    {
      cwd: join(home, 'here'),
      env: { ...process.env, PATH: `${join(home, 'bin')}:${process.env['PATH']}` },
      encoding: 'utf8',
    },
  )
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout.split('\n').slice(0, -1)
}

describe('the script for bash', () => {
  it('completes commands and files, options, and values', () => {
    expect(complete('mshare-plan c', 'c')).toEqual(['check', 'capture', 'collect', 'completion'])
    expect(complete('mshare-plan h', 'h')).toEqual(['help', 'hosts/'])
    expect(complete('mshare-plan my', 'my')).toEqual([String.raw`my\ server.yaml`])
    expect(complete('mshare-plan verify --max', 'verify', '--max')).toEqual(['--max-residual'])
    expect(complete('mshare-plan --color ', '--color', '')).toEqual(['auto', 'always', 'never'])
    expect(complete('mshare-plan --color=n', '--color', '=', 'n')).toEqual(['never'])
  })

  it('completes keys of the scenario, whose name has a blank', () => {
    const typed = String.raw`my\ server.yaml`
    const line = `mshare-plan ${typed} --set groups.clients.pro`
    expect(complete(line, typed, '--set', 'groups.clients.pro')).toEqual([
      'groups.clients.processes=',
    ])
  })

  it('quotes what a scenario holds, and runs none of it', () => {
    const names = complete('mshare-plan odd.yaml --set groups.', 'odd.yaml', '--set', 'groups.')
    expect(names).toEqual([
      'groups.clients.',
      String.raw`groups.\$\(touch\ ran\).`,
      String.raw`groups.\`touch\ ran\`\;\ touch\ ran.`,
      String.raw`groups.it\'s\ \"two\".`,
      'groups.user@1.',
    ])
    const words = ['odd.yaml', '--set', 'groups.user', '@', '1.t']
    expect(complete('mshare-plan odd.yaml --set groups.user@1.t', ...words)).toEqual([
      '@1.threads=',
    ])
  })

  it('reads back what it has quoted as the name that was meant', () => {
    const names = complete('mshare-plan odd.yaml --set groups.', 'odd.yaml', '--set', 'groups.')
    const read = execFileSync('bash', ['-c', `printf '%s\\n' ${names.join(' ')}`], {
      cwd: join(home, 'here'),
      encoding: 'utf8',
    })
    expect(read.split('\n').slice(1, 4)).toEqual([
      'groups.$(touch ran).',
      'groups.`touch ran`; touch ran.',
      `groups.it's "two".`,
    ])
  })

  it('offers nothing and says nothing where the scenario is broken, or the program is another or gone', () => {
    const line = 'mshare-plan broken.yaml --set gr'
    expect(complete(line, 'broken.yaml', '--set', 'gr')).toEqual([''])
    rmSync(join(home, 'bin/mshare-plan'))
    writeFileSync(join(home, 'bin/mshare-plan'), '#!/bin/sh\necho not here; echo install it\n', {
      mode: 0o755,
    })
    expect(complete('mshare-plan c', 'c')).toEqual([''])
    rmSync(join(home, 'bin/mshare-plan'))
    expect(complete('mshare-plan c', 'c')).toEqual([''])
    symlinkSync(program, join(home, 'bin/mshare-plan'))
  })

  it('has written nothing by then', () => {
    expect(readdirSync(join(home, 'here')).toSorted()).toEqual([
      'broken.yaml',
      'hosts',
      'my server.yaml',
      'odd.yaml',
    ])
  })

  it('has no word that bash 3.2 lacks', () => {
    expect(scripts.bash).not.toMatch(/mapfile|readarray|(?:declare|local|typeset) -[An]|\^\^|,,/)
    // The guarded one.
    expect(scripts.bash.match(/compopt .*/g)).toEqual(['compopt -o nospace 2>/dev/null ;;'])
  })
})

it('every script asks the program for all that it offers', () => {
  for (const [shell, script] of Object.entries(scripts)) {
    expect(script).toContain(`mshare-plan __complete ${shell} `)
    expect(script).not.toContain('\\${')
  }
})
