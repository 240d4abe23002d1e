import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { nodeWorld } from '../../../src/cli/node-world.ts'
import { machineFiles, processFiles, smapsOf } from '../../capture/reading.ts'
import { cpuTime } from '../../cpu-time.ts'

/** Once: each listens to the streams of this process. */
const machine = nodeWorld()

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
    ...machine,
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
  readonly hardLink?: string
}

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack()
  for (const { name, text = '', link, hardLink } of entries) {
    if (hardLink !== undefined) archive.entry({ name, type: 'link', linkname: hardLink })
    else if (link === undefined) archive.entry({ name }, text)
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
    expect(text).toContain('Captured: 1 process in 1 group.')
    expect(stderr).toContain('links are not followed')
  })

  it.each([
    ['hard links', { hardLink: 'proc/10/status' }, 'is a hard link to another file of the archive'],
    ['symbolic links', { link: '../10/status' }, 'is a link'],
  ])('of an archive are named: %s', async (_, entry, words) => {
    const entries = [
      ...entriesUnder(''),
      { name: 'proc/11/status', ...entry },
      ...Object.entries(processFiles({ pid: 12 })).map(([name, text]) => ({ name, text })),
      { name: 'proc/12/smaps', ...entry },
    ]
    const { status, stderr } = await capture(fileOf('hard.tar', await tarOf(entries)))
    expect(status).toBe(0)
    expect(stderr).toContain(`/proc/11/status ${words}, and links are not followed\n`)
    expect(stderr).toContain(`/proc/12/smaps ${words}, and links are not followed\n`)
    expect(stderr).not.toContain('is empty')
  })

  it('lead nowhere if they replace all of proc', async () => {
    const root = join(folder, 'all-links')
    mkdirSync(root)
    symlinkSync(join(folder, 'plain/proc'), join(root, 'proc'))
    expect(await capture(root)).toMatchObject({ status: 3, text: '' })
  })
})

