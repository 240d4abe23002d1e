import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { machineFiles, processFiles, smapsOf } from '../reading.ts'
import type { Collected, Shell } from './collected.ts'
import { Ground } from './collected.ts'

/** 2 GiB from the start: the pages of these mappings are near the start of pagemap too. */
export const heap = smapsOf('00400000-00800000 rw-p 00000000 00:00 0 [heap]', {
  Size: 4096,
  Rss: 12,
})
export const shared = smapsOf('40000000-40004000 rw-s 00000000 00:01 7 /dev/zero (deleted)', {
  Size: 16,
  Rss: 8,
})
const full = smapsOf('40400000-40404000 rw-s 00000000 00:01 8 /dev/zero (deleted)', {
  Size: 16,
  Rss: 16,
})

/** Entries of pagemap of the pages that are given: present, or swapped out. */
export function pagemapOf(pages: Readonly<Record<number, 'present' | 'swapped'>>): Uint8Array {
  const entries = Object.entries(pages)
  const most = Math.max(...entries.map(([page]) => Number(page)))
  const bytes = new Uint8Array((Math.ceil((most + 1) / 512) + 1) * 4096)
  for (const [page, kind] of entries) {
    bytes.set([0x45, 0x23, 1, 0, 0, 0, 0, kind === 'present' ? 0xa0 : 0x40], Number(page) * 8)
  }
  return bytes
}

export const server: Readonly<Record<string, string | Uint8Array>> = {
  ...machineFiles,
  'etc/passwd': 'root:secret-hash:0:0:Jane Doe:/root:/bin/sh\nmysql:x:26:26::/:/bin/false\n',
  ...processFiles({ pid: 10, program: 'mysqld', title: '/usr/sbin/mysqld\0--password=geheim' }),
  'proc/10/smaps': heap + shared + full,
  'proc/10/pagemap': pagemapOf({
    1024: 'present',
    1026: 'swapped',
    1536: 'present',
    262145: 'present',
    262147: 'present',
  }),
  'proc/10/environ': 'PGPASSWORD=geheim\0',
  'proc/10/cgroup': '0::/db $(touch ran) "x"/it\'s\n',
  'sys/fs/cgroup/db $(touch ran) "x"/it\'s/memory.max': '1073741824\n',
  'sys/fs/cgroup/db $(touch ran) "x"/memory.max': 'max\n',
  'sys/fs/cgroup/other/memory.max': 'max\n',
  ...processFiles({ pid: 11, program: 'sshd', title: 'sshd: geheim [priv]' }),
}

const isRoot = process.getuid?.() === 0
/** Whether a disk of its own can be made, which ends with the process. */
const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0

/** Parts of the script run in shells of their own: the outermost of those above a tool is the script. */
const findScript = `
script=$PPID
while above=$(awk '/^PPid/ { print $2 }' "/proc/$script/status") &&
    grep -q collect[.]sh "/proc/$above/cmdline"; do
    script=$above
done`

/** Type and permissions of all that is in a folder. */
function modesIn(folder: string): Readonly<Record<string, number>> {
  const names = readdirSync(folder).toSorted()
  return Object.fromEntries(names.map((name) => [name, lstatSync(join(folder, name)).mode]))
}

