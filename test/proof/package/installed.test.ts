import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const scenario = join(root, 'scenarios/oracle-sga-300g.yaml')
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-installed-'))
const installed = join(folder, 'node_modules/mshare-plan')

let archive = ''
beforeAll(() => {
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  execFileSync('npm', pack, { cwd: root })
  archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  // Without a network: nothing but the archive is needed.
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${archive}`], {
    cwd: folder,
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(command: string, ...words: readonly string[]): string {
  return execFileSync(command, words, { cwd: folder, encoding: 'utf8', env: plain })
}

const plain = { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', COLUMNS: '80', NO_COLOR: '1' }

describe('the package, installed elsewhere', () => {
  it('is all that is installed, at most 600 KB of archive', () => {
    expect(statSync(join(folder, archive)).size).toBeLessThan(600_000)
    const packages = readdirSync(join(folder, 'node_modules')).filter((name) => !/^[.]/.test(name))
    expect(packages).toEqual(['mshare-plan'])
  })

  it('plans with npx what the program plans here', () => {
    const here = execFileSync(process.execPath, [join(root, 'bin/mshare-plan.js'), scenario], {
      cwd: folder,
      encoding: 'utf8',
      env: plain,
    })
    expect(here).toContain('OUT OF MEMORY')
    expect(run('npx', '--offline', 'mshare-plan', scenario)).toBe(here)
  })

  it.each([
    { words: ['check', scenario], said: 'risk' },
    { words: ['limits', scenario], said: 'clients' },
    { words: ['explain', scenario, 'onceBytes'], said: 'onceBytes' },
    { words: [scenario, '--details'], said: 'IDENTITY' },
    { words: ['verify', scenario], said: 'measured' },
    { words: ['capture', '--root', '.'], said: 'cannot capture' },
    { words: ['import', 'missing.conf', '--memory', '4GB'], said: 'no such file' },
    { words: ['init', 'oracle'], said: 'regions:' },
    { words: ['layouts'], said: 'x86-64' },
    { words: ['wrong-*.yaml'], said: 'no file matches' },
    { words: ['wrong.yaml'], said: 'did you mean' },
  ])('answers with “$said”, whatever bundle that is in', ({ words, said }) => {
    writeFileSync(join(folder, 'wrong.yaml'), 'version: 1\nhots: {}\n')
    const { stdout, stderr } = spawnSync('npx', ['mshare-plan', ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: plain,
    })
    expect(stdout + stderr).toContain(said)
    expect(stdout + stderr).not.toContain('a bug in mshare-plan')
  })

  it('has the schemas, the completion, the pages and the manual page', () => {
    expect(JSON.parse(run('npx', 'mshare-plan', 'schema')).title).toBeDefined()
    expect(JSON.parse(run('npx', 'mshare-plan', 'schema', '--result'))).toHaveProperty(
      'definitions',
    )
    expect(run('npx', 'mshare-plan', 'completion', 'bash')).toContain('mshare-plan')
    expect(run('npx', 'mshare-plan', 'explain', 'MSP012')).toContain('MSP012')
    const { man } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(readFileSync(join(installed, man), 'utf8')).toContain('.TH')
  })

  it('is a library that plans', () => {
    const program = `
      import { readFileSync } from 'node:fs'
      import { plan, readScenario } from 'mshare-plan'
      const read = readScenario(readFileSync(process.argv[2], 'utf8'), 'sga.yaml')
      const about = { name: read.name, file: 'sga.yaml', fingerprint: '' }
      const tool = { name: 'mshare-plan', version: '' }
      const { assumptions } = read
      console.log(plan(read.workload, { tool, scenario: about, assumptions }).strategies[0].risk.level)
    `
    writeFileSync(join(folder, 'library.mjs'), program)
    expect(run(process.execPath, 'library.mjs', scenario)).toBe('oom\n')
  })
})
