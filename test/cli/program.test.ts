import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { commands } from '../../src/cli/output/formats.ts'
import { tool } from '../../src/plan/result/tool.ts'
import { fakeWorld } from './fake-world.ts'

/** The program as it is installed: these tests need `npm run build`, which `npm test` begins with. */
const program = join(import.meta.dirname, '../../bin/mshare-plan.js')
const scenario = `
version: 1
name: 数据库 in red
host: { memory: 8 GiB }
regions: { プール: { size: 1 GiB } }
groups: { clients: { processes: 10, private: 4 MiB, maps: [{ region: プール }] } }
`
const wrong = 'version: 1\nhots: { memory: 8 GiB }\n'
const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', COLUMNS: '80' }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mshare-plan-'))
  writeFileSync(join(folder, 'server.yaml'), scenario)
  writeFileSync(join(folder, 'wrong.yaml'), wrong)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** `proc/meminfo` of 16 GiB and `proc/version`, packed by tar and xz. */
const onlyMeminfo = `
/Td6WFoAAAFpIt42AgAhARwAAAAQz1jM4Cf/ASxdADgciiGnPrIDp42+E27y7vtQHs6AzD+XjN/TVHyICEs4+BXx
UblXdy+h0Qx1mzO4WaQPg5ka6FccFWa0lgAJ0MY0+gl2NFF5DzGQTYwl6ezJ1TG1ncKIl8hprPqmETNA/Aq5OFsi
AkN96QMX4WsJIV2HKJFKSEPF3r1ghaLgVwIwDgU3JvL+uNAdyYIljo9IEfLp2lKFjxmqr0DaWnFTBGGcfDLGSofD
nDf+HVrgjT2osBu9AzZvxovHHLk72tsGJCEIjDuLQkPQFCpcSDaEzwUL39a9rbSyOBd6uBa7W8hlxIQhrRfVRO9X
1ISKAuK1HrnjiMaizkqxqbdKf85N+O7iYgN+UUNpTa0XzogDaC8vvRjGWReTmuoi8oxUbWWvHeGlDkibUd9fgUlg
AABgQauSAAHEAoBQAACUQwmyPjANiwIAAAAAAVla`

function run(args: readonly string[], input: string | Uint8Array = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    input,
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { status, stdout, stderr }
}