/** What the script does in one shell. It reads a machine in a folder, so that nothing else is on it. */
export function collectsIn(shell: Shell): void {
  const grounds: Ground[] = []
  afterEach(() => {
    for (const ground of grounds.splice(0)) ground.remove()
  })
  const on = (files: Readonly<Record<string, string | Uint8Array>>): Ground => {
    const ground = new Ground(files)
    grounds.push(ground)
    return ground
  }
  const collect = (words: readonly string[] = [], files = server): Collected =>
    on(files).collect(shell, words)

  it('copies of chosen processes what capture reads, of others the status only', () => {
    const { status, files, mode, left } = collect(['--name', 'mysql*'])
    expect(status).toBe(0)
    expect(mode).toBe(0o600)
    expect(left).toEqual(['db1.tar.gz'])
    expect([...files.keys()].filter((path) => path.startsWith('proc/10/')).sort()).toEqual([
      'proc/10/cgroup',
      'proc/10/cmdline',
      'proc/10/smaps',
      'proc/10/status',
    ])
    expect([...files.keys()].filter((path) => path.startsWith('proc/11/'))).toEqual([
      'proc/11/status',
    ])
    expect(files.get('proc/10/smaps')).toBe(server['proc/10/smaps'])
    expect(files.get('proc/meminfo')).toBe(server['proc/meminfo'])
    expect(files.get('mshare-plan/collected')).toContain('\nchosen 10\n')
    expect(files.get('mshare-plan/collected')).not.toContain('chosen 11')
  })

  it('says which pages have entries, present or swapped out, and not where they lie', () => {
    const { files } = collect(['--pid', '10'])
    // 1024 and 1026 of 1024 pages, and the first of the next table; 2 of 4; all of 4 by Rss.
    expect(files.get('mshare-plan/touched/10')?.split('\n').toSorted()).toEqual([
      '',
      '1024 1024 0 1 1 1 509 1 511',
      '262144 4 1 1 1 1',
      '263168 4 0 4',
    ])
  })

  it('keeps no secret of command lines, environments and users', () => {
    const { files } = collect(['--pid', '10'])
    expect([...files.values()].join('\n')).not.toMatch(/geheim|secret-hash|Jane/)
    expect(files.get('proc/10/cmdline')).toBe('/usr/sbin/mysqld - #1')
    expect(files.get('etc/passwd')).toBe('root::0\nmysql::26\n')
  })

  it('keeps all of command lines, or none, where that is asked for', () => {
    const all = collect(['--arguments', 'all'])
    expect(all.files.get('proc/10/cmdline')).toBe('/usr/sbin/mysqld\0--password=geheim\0')
    expect([...collect(['--arguments', 'none']).files.keys()].join()).not.toContain('cmdline')
  })

  it('keeps the role of a process of a server, without its client', () => {
    const titles = {
      20: ['postgres', '/usr/lib/postgresql/15/bin/postgres\0-D\0/srv/a\0-c\0x=geheim\0'],
      21: ['postgres', 'postgres: 15/main: geheim geheim 10.0.0.7(5000) SELECT'],
      22: ['postgres', 'postgres: 15/main: checkpointer '],
      23: ['postgres', 'postgres: walsender geheim 10.0.0.9(4) streaming 0/3'],
      24: ['oracle', 'oracleORCL (DESCRIPTION=(LOCAL=NO)(geheim))'],
      25: ['python3', '/usr/bin/python3\0/srv/python3-app\0--token\0geheim\0'],
      26: ['nginx', 'nginx: worker process geheim'],
      27: ['postgres', 'postgres\0-D\0data\0'],
      28: ['ldapsearch', 'ldapsearch\0-D\0geheim\0-w\0geheim\0'],
      29: ['mongod', 'mongod\0-x\0-D\0/srv/m\0'],
    }
    const files = Object.entries(titles).map(([pid, [program = '', title = '']]) =>
      processFiles({ pid: Number(pid), program, title }),
    )
    const found = collect([], Object.assign({}, machineFiles, ...files)).files
    expect(Object.keys(titles).map((pid) => found.get(`proc/${pid}/cmdline`))).toEqual([
      '/usr/lib/postgresql/15/bin/postgres - - -D /srv/a #1',
      'postgres: 15/main: user database [local]',
      'postgres: 15/main: checkpointer',
      'postgres: walsender',
      'oracleORCL (DESCRIPTION=',
      '/usr/bin/python3 /srv/python3-app - #2',
      'nginx: worker process',
      'postgres - - -D data #3',
      'ldapsearch - - #4',
      'mongod - - -D /srv/m #5',
    ])
  })

  it('takes names with blanks, quotes and commands in them for names', () => {
    const name = 'it\'s "$(touch ran)" `touch ran` *[x]\\'
    const title = `/bin/odd\0${name}\0`
    const files = { ...server, ...processFiles({ pid: 12, program: 'odd', title }) }
    const here = on(files)
    const found = here.collect(shell, ['--name', '"$(touch ran)" `touch ran` *'])
    expect(found.stderr).toContain('no process matches the choice')
    const { files: copied } = here.collect(shell, ['--name', '$(touch ran)', '--name', 'mysql'])
    expect(copied.get('mshare-plan/collected')).toMatch(/chosen 10\nchosen 12\n/)
    expect(copied.get('sys/fs/cgroup/db $(touch ran) "x"/it\'s/memory.max')).toBe('1073741824\n')
    expect(copied.has('sys/fs/cgroup/db $(touch ran) "x"/memory.max')).toBe(true)
    expect(copied.has('sys/fs/cgroup/other/memory.max')).toBe(false)
    expect(spawnSync('find', [here.home, '-name', 'ran']).stdout.toString()).toBe('')
  })

  it('chooses by user, by control group and by process id, all of which must agree', () => {
    const chosen = (...words: readonly string[]): string | undefined =>
      collect(words)
        .files.get('mshare-plan/collected')
        ?.match(/^chosen .*$/gm)
        ?.join()
    expect(chosen('--user', 'mysql')).toBe('chosen 10,chosen 11')
    expect(chosen('--cgroup', '/db $(touch ran) "x"/')).toBe('chosen 10')
    expect(chosen('--user', '26', '--pid=11', '--pid=10', '--name=ssh?')).toBe('chosen 11')
    expect(chosen('--user', 'root')).toBe(undefined)
  })

  it('reads no pipe, no link and no device in place of a file', () => {
    const here = on(server)
    spawnSync('mkfifo', [
      `${here.root}/proc/11/smaps`,
      `${here.root}/proc/sys/vm/overcommit_kbytes`,
    ])
    here.put('proc/12/comm', '')
    here.link('proc/12/status', '/dev/zero')
    const { status, files } = here.collect(shell, [])
    expect(status).toBe(0)
    expect(files.get('mshare-plan/collected')).toContain('refused 12 status denied')
    expect(files.has('proc/11/smaps')).toBe(false)
    expect(files.has('proc/sys/vm/overcommit_kbytes')).toBe(false)
  })

  it('leaves the archive as it was and nothing else where it cannot be written', () => {
    const here = on(server)
    writeFileSync(here.archive, 'before')
    const { status, stderr, left } = here.collect(shell, [], here.tool('gzip', 'exit 1'))
    expect([status, left]).toEqual([3, ['db1.tar.gz']])
    expect(stderr).toContain('the archive could not be written')
    expect(spawnSync('cat', [here.archive]).stdout.toString()).toBe('before')
  })

  it.each([
    ['HUP', 129],
    ['INT', 130],
    ['QUIT', 131],
    ['PIPE', 141],
    ['TERM', 143],
  ])('leaves nothing behind when it is ended by SIG%s', (signal, code) => {
    const here = on(server)
    const { status, left } = here.collect(
      shell,
      [],
      here.tool('tar', `${findScript}\nkill -${signal} "$script"`),
    )
    expect([status, left]).toEqual([code, []])
  })

  it('leaves nothing but the archive where nobody reads what it says', () => {
    const { left, files } = on(server).collect(
      shell,
      [],
      undefined,
      'exec 2>&1; { sleep 0.2; "$@"; } | true',
    )
    expect(left).toEqual(['db1.tar.gz'])
    expect(files.size).toBeGreaterThan(0)
  })

  it('writes what a link points to, also where nothing is there yet', () => {
    const here = on(server)
    mkdirSync(join(here.out, 'real'))
    symlinkSync('second', here.archive)
    symlinkSync('real/target', join(here.out, 'second'))
    for (const before of [undefined, 'old']) {
      const target = join(here.out, 'real/target')
      if (before !== undefined) writeFileSync(target, before)
      const { status, left, files } = here.collect(shell, [])
      expect([status, left.toSorted()]).toEqual([0, ['db1.tar.gz', 'real', 'second']])
      expect(files.has('proc/meminfo')).toBe(true)
      expect(readlinkSync(here.archive)).toBe('second')
      expect(readdirSync(join(here.out, 'real'))).toEqual(['target'])
      expect([...readFileSync(target).subarray(0, 2)]).toEqual([0x1f, 0x8b])
    }
  })

  it.each(isRoot ? ['mkfifo', 'mknod'] : ['mkfifo'])(
    'leaves what is no regular file as it was: by %s, and a link to it',
    (program) => {
      const here = on(server)
      const device = program === 'mknod' ? ['c', '1', '3'] : []
      spawnSync(program, [join(here.out, 'special'), ...device])
      symlinkSync('special', join(here.out, 'link'))
      const before = modesIn(here.out)
      expect(Object.keys(before)).toEqual(['link', 'special'])
      for (const name of ['special', 'link']) {
        const path = join(here.out, name)
        const { status, stderr } = here.collect(shell, ['-o', path])
        expect([status, stderr]).toEqual([3, `collect: cannot write ${path}: not a regular file\n`])
        expect(modesIn(here.out)).toEqual(before)
      }
    },
  )

  it('says in one line where it cannot write', () => {
    const here = on(server)
    const missing = join(here.home, 'none/x.tar.gz')
    expect(here.collect(shell, ['-o', missing])).toMatchObject({
      status: 3,
      stderr: `collect: cannot write in ${here.home}/none/: the directory is missing\n`,
    })
    symlinkSync('loop', join(here.home, 'loop'))
    expect(here.collect(shell, ['-o', join(here.home, 'loop')])).toMatchObject({
      status: 3,
      stderr: `collect: cannot follow the link ${here.home}/loop\n`,
    })
    expect(existsSync(join(here.home, 'none'))).toBe(false)
  })

  it.skipIf(!canMount).each([
    ['its folder', 64, 1],
    ['the folders in it', 64, 2],
    ['a file', 64, 20],
    ['the status of a process', 4, 0],
    ['its mappings', 20, 0],
    ['a file of the machine', 28, 0],
  ])(
    'says that the disk is full, and nothing else: no room for %s (needs root)',
    (_, kib, inodes) => {
      const here = on(server)
      const disk = `mount -t tmpfs -o size=${kib}k,nr_inodes=${inodes} none '${here.out}'`
      const { status, stdout, stderr } = here.collect(
        shell,
        [],
        undefined,
        `${disk}; "$@"; ended=$?; ls -A '${here.out}'; exit $ended`,
      )
      expect(stderr).toBe(`collect: cannot write in ${here.out}/: the disk is full\n`)
      expect([status, stdout.toString()]).toEqual([3, ''])
    },
  )

  it('says which tools it lacks', () => {
    const here = on(server)
    const { status, stderr, left } = here.collect({ ...shell, tools: '/nowhere' }, [])
    expect([status, left]).toEqual([3, []])
    expect(stderr).toBe('collect: this machine lacks: awk cat grep gzip ln mkdir mv rm tar tr\n')
  })

  it('says that touched pages will be estimated where od cannot print them', () => {
    const here = on(server)
    const { status, stderr, files } = here.collect(shell, [], here.tool('od', 'exit 1'))
    expect(status).toBe(0)
    expect(stderr).toContain('touched pages will be estimated')
    expect([...files.keys()].join()).not.toContain('touched')
  })

  it('writes the archive to standard output, and nothing else there', () => {
    const { status, stdout, left } = collect(['-o', '-'])
    expect([status, left]).toEqual([0, []])
    expect([...stdout.subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })

  it.each([
    [['--nmae', 'x'], 'unknown option --nmae'],
    [['--pid', '1x'], '--pid 1x is no process id'],
    [['--name'], '--name needs a value'],
    [['--arguments', 'some'], '--arguments some: write needed, all or none'],
  ])('refuses %j', (words, message) => {
    const { status, stderr, left } = collect(words)
    expect([status, left]).toEqual([2, []])
    expect(stderr).toContain(message)
  })

  it('collects nothing where no process matches', () => {
    const { status, stderr, left } = collect(['--name', 'postgres'])
    expect([status, left]).toEqual([3, []])
    expect(stderr).toBe('collect: no process matches the choice; nothing was collected\n')
  })
}