/** The archive as if its first file were so large. */
function withSize(tar: Buffer, size: number): Buffer {
  // The size as octal digits, and the sum of the head's bytes with it.
  tar.write(size.toString(8).padStart(12, '0'), 124, 'latin1')
  const head = tar.subarray(0, 512)
  head.fill(' ', 148, 156)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return tar
}

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

  it('an entry of 20 GB is refused by what its head says, early', async () => {
    const tar = withSize(await tarOf([{ name: 'proc/10/smaps', text: '' }]), 20_000_000_000)
    const start = cpuTime()
    const { status, stderr } = await capture(fileOf('huge.tar', tar))
    expect(status).toBe(3)
    expect(stderr).toContain('has 20000000000 bytes')
    expect(cpuTime() - start).toBeLessThan(10_000)
  })

  it.each(['zeros.tar', 'proc/10/smaps', 'proc/10/status', 'proc/meminfo', 'proc/cpuinfo'])(
    '10 GB of zeros as %s are refused early',
    async (path) => {
      const root = treeOf(`zeros-${path.replaceAll('/', '-')}`, files)
      if (path === 'zeros.tar') writeFileSync(join(root, path), '')
      truncateSync(join(root, path), 10_000_000_000)
      const start = cpuTime()
      const { status, stderr } = await capture(path === 'zeros.tar' ? join(root, path) : root)
      expect(cpuTime() - start).toBeLessThan(10_000)
      // Without its mappings the process is still there, and cpuinfo only says which layout it is.
      expect(status).toBe(path === 'proc/10/smaps' || path === 'proc/cpuinfo' ? 0 : 3)
      if (path !== 'proc/cpuinfo') expect(stderr).not.toBe('')
    },
  )

  it('an archive of nothing but zeros has no file', async () => {
    const { status, stderr } = await capture(fileOf('zeros.tgz', gzipSync(Buffer.alloc(1024 ** 2))))
    expect([status, stderr]).toEqual([3, expect.stringContaining('it contains no files')])
  })

  it.each([
    ['proc/10/status', 0],
    ['proc/10/smaps', 0],
    ['proc/meminfo', 0],
    ['proc/10/smaps', 0x61],
  ])('nonsense as %s inside an archive does not hide that it is cut off', async (name, byte) => {
    const head = withSize(await tarOf([{ name, text: '' }]), 3 * 1024 ** 3).subarray(0, 512)
    const root = fileOf('inside.tgz', gzipSync(Buffer.concat([head, Buffer.alloc(4e6, byte)])))
    const { status, stderr } = await capture(root)
    expect([status, stderr]).toEqual([3, expect.stringContaining('in the middle of an entry')])
  })

  it('a text that is too large is said to be too large, and the rest is captured', async () => {
    const text = ' '.repeat(17 * 1024 ** 2)
    const tar = await tarOf([...entriesUnder(''), { name: 'proc/11/status', text }])
    const { status, stderr } = await capture(fileOf('oversized.tgz', gzipSync(tar)))
    expect(status).toBe(0)
    expect(stderr).toContain('/proc/11/status could not be read (larger than 16777216 bytes)\n')
  })

  it('smaps of tens of megabytes is read to its end, in an archive too', async () => {
    const one = smapsOf('', {}).slice(1)
    const mappings = Array.from({ length: 100_000 }, (_, index) => {
      const start = 0x5500_0000_0000 + index * 8192
      return `${start.toString(16)}-${(start + 4096).toString(16)} rw-p 00000000 00:00 0 \n${one}`
    })
    const smaps = mappings.join('') + shared
    expect(smaps.length).toBeGreaterThan(70e6)
    const status = { VmSize: '    465536 kB', VmPTE: '      2000 kB' }
    const large = { ...machineFiles, ...processFiles({ pid: 10, smaps, status }) }
    const entries = Object.entries(large).map(([name, text]) => ({ name, text }))
    const packed = fileOf('large.tgz', gzipSync(await tarOf(entries), { level: 1 }))
    const { text, status: answer, stderr } = await capture(packed)
    expect([answer, stderr]).toEqual([0, ''])
    expect(text).toBe((await capture(treeOf('large', large))).text)
    expect(text).toContain('backing: anonymous-shared')
  })

  it('an archive that is cut off between two files is damaged', async () => {
    const tar = await tarOf(entriesUnder(''))
    const { status, stderr } = await capture(fileOf('cut-clean.tar', tar.subarray(0, -1024)))
    expect(status).toBe(3)
    expect(stderr).toContain('it is damaged: it has no end mark')
  })

  it('an archive of two machines is refused', async () => {
    const tar = await tarOf([...entriesUnder('one/'), ...entriesUnder('two/')])
    const { status, stderr } = await capture(fileOf('two.tar', tar))
    expect(status).toBe(3)
    expect(stderr).toContain('more than one machine: one/proc and two/proc')
  })

  it('a folder of two machines is refused in the same words', async () => {
    const files = processFiles({ pid: 10, smaps: shared })
    const entries = ['one', 'two'].flatMap((name) =>
      Object.entries({ ...machineFiles, ...files }).map(([path, text]) => [
        `${name}/${path}`,
        text,
      ]),
    )
    const { status, stderr } = await capture(treeOf('both', Object.fromEntries(entries)))
    expect(status).toBe(3)
    expect(stderr).toContain(
      'holds more than one machine; name one of them (one/proc and two/proc)',
    )
  })

  it('an archive with damaged smaps is not told to collect smaps; one without is', async () => {
    const told = async (
      name: string,
      parts: { readonly smaps?: string; readonly maps?: string },
    ) => {
      const files = { ...machineFiles, ...processFiles({ pid: 10, ...parts }) }
      const entries = Object.entries(files).map(([path, text]) => ({ name: path, text }))
      return (await capture(fileOf(name, await tarOf(entries)))).stderr
    }
    expect(await told('damaged-smaps.tar', { smaps: 'x\n' })).toContain('line 1, "x"')
    expect(await told('damaged-smaps.tar', { smaps: 'x\n' })).not.toContain('sos report')
    expect(await told('damaged-maps.tar', { maps: 'x\n' })).toContain('sos report')
    expect(await told('no-smaps.tar', {})).toContain('sos report')
  })

  it.each(['', './', 'copied/'])('an archive of %jPID is named for what it is', async (top) => {
    const files = { ...machineFiles, ...processFiles({ pid: 10, smaps: shared }) }
    const entries = Object.entries(files).flatMap(([path, text]) =>
      path.startsWith('proc/') ? [{ name: path.replace('proc/', top), text }] : [],
    )
    const { status, stderr } = await capture(fileOf('top.tar', await tarOf(entries)))
    expect(status).toBe(3)
    expect(stderr).toContain('it is a copy of /proc itself; pack its parent directory')
  })

  it('meminfo that is a link is named as such', async () => {
    const root = treeOf('linked-meminfo', processFiles({ pid: 10, smaps: shared }))
    symlinkSync('/proc/meminfo', join(root, 'proc/meminfo'))
    const { status, stderr } = await capture(root)
    expect(status).toBe(3)
    expect(stderr).toContain('/proc/meminfo is a link')
    expect(stderr).toContain('/proc/meminfo could not be read')
  })

  it('pagemap that is cut off is said to be, for the processes of a copy do not go', async () => {
    const smaps = smapsOf('7f0000000000-7f0004000000 rw-s 00000000 00:01 42 /dev/zero (deleted)', {
      Size: 65_536,
      Rss: 8192,
    })
    const files = { ...machineFiles, ...processFiles({ pid: 10, smaps }) }
    const root = treeOf('short-pagemap', { ...files, 'proc/10/pagemap': '\0'.repeat(80) })
    const { status, stderr } = await capture(root)
    expect(status).toBe(0)
    expect(stderr).toContain('/proc/10/pagemap is cut off')
    expect(stderr).not.toContain('has gone')
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

describe('a root that is not a machine', () => {
  it.each([
    ['/dev/null', 'it is neither a directory nor a regular file; archives on pipes'],
    [join(folder, 'missing'), 'no such file or directory'],
    [treeOf('without', { 'etc/passwd': 'root:x:0:0' }), 'it has no processes'],
  ])('%s is refused with the reason', async (root, words) => {
    const { status, stderr, text } = await capture(root)
    expect([status, text]).toEqual([3, ''])
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('standard input')
  })

  it('asks for the directory above a copy of proc itself, whatever its name', async () => {
    const root = treeOf('itself', files)
    cpSync(join(root, 'proc'), join(folder, 'processes'), { recursive: true })
    for (const proc of [join(root, 'proc'), `${join(root, 'proc')}/`, join(folder, 'processes')]) {
      const { status, stderr } = await capture(proc)
      expect(status).toBe(3)
      expect(stderr).toContain('is a copy of /proc itself; name the directory above it')
    }
    expect((await capture(root)).status).toBe(0)
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
