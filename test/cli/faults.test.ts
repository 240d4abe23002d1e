import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** As it is installed: these tests need `npm run build`, which `npm test` begins with. */
const program = join(import.meta.dirname, '../../bin/mshare-plan.js')
const scenario = `version: 1
host: { memory: 8 GiB }
groups: { clients: { processes: 10, private: 4 MiB } }
strategies: [as-described]
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mshare-plan-faults-'))
  writeFileSync(join(folder, 's.yaml'), scenario)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** `$P` is the program. */
function shell(command: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: { ...process.env, P: `${process.execPath} ${program}`, LANG: 'C.UTF-8', COLUMNS: '80' },
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: 120_000,
  })
  return { status, stdout, stderr }
}

describe.skipIf(!existsSync('/dev/full'))('a full disk behind standard output', () => {
  it.each([
    ...['', '--version', '--help', 'help plan', 'plan --help', 's.yaml', 'check s.yaml'],
    ...['schema', 'schema --result', 'layouts', 'explain', 'completion bash', 'init blank'],
  ])('is no success: %s', (words) => {
    const { status, stderr } = shell(`$P ${words} > /dev/full`)
    expect(stderr).toContain('cannot write standard output: no space left on the device (ENOSPC)')
    expect(status).toBe(3)
  })

  it('behind standard error changes no status', () => {
    expect(shell('$P s.yaml 2> /dev/full').status).toBe(0)
    expect(shell('$P nowhere.yaml 2> /dev/full').status).toBe(3)
    expect(shell('$P check s.yaml --min-headroom 100% 2> /dev/full').status).toBe(1)
  })
})

it('a broken installation is no failed gate', () => {
  cpSync(join(program, '..'), join(folder, 'bin'), { recursive: true })
  const { status, stderr } = shell(`${process.execPath} bin/mshare-plan.js s.yaml`)
  expect(stderr).toContain('it could not be loaded; install it again')
  expect(status).toBe(70)
})

describe('a working directory that is gone', () => {
  const gone = 'mkdir gone && cd gone && rmdir ../gone'

  it('is not needed for standard input', () => {
    expect(shell(`cp s.yaml in.yaml; exec < in.yaml; ${gone}; $P - -q`).status).toBe(0)
  })

  it('has no files, which is no bug', () => {
    const { status, stderr } = shell(`${gone}; $P s.yaml`)
    expect(stderr).toContain('cannot read s.yaml: no such file or directory')
    expect(status).toBe(3)
    expect(shell(`${gone}; $P ${folder}/s.yaml -o x.json`)).toMatchObject({ status: 3, stdout: '' })
  })
})

it('too few files that may be open are no bug', () => {
  const ends = Array.from({ length: 16 }, (_, more) =>
    shell(`ulimit -n ${19 + more}; $P s.yaml s.yaml s.yaml --jobs 2 -q`),
  )
  // With fewer Node itself ends with an error of its own, or with SIGSEGV.
  const answered = ends.filter(({ status }) => status === 0)
  expect(answered.length).toBeGreaterThan(0)
  const others = ends.filter(
    ({ status, stderr }) => status !== 0 && status !== 139 && !stderr.startsWith('node:'),
  )
  for (const { status, stderr } of others) {
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('ulimit -n') })
  }
})

describe('streams that are closed', () => {
  it.each([
    ['$P plan s.yaml >&-', 0],
    ['$P check s.yaml <&- >&- 2>&-', 0],
    ['$P check s.yaml --min-headroom 100% >&- 2>&-', 1],
    ['$P - <&- 2>&-', 2],
    ['$P nowhere.yaml <&- >&- 2>&-', 3],
  ])('change no status: %s', (command, status) => {
    expect(shell(command).status).toBe(status)
  })

  it('do not receive what is written to a file', () => {
    expect(shell('$P s.yaml -o out.json <&- >&- 2>&-').status).toBe(0)
    expect(JSON.parse(readText('out.json')).schema).toBe('mshare-plan/result/1')
  })
})

it('standard input that is a directory is named as such', () => {
  const { status, stderr } = shell('$P - < .')
  expect(stderr).toBe('mshare-plan: cannot read standard input: is a directory\n')
  expect(status).toBe(3)
})

describe('a file that cannot be written', () => {
  it('is refused, and the old one stays: no room for it', () => {
    writeFileSync(join(folder, 'out.json'), 'former')
    const { status, stderr } = shell('ulimit -f 1; $P s.yaml -o out.json')
    expect(stderr).toBe(
      'mshare-plan: cannot write out.json: the file would be larger than permitted (EFBIG)\n',
    )
    expect(status).toBe(3)
    expect(readText('out.json')).toBe('former')
    expect(readdirSync(folder).toSorted()).toEqual(['out.json', 's.yaml'])
  })

  it.each([
    [`${'deep/'.repeat(2000)}out.json`, 'its directory is missing'],
    [`${'n'.repeat(260)}.json`, 'the name is too long (ENAMETOOLONG)'],
    ['loop/out.json', 'too many symbolic links (ELOOP)'],
    ['s.yaml/out.json', 'its directory is missing'],
  ])('is refused before the work', (path, why) => {
    const { status, stdout, stderr } = shell(`ln -s loop loop; $P s.yaml -f json -o ${path}`)
    expect(stderr).toBe(`mshare-plan: cannot write ${path}: ${why}\n`)
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  })

  it('is refused where it is an input by another name', () => {
    const { status, stderr } = shell('ln -s s.yaml t.yaml; $P s.yaml -o t.yaml')
    expect(stderr).toContain('it is also an input')
    expect(status).toBe(2)
    expect(readText('s.yaml')).toBe(scenario)
  })
})

it('two runs that write the same file at once both succeed, and the file is whole', async () => {
  const runs = ['1', '2', '3'].map(
    (size) =>
      new Promise((settle) => {
        const words = [program, 's.yaml', '--set', `host.memory=${size}GiB`, '-o', 'out.json']
        spawn(process.execPath, words, { cwd: folder, stdio: 'ignore' }).on('exit', settle)
      }),
  )
  expect(await Promise.all(runs)).toEqual([0, 0, 0])
  expect(JSON.parse(readText('out.json')).schema).toBe('mshare-plan/result/1')
  expect(readdirSync(folder).toSorted()).toEqual(['out.json', 's.yaml'])
})

it('a hard link to the input keeps the input: the new file has the name alone', () => {
  const { status } = shell('ln s.yaml t.yaml; $P s.yaml --set name=x -o t.yaml')
  expect(status).toBe(0)
  expect(readText('s.yaml')).toBe(scenario)
  expect(readText('t.yaml')).toContain('name: x')
})

describe('text that no message repeats in full', () => {
  it.each([
    ['a size', `version: 1\nhost: { memory: ${'9'.repeat(4_000_000)} B }\ngroups: {}\n`],
    ['a tag', '!'.repeat(4_000_000)],
    ['a word', 'x'.repeat(4_000_000)],
    ['a key', `{ "${'k'.repeat(4_000_000)}": 1 }`],
  ])('%s', (_, text) => {
    writeFileSync(join(folder, 'long.yaml'), text)
    const { status, stderr } = shell('$P long.yaml')
    expect(status).toBe(2)
    expect(stderr).toMatch(/^long\.yaml:\d+:\d+:/)
    expect(stderr.length).toBeLessThan(40_000)
  })
})

it.skipIf(!existsSync('/proc/self/smaps'))(
  'processes that end while they are looked at are no failure of a capture',
  () => {
    const churn = 'i=0; while [ $i -lt 400 ]; do /bin/true; i=$((i + 1)); done'
    const { status, stderr } = shell(
      `(${churn}) & $P capture -o now.yaml; code=$?; wait; exit $code`,
    )
    expect(stderr).not.toContain('bug in mshare-plan')
    expect([0, 3]).toContain(status)
  },
)

function readText(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}
