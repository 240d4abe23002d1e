import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The program as it is installed: these tests need `npm run build`, which `npm test` begins with. */
const program = join(import.meta.dirname, '../../bin/mshare-plan.js')
const patience = 120_000

/** A server with one region; the odd ones have a gate that fails. */
function server(number: number): string {
  return JSON.stringify({
    version: 1,
    name: `server ${number}`,
    host: { memory: '64 GiB' },
    regions: { pool: { size: '1 GiB' } },
    groups: { clients: { processes: 100 + number, maps: [{ region: 'pool' }] } },
    strategies: ['as-described'],
    ...(number % 2 === 0 ? {} : { gates: { headroom: '99%' } }),
  })
}

const wrong = server(7).replace('"64 GiB"', '64')
const fleet = (count: number, at = (number: number) => server(number)) =>
  Array.from({ length: count }, (_, number) => `${at(number)}\n`).join('')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mshare-plan-'))
  writeFileSync(
    join(folder, 'fleet.ndjson'),
    fleet(20, (n) => (n === 12 ? wrong : server(n))),
  )
  writeFileSync(join(folder, 'even.ndjson'), `${server(0)}\n${server(2)}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(args: readonly string[], input: string | Uint8Array = '') {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: patience,
    maxBuffer: 2 ** 28,
  })
  return { status, signal, stdout, stderr }
}

describe('threads', { timeout: patience }, () => {
  it.each([['ndjson'], ['json'], ['table']])('print the same %s as one', (format) => {
    const alone = run(['fleet.ndjson', '--jobs', '1', '-f', format])
    expect(alone.status).toBe(2)
    expect(alone.stderr).toMatch(/^fleet\.ndjson:13:\d+: document 13: sizes need a unit/)
    expect(alone.stdout.split('\n').length).toBeGreaterThan(19)
    expect(run(['fleet.ndjson', '--jobs', '3', '-f', format])).toEqual(alone)
  })

  it('judge saved results, find limits and verify as one does', () => {
    writeFileSync(join(folder, 'saved.ndjson'), run(['fleet.ndjson', '-f', 'ndjson']).stdout)
    for (const words of [
      ['check', 'saved.ndjson'],
      ['limits', 'even.ndjson', 'memory', '-f', 'ndjson'],
      ['verify', 'even.ndjson'],
    ]) {
      const alone = run([...words, '--jobs', '1'])
      expect((alone.stdout + alone.stderr).length, words.join(' ')).toBeGreaterThan(100)
      expect(run([...words, '--jobs', '2']), words.join(' ')).toEqual(alone)
    }
  })
})

describe('a stream', { timeout: patience }, () => {
  it('has an answer to each line before the next one comes', async () => {
    const child = start(['-', '-f', 'ndjson'])
    for (const number of [1, 2, 3]) {
      child.stdin?.write(`${server(number)}\n`)
      expect(JSON.parse(await nextText(child.stdout)).scenario.name).toBe(`server ${number}`)
    }
    child.stdin?.end()
    expect(await ended(child)).toEqual([1, null])
  })

  it('has a line that is too large passed over, and the others answered', () => {
    const input = `${server(0)}\n{"name":"${'x'.repeat(2 ** 24)}"}\n${server(2)}\n`
    const { status, stdout, stderr } = run(['-', '-f', 'ndjson'], input)
    const lines = stdout.trimEnd().split('\n')
    expect([status, lines.length]).toEqual([2, 3])
    expect(lines[2]).toContain('"schema":"mshare-plan/failure/1"')
    expect(stderr).toMatch(/^-:2:1: document 2: the line is larger than 4 MiB/)
  })

  it('ends with what is answered when it is interrupted, as JSON that can be read', async () => {
    const child = start(['-', '-f', 'json', '-o', 'all.json'])
    child.stdin?.write(`${server(0)}\n${server(2)}\n${wrong}\n`)
    // That there is something wrong is said at once: the two before it are answered.
    await nextText(child.stderr)
    const text = allText(child)
    child.kill('SIGINT')
    expect(await ended(child)).toEqual([null, 'SIGINT'])
    expect(JSON.parse(await text).results).toHaveLength(2)
    expect(readdirSync(folder)).not.toContain('all.json')
  })

  it.each(['1', '2'])('ends where its reader has gone, in %s threads', (jobs) => {
    const words = `"${process.execPath}" "${program}" - -f ndjson --jobs ${jobs}`
    const command = `yes '${server(0)}' | { ${words}; echo "status $?" >&2; } | head -n 1`
    const { stdout, stderr } = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      timeout: patience,
    })
    expect(JSON.parse(stdout).scenario.name).toBe('server 0')
    expect(stderr).toBe('status 3\n')
  })

  it('is read to its end for a file where its reader has gone', async () => {
    const child = start(['-', '-f', 'ndjson', '-o', 'seen.ndjson'])
    child.stdout?.destroy()
    child.stdin?.end(fleet(8))
    expect(await ended(child)).toEqual([1, null])
    expect(readFileSync(join(folder, 'seen.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(8)
  })

  it('of which no more can be kept is not read on, and says where', () => {
    const command = `yes '${server(0)}' | TMPDIR=/nowhere "${process.execPath}" "${program}" - -f json`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: patience,
    })
    expect(stderr).toBe(
      'mshare-plan: no room for results in /nowhere, the directory for temporary files (TMPDIR): no such file or directory; the rest is not read\n',
    )
    expect([status, JSON.parse(stdout).results.length > 1]).toEqual([3, true])
  })

  it('is refused where standard output is full, without reading on', () => {
    const command = `yes '${server(0)}' | "${process.execPath}" "${program}" - -f ndjson > /dev/full`
    const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    expect(stderr).toMatch(
      /cannot write standard output: no space left on the device \(ENOSPC\); the rest is not read\n$/,
    )
    expect(status).toBe(3)
  })
})

describe('output files of many scenarios', { timeout: patience }, () => {
  it('are written whole', () => {
    expect(run(['even.ndjson', '-o', 'r.json', '-o', 'r.ndjson', '-o', 'r.txt']).status).toBe(0)
    const text = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(JSON.parse(text('r.json')).results).toHaveLength(2)
    expect(text('r.ndjson').trimEnd().split('\n')).toHaveLength(2)
    expect(text('r.txt')).toContain('2 scenarios: 2 safe.')
  })

  it('stay away where one scenario has no result', () => {
    const { stderr } = run(['fleet.ndjson', '-o', 'none.ndjson'])
    expect(stderr).toContain('none.ndjson was not written; not every scenario has a result')
    expect(readdirSync(folder)).not.toContain('none.ndjson')
  })
})

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], { cwd: folder })
}

/** What comes next, to the end of a line. */
async function nextText(stream: ChildProcess['stdout']): Promise<string> {
  let text = ''
  while (!text.endsWith('\n')) {
    text += await new Promise<string>((settle) =>
      stream?.once('data', (part) => settle(String(part))),
    )
  }
  return text
}

async function allText({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of stdout ?? []) text += part
  return text
}

function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((settle) =>
    child.on('exit', (status: number | null, signal: string | null) => settle([status, signal])),
  )
}
