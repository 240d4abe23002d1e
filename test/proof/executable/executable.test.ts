import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const executable = join(root, 'dist/mshare-plan')
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-executable-'))
const server = join(root, 'scenarios/mysql-threads.yaml')

beforeAll(() => {
  execFileSync(process.execPath, ['.ci/executable.mjs'], { cwd: root })
  for (let copy = 0; copy < 12; copy += 1) {
    writeFileSync(join(folder, `${copy}.yaml`), readFileSync(server))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** How a program ends, with nothing of Node on its path. */
function answer(program: readonly string[], words: readonly string[]) {
  const [command = '', ...before] = program
  const { status, stdout, stderr } = spawnSync(command, [...before, ...words], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { PATH: '/none', LANG: 'C.UTF-8', COLUMNS: '80' },
  })
  return { status, stdout, stderr }
}

describe('the executable', () => {
  it.each([
    [['--version']],
    [['--help']],
    [['help', 'check']],
    [[server]],
    [[server, '--details']],
    [['check', join(root, 'scenarios/oracle-sga-300g.yaml')]],
    [['check', 'none.yaml']],
    [[server, '--set', 'host.memroy=1']],
    [['--unknown']],
    [['capture', '--root', join(root, 'test/fixtures/proc/postgres-huge-pages')]],
    [['import', join(root, 'scenarios/postgresql.conf'), '--memory', '64GB']],
    [['limits', server]],
    [['explain', 'MSP012']],
    [['explain', 'MSP999']],
    [['explain', 'headroom']],
    [['schema', '--result']],
    [['completion', 'bash']],
    [['check', '.', '--jobs', '2', '--format', 'ndjson']],
    [['limits', '.', '--jobs', '2', '--format', 'json']],
  ])('answers %j as the program does, with the same bytes and status', (words) => {
    const here = answer([process.execPath, join(root, 'bin/mshare-plan.js')], words)
    expect(answer([executable], words)).toEqual(here)
    expect(here.stdout + here.stderr).not.toBe('')
  })

  it('needs what the page says, and no more', () => {
    const page = readFileSync(join(root, 'docs/guide/executable.md'), 'utf8')
    const [, size = ''] = /about (\d+) MB/.exec(page) ?? []
    const megabytes = statSync(executable).size / 1e6
    expect(Math.abs(megabytes - Number(size)) / megabytes).toBeLessThan(0.15)
    const said = [...page.matchAll(/(GLIBC|GLIBCXX)_([\d.]+)/g)].map(([whole]) => whole)
    expect(said).toHaveLength(2)
    // Newer than these is nothing that a Node 20 for this platform asks for.
    const symbols = readFileSync(executable, 'latin1').matchAll(
      /\0(GLIBC(?:XX)?_\d+(?:\.\d+)+)(?=\0)/g,
    )
    const asked = [...new Set([...symbols].map(([, symbol = '']) => symbol))]
    expect(asked.length).toBeGreaterThan(0)
    for (const name of ['GLIBC', 'GLIBCXX']) {
      expect(said).toContain(newest(asked.filter((symbol) => symbol.startsWith(`${name}_`))))
    }
  })
})

function newest(versions: readonly string[]): string | undefined {
  return versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
}
