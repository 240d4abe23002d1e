import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { nodeWorld } from '../../src/cli/node-world.ts'
import { machineFiles, processFiles, smapsOf } from '../capture/reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-trees-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shared = smapsOf(
  '7f0000000000-7f0004000000 rw-s 00000000 00:01 42   /dev/zero (deleted)',
  { Size: 65_536, Rss: 65_536 },
  'rd wr sh mr mw me ms sd',
)
const files = { ...machineFiles, ...processFiles({ pid: 10, smaps: shared }) }

interface Answer {
  readonly status: number
  readonly text: string
  readonly stderr: string
}

const capture = (root: string): Promise<Answer> => run('capture', '--root', root)

async function run(...words: readonly string[]): Promise<Answer> {
  const [out, errors]: [string[], string[]] = [[], []]
  const into = (list: string[]) => async (text: string) => {
    list.push(text)
    return undefined
  }
  const world = {
    ...nodeWorld(),
    stdout: { isTerminal: false, write: into(out) },
    stderr: { isTerminal: false, write: into(errors) },
  }
  const status = await main(words, world)
  return { status, text: out.join(''), stderr: errors.join('') }
}

function treeOf(name: string, content: Readonly<Record<string, string>>): string {
  const root = join(folder, name)
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

interface Entry {
  readonly name: string
  readonly text?: string
  readonly link?: string
  readonly size?: number
}

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack()
  for (const { name, text = '', link } of entries) {
    if (link === undefined) archive.entry({ name }, text)
    else archive.entry({ name, type: 'symlink', linkname: link })
  }
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function fileOf(name: string, content: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const entriesUnder = (prefix: string): readonly Entry[] =>
  Object.entries(files).map(([name, text]) => ({ name: `${prefix}${name}`, text }))

describe('a copied machine', () => {
  it('is the same as a folder, in a folder, as tar, tar.gz and tar.xz', async () => {
    const { text, status } = await capture(treeOf('plain', files))
    expect(status).toBe(0)
    expect(text).toContain('backing: anonymous-shared')
    treeOf('unpacked/sosreport-host-2026', files)
    const tar = await tarOf(entriesUnder('sosreport-host-2026/'))
    const roots = [
      join(folder, 'unpacked'),
      fileOf('a.tar', tar),
      fileOf('a.tar.gz', gzipSync(tar)),
      fileOf('b.tar.gz', gzipSync(await tarOf(entriesUnder('./')))),
    ]
    const xz = spawnSync('xz', ['-c'], { input: tar })
    if (xz.status === 0) roots.push(fileOf('a.tar.xz', xz.stdout))
    for (const root of roots) expect(await capture(root), root).toMatchObject({ status, text })
  })

  it('does not depend on the order in an archive', async () => {
    const forwards = await capture(fileOf('f.tar', await tarOf(entriesUnder(''))))
    const backwards = await capture(fileOf('r.tar', await tarOf(entriesUnder('').toReversed())))
    expect(backwards).toEqual(forwards)
  })
})

describe('links', () => {
  it('are not followed, neither out of the tree nor in a circle', async () => {
    const outside = treeOf('outside', processFiles({ pid: 11, smaps: shared }))
    const root = treeOf('linked', files)
    symlinkSync(join(outside, 'proc/11'), join(root, 'proc/11'))
    symlinkSync(join(root, 'proc'), join(root, 'proc/12'))
    symlinkSync('loop', join(root, 'proc/loop'))
    mkdirSync(join(root, 'proc/13'))
    symlinkSync(join(outside, 'proc/11/status'), join(root, 'proc/13/status'))
    const { text, stderr, status } = await capture(root)
    expect(status).toBe(0)
    expect(text).toContain('Captured: 1 processes')
    expect(stderr).toContain('links are not followed')
  })

  it('that stand for all of proc lead nowhere', async () => {
    const root = join(folder, 'all-links')
    mkdirSync(root)
    symlinkSync(join(folder, 'plain/proc'), join(root, 'proc'))
    expect(await capture(root)).toMatchObject({ status: 3, text: '' })
  })
})

describe('hostile files', () => {
  it.each([
    ['../proc/10/status', 'leads out of it'],
    ['sosreport/../../etc/passwd', 'leads out of it'],
  ])('an entry %s is refused', async (name, words) => {
    const tar = await tarOf([...entriesUnder(''), { name, text: 'x' }])
    const { status, stderr, text } = await capture(fileOf('evil.tar', tar))
    expect([status, text]).toEqual([3, ''])
    expect(stderr).toContain(words)
  })

  it('an entry of 10 GB is refused by what its head says, early', async () => {
    const tar = await tarOf([{ name: 'proc/10/smaps', text: '' }])
    // The size as octal digits, and the sum of the head's bytes with it.
    tar.write('112402762000', 124, 'latin1')
    const head = tar.subarray(0, 512)
    head.fill(' ', 148, 156)
    const sum = head.reduce((total, byte) => total + byte, 0)
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    const start = performance.now()
    const { status, stderr } = await capture(fileOf('huge.tar', tar))
    expect(status).toBe(3)
    expect(stderr).toContain('has 10000000000 bytes')
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it.each(['zeros.tar', 'proc/10/smaps', 'proc/10/status', 'proc/meminfo', 'proc/cpuinfo'])(
    '10 GB of zeros as %s are refused early',
    async (path) => {
      const root = treeOf(`zeros-${path.replaceAll('/', '-')}`, files)
      if (path === 'zeros.tar') writeFileSync(join(root, path), '')
      truncateSync(join(root, path), 10_000_000_000)
      const start = performance.now()
      const { status, stderr } = await capture(path === 'zeros.tar' ? join(root, path) : root)
      expect(performance.now() - start).toBeLessThan(10_000)
      // Without its mappings the process is still there, and cpuinfo only says which layout it is.
      expect(status).toBe(path === 'proc/10/smaps' || path === 'proc/cpuinfo' ? 0 : 3)
      if (path !== 'proc/cpuinfo') expect(stderr).not.toBe('')
    },
  )

  it('zeros without end are refused early, before the first file and behind the last', async () => {
    const zeros = Buffer.alloc(40_000_000)
    const before = await capture(fileOf('before.tgz', gzipSync(zeros)))
    expect([before.status, before.stderr]).toEqual([3, expect.stringContaining('zeros only')])
    const tar = await tarOf(entriesUnder(''))
    const behind = await capture(fileOf('behind.tgz', gzipSync(Buffer.concat([tar, zeros]))))
    expect(behind.stderr).toContain('zeros without end follow its last file')
  })

  it('an archive that is cut off between two files says so', async () => {
    const tar = await tarOf(entriesUnder(''))
    const { status, stderr } = await capture(fileOf('cut-clean.tar', tar.subarray(0, -1024)))
    expect(status).toBe(0)
    expect(stderr).toContain('has no end mark')
  })

  it('an archive of two machines is refused', async () => {
    const tar = await tarOf([...entriesUnder('one/'), ...entriesUnder('two/')])
    const { status, stderr } = await capture(fileOf('two.tar', tar))
    expect(status).toBe(3)
    expect(stderr).toContain('more than one machine: one/proc and two/proc')
  })

  it('meminfo that is a link is named as such', async () => {
    const root = treeOf('linked-meminfo', processFiles({ pid: 10, smaps: shared }))
    symlinkSync('/proc/meminfo', join(root, 'proc/meminfo'))
    const { status, stderr } = await capture(root)
    expect(status).toBe(3)
    expect(stderr).toContain('/proc/meminfo is a link')
    expect(stderr).toContain('/proc/meminfo could not be read')
  })

  it('archives that are damaged, cut off, empty or none at all end in a clear error', async () => {
    const packed = gzipSync(await tarOf(entriesUnder('')))
    const damaged = Buffer.from(packed)
    damaged.fill(0xaa, 100, 200)
    const roots = [
      fileOf('damaged.tgz', damaged),
      fileOf('cut.tgz', packed.subarray(0, packed.length / 2)),
      fileOf('empty.tgz', gzipSync(Buffer.alloc(1024))),
      fileOf('nothing', Buffer.alloc(0)),
      fileOf('text', Buffer.from('hello')),
      fileOf('zeros.gz', gzipSync(Buffer.alloc(50_000_000))),
      join(folder, 'missing'),
      '/dev/zero',
    ]
    for (const root of roots) {
      const { status, stderr, text } = await capture(root)
      expect([status, text], root).toEqual([3, ''])
      expect(stderr, root).toMatch(/^mshare-plan: cannot (read|capture) .+: .+/m)
      expect(stderr, root).not.toContain('bug')
    }
  })
})

describe('names that any user can choose', () => {
  const [hostile, shown] = ['a\u009b31m\ufeff\u202eX', String.raw`a\x9b31m\ufeff\u202eX`]
  const treeNamed = (name: string, object: string, folderName: string): string =>
    treeOf(folderName, {
      ...machineFiles,
      ...processFiles({
        pid: 10,
        program: name,
        status: { VmPTE: '     300 kB' },
        smaps: smapsOf(`7f0000000000-7f0004000000 rw-s 00000000 00:01 42   /dev/shm/${object}`, {
          Size: 65_536,
          Rss: 65_536,
        }),
      }),
    })

  it('that merge in YAML are captured and verified as names', async () => {
    const root = treeNamed('<<', '<<', 'merging')
    const { text, status, stderr } = await capture(root)
    expect([status, stderr]).toEqual([0, ''])
    expect(text).toContain('regions:\n  "<<":\n')
    expect(text).toContain('groups:\n  "<<":\n')
    const verified = await run('verify', '--root', root)
    expect([verified.status, verified.stderr]).toEqual([0, ''])
    expect(verified.text).toContain('<<')
  })

  it('that command a terminal are escaped on standard output too', async () => {
    const { text, status } = await capture(treeNamed(hostile, hostile, 'commanding'))
    expect(status).toBe(0)
    expect(text).toContain(`groups:\n  "${shown}":\n`)
    expect(text).not.toMatch(/[^\P{C}\n]/u)
  })

  it('are escaped in what import makes, as YAML and as JSON', async () => {
    const path = join(folder, `${hostile}.conf`)
    writeFileSync(path, 'shared_buffers = 1GB\n')
    const words = ['import', path, '--kind', 'postgresql', '--memory', '16GB', '--format']
    for (const [format, name] of [
      ['yaml', shown],
      ['json', shown.replace(String.raw`\x9b`, String.raw`\u009b`)],
    ] as const) {
      const { text, status } = await run(...words, format)
      expect(status).toBe(0)
      expect(text).toContain(`${name}.conf`)
      expect(text).not.toMatch(/[^\P{C}\n]/u)
    }
  })
})
