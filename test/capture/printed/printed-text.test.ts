import { describe, expect, it } from 'vitest'
import { isPrinted, piecesIn } from '../../../src/capture/printed/printed-text.ts'

const ps = `USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND
root 1 0.0 0.1 9000 8000 ? Ss 10:00 0:01 /sbin/init
`

describe('a text with outputs of several commands', () => {
  it('is taken apart by headings and prompts', () => {
    const text = `$ cat /proc/meminfo
MemTotal:       16384000 kB
PageTables:        20000 kB
$ ps aux
${ps}$ ipcs -m

------ Shared Memory Segments --------
key        shmid      owner      perms      bytes      nattch     status
0x00000001 7          oracle     640        4096       2          locked

$ free -m
              total        used        free      shared  buff/cache   available
Mem:          16000        9000        1000        2000        6000        6000
Swap:             0           0           0
`
    const pieces = piecesIn('notes.txt', text)
    expect(pieces.map(({ kind }) => kind)).toEqual(['file', 'processes', 'segments', 'free'])
    expect(pieces[0]).toMatchObject({
      path: 'proc/meminfo',
      text: 'MemTotal:       16384000 kB\nPageTables:        20000 kB\n',
    })
    expect(pieces[2]).toMatchObject({
      segments: [{ id: 7, key: 1, bytes: 4096, attached: 2, owner: 'oracle', locked: true }],
    })
    expect(pieces[3]).toMatchObject({ command: 'free -m', table: { total: '16000' } })
  })

  it('has a new line of Windows, a mark of its encoding, and an indentation', () => {
    const text = `\uFEFF  MemTotal:       16384000 kB\r\n  PageTables:        20000 kB\r\n`
    expect(piecesIn('meminfo', text)).toMatchObject([
      { text: 'MemTotal:       16384000 kB\nPageTables:        20000 kB\n' },
    ])
  })

  it('has sections of supportconfig, files among them', () => {
    const text = `#==[ Configuration File ]===========================#
# /proc/sys/vm/overcommit_memory
2

#==[ Command ]======================================#
# /usr/bin/free -k
              total        used        free      shared  buff/cache   available
Mem:       16384000     9000000     1000000     2000000     6000000     6000000
`
    expect(piecesIn('proc.txt', text)).toMatchObject([
      { kind: 'file', path: 'proc/sys/vm/overcommit_memory', text: '2\n' },
      { kind: 'free', command: '/usr/bin/free -k' },
    ])
  })

  it('counts lines of a list that are none of its rows', () => {
    const [list] = piecesIn(
      'ps',
      `${ps}garbage in between\nroot 2 0.0 0.0 0 0 ? S 10:00 0:00 [x]\n`,
    )
    expect(list).toMatchObject({ list: { unreadable: 1, kernelThreads: 1 } })
  })

  it('repeats the heading of ps on every page', () => {
    const [list, another] = piecesIn('ps', `${ps}${ps.replace(' 1 ', ' 7 ')}`)
    expect(list).toMatchObject({ list: { unreadable: 0, processes: [{ pid: 1 }, { pid: 7 }] } })
    expect(another).toBeUndefined()
  })

  it('has semaphores and queues, which are no segments', () => {
    const text = `key        semid      owner      perms      nsems
0x00000001 7          oracle     640        250

key        msqid      owner      perms      used-bytes   messages
0x00000001 7          oracle     640        0            0
`
    expect(piecesIn('ipcs', text)).toEqual([])
  })

  it('reads who made the segments, and what of all is in memory', () => {
    const text = `------ Shared Memory Creator/Last-op PIDs --------
shmid      owner      cpid       lpid
7          oracle     4711       9001

------ Shared Memory Status --------
segments allocated 1
pages allocated 1000
pages resident  900
pages swapped   90
Swap performance: 0 attempts     0 successes
`
    expect(piecesIn('ipcs', text)).toMatchObject([
      { kind: 'makers', makers: new Map([[7, 4711]]) },
      { kind: 'totals', totals: { resident: 900, swapped: 90 } },
    ])
  })
})

describe('a text of something else', () => {
  it.each([
    ['nothing', ''],
    ['zeros', '\0'.repeat(1000)],
    ['a web page', '<html>404 not found</html>\n'],
    ['a log', 'Nov 30 10:00:00 db1 kernel: Out of memory: Killed process 12 (x)\n'.repeat(3)],
    ['a keyed text', '__proto__: 1\nconstructor: 2\n'],
  ])('has no output of a command: %s', (_, text) => {
    expect(isPrinted(text)).toBe(false)
  })

  it('takes time in proportion to its length', () => {
    expect(isPrinted('x'.repeat(20_000_000))).toBe(false)
    expect(isPrinted(`${'# '.repeat(1000)}\n`.repeat(5000))).toBe(false)
    expect(isPrinted(`${' '.repeat(4000)}x\n`.repeat(2000))).toBe(false)
  })
})