describe('the installed program', () => {
  it('says its name and version', () => {
    expect(run(['--version'])).toEqual({
      status: 0,
      stdout: `${tool.name} ${tool.version}\n`,
      stderr: '',
    })
  })

  it.each([[], ['--help'], ['help'], ...commands.map((command) => [command, '-h'])])(
    'has the help of its sources at hand: %s %s',
    async (...words) => {
      const { world, stdout } = fakeWorld()
      expect(await main(words, world)).toBe(0)
      expect(run(words)).toEqual({ status: 0, stdout: stdout(), stderr: '' })
    },
  )

  it('unpacks an archive of xz, and finds files by a pattern', () => {
    writeFileSync(join(folder, 'server.tar.xz'), Buffer.from(onlyMeminfo, 'base64'))
    const { status, stdout } = run(['capture', '--root', 'server.tar.xz'])
    expect([status, stdout]).toEqual([0, expect.stringContaining('memory: 16 GiB # MemTotal')])
    expect(run(['check', '{server,none}*.yaml']).stdout).toContain('server.yaml')
  })

  it.each([
    ['in colour', ['--color', 'always']],
    ['without colour', ['--color', 'never']],
    ['as JSON', ['--format', 'json']],
  ])('answers, bundled, what its sources answer: %s', async (_how, options) => {
    const files = { 'server.yaml': scenario }
    const { world, stdout } = fakeWorld({ files, env: { LANG: 'C.UTF-8' } })
    const status = await main(['server.yaml', ...options], world)
    expect(stdout().length).toBeGreaterThan(1000)
    expect(run(['server.yaml', ...options])).toEqual({ status, stdout: stdout(), stderr: '' })
  })

  // A report takes base, the model and the screen along: they are scripts of their own.
  it.each([
    [
      'a plan, and no library of tables',
      ['server.yaml'],
      ['base', 'core', 'model', 'plan', 'program', 'screen', 'start'],
    ],
    [
      'a capture, and nothing that compares or advises',
      ['capture', '--root', 'machine'],
      ['base', 'capture', 'core', 'options', 'program', 'start', 'writing', 'yaml'],
    ],
  ])('loads few scripts for %s', (_what, words, scripts) => {
    mkdirSync(join(folder, 'machine/proc'), { recursive: true })
    writeFileSync(join(folder, 'machine/proc/meminfo'), 'MemTotal: 1048576 kB\n')
    const loaded = join(folder, 'loaded.cjs')
    const bundles = 'Object.keys(require.cache).filter((path) => /bundle/.test(path))'
    writeFileSync(
      loaded,
      `process.on('exit', () => require('fs').writeFileSync('loaded.txt', ${bundles}.join('\\n')))`,
    )
    const { status } = spawnSync(process.execPath, ['-r', loaded, program, ...words], {
      cwd: folder,
      env,
    })
    const names = readFileSync(join(folder, 'loaded.txt'), 'utf8').split('\n')
    expect([status, names.map((path) => basename(path, '.cjs')).sort()]).toEqual([0, scripts])
  })

  it('reads with the YAML library what is not ordinary', () => {
    writeFileSync(join(folder, 'anchor.yaml'), scenario.replace('host: {', 'host: &here {'))
    writeFileSync(join(folder, 'twice.yaml'), `${scenario}name: again\n`)
    const [anchor, plain] = [run(['anchor.yaml', '-f', 'csv']), run(['server.yaml', '-f', 'csv'])]
    expect(anchor).toEqual({
      ...plain,
      stdout: plain.stdout.replaceAll('server.yaml', 'anchor.yaml'),
    })
    expect(run(['twice.yaml'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('`name` is given twice: first in line 3'),
    })
  })

  it('finds what a pattern matches', () => {
    const { status, stdout } = run(['s*.yaml', '--format', 'json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).results).toHaveLength(1)
  })

  it('reads standard input', () => {
    const { status, stdout } = run(['-', '--format', 'json'], scenario)
    expect(status).toBe(0)
    expect(JSON.parse(stdout).scenario.file).toBe('-')
  })

  it('stops reading an input without end', () => {
    const command = `yes | "${process.execPath}" "${program}" -`
    const { status, stderr } = spawnSync('sh', ['-c', command], { env, encoding: 'utf8' })
    expect(stderr).toBe(
      'mshare-plan: cannot read standard input: larger than 4 MiB, too large for a scenario\n',
    )
    expect(status).toBe(2)
  })

  it('reports a closed standard input as an empty scenario, not as a bug', () => {
    const command = `"${process.execPath}" "${program}" - <&-`
    const { status } = spawnSync('sh', ['-c', command], { env, encoding: 'utf8' })
    expect([2, 3]).toContain(status)
  })

  it('does not wait for a named pipe that nobody writes to', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
    const { status, stderr } = run(['pipe.yaml'])
    expect(stderr).toContain('not a regular file')
    expect(status).toBe(3)
  })

  it('refuses 50 MB of junk at once', () => {
    writeFileSync(join(folder, 'junk.yaml'), Buffer.alloc(50_000_000, 'x'))
    expect(run(['junk.yaml']).status).toBe(2)
  })

  it('ends quietly when its reader has gone', async () => {
    const child = spawn(process.execPath, [program, 'server.yaml'], { cwd: folder, env })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (part) => {
      stderr += part
    })
    const status = await new Promise((settle) => child.on('close', settle))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.each(['server.yaml', '--version', '--help', 'check --help', ''])(
    'says so when standard output is full: %s',
    (words) => {
      const command = `"${process.execPath}" "${program}" ${words} > /dev/full`
      const { status, stderr } = spawnSync('sh', ['-c', command], {
        cwd: folder,
        env,
        encoding: 'utf8',
      })
      expect(stderr).toBe(
        'mshare-plan: cannot write standard output: no space left on the device (ENOSPC)\n',
      )
      expect(status).toBe(3)
    },
  )

  it('prints all of a large answer into a slow pipe', () => {
    rmSync(join(folder, 'wrong.yaml'))
    for (let copy = 1; copy < 40; copy += 1) {
      writeFileSync(join(folder, `copy-${copy}.yaml`), scenario)
    }
    const command = `"${process.execPath}" "${program}" . --format json | (sleep 0.3; cat)`
    const { stdout } = spawnSync('sh', ['-c', command], {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    expect(JSON.parse(stdout).results).toHaveLength(40)
  })

  it('reads a folder without its folders, links and hidden files', () => {
    mkdirSync(join(folder, 'set/deeper.yaml'), { recursive: true })
    writeFileSync(join(folder, 'set/a.yaml'), scenario)
    writeFileSync(join(folder, 'set/.draft.yaml'), wrong)
    writeFileSync(join(folder, 'set/scenario.schema.json'), '{}')
    symlinkSync(join(folder, 'wrong.yaml'), join(folder, 'set/link.yaml'))
    const { status, stdout } = run(['set', '--format', 'json'])
    expect(status).toBe(0)
    const results: { scenario: { file: string } }[] = JSON.parse(stdout).results
    expect(results.map((result) => result.scenario.file)).toEqual(['set/a.yaml'])
  })
})

describe('a link to nowhere', () => {
  it('is read as missing, with where it leads to', () => {
    symlinkSync('/etc/of\tanother/my.cnf', join(folder, 'my.cnf'))
    const { status, stderr } = run(['import', 'my.cnf', '--memory', '4GB'])
    expect(status).toBe(3)
    expect(stderr).toContain('(a link to /etc/of\\x09another/my.cnf)')
  })
})

describe('output files', () => {
  it('are written in the format of their names, and nothing is printed', () => {
    const { status, stdout } = run(['server.yaml', '-o', 'out.json', '-o', 'out.txt'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    expect(JSON.parse(readText('out.json')).schema).toBe('mshare-plan/result/1')
    expect(readText('out.txt')).toContain('数据库')
  })

  it('stay as they were where the scenario is wrong, and no draft is left', () => {
    writeFileSync(join(folder, 'out.json'), 'former')
    expect(run(['wrong.yaml', 'server.yaml', '-o', 'out.json']).status).toBe(2)
    expect(readText('out.json')).toBe('former')
    expect(readdirSync(folder).sort()).toEqual(['out.json', 'server.yaml', 'wrong.yaml'])
  })

  it('keep their permissions, and a link stays a link', () => {
    writeFileSync(join(folder, 'real.json'), 'former', { mode: 0o600 })
    symlinkSync('real.json', join(folder, 'link.json'))
    expect(run(['server.yaml', '-o', 'link.json']).status).toBe(0)
    const listing = execFileSync('ls', ['-l', 'real.json', 'link.json'], { cwd: folder })
    expect(String(listing)).toMatch(/^l.* link\.json -> real\.json$/m)
    expect(String(listing)).toMatch(/^-rw------- .* real\.json$/m)
    expect(JSON.parse(readText('real.json')).schema).toBe('mshare-plan/result/1')
  })

  it.each(['missing/out.json', 'set.json', 'pipe.json'])(
    'are checked before the work: %s',
    (path) => {
      mkdirSync(join(folder, 'set.json'))
      execFileSync('mkfifo', [join(folder, 'pipe.json')])
      const { status, stdout, stderr } = run(['server.yaml', '--format', 'table', '-o', path])
      expect(stderr).toMatch(/^mshare-plan: cannot write .*\n$/)
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    },
  )
})

function readText(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}
