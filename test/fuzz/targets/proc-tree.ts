import { machineFiles, processFiles, smapsOf } from '../../capture/reading.ts'
import type { Choices } from '../choices.ts'
import { damagedBytes, damagedText } from '../damage.ts'
import { hostileNumber, hostileText } from '../hostile.ts'
import { trees } from '../material.ts'
import type { Target } from './target.ts'

type Files = Record<string, string | Uint8Array>

/** Copies of /proc and /sys: recorded and made, with files missing, damaged and exchanged. */
export const procTree: Target = {
  share: 2,
  draw: (choices) => {
    const files = treeFiles(choices)
    const placed = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [`host/${path}`, content]),
    )
    return {
      argv: [
        ...choices.pick(commands),
        '--root',
        'host',
        ...choices.some(3, () => choices.pick(flags)).flat(),
      ],
      files: placed,
    }
  },
}

const commands = [
  ['capture'],
  ['capture'],
  ['capture', '-o', 'out.yaml'],
  ['verify'],
  ['verify', '-f', 'json'],
]
const flags = [
  ['--group-by', 'user'],
  ['--group-by', 'cgroup'],
  ['--group-by', 'name'],
  ['--pid', '100'],
  ['--name', 'post*'],
  ['--user', '26'],
  ['--cgroup', '/a'],
  ['-q'],
]

/** The files of a tree, by path below its root. */
export function treeFiles(choices: Choices): Files {
  const files: Files = { ...(choices.oneIn(2) ? choices.pick(trees) : madeTree(choices)) }
  for (let faults = choices.below(5); faults > 0; faults -= 1) {
    const paths = Object.keys(files)
    if (paths.length === 0) break
    choices.pick(treeFaults)(files, choices.pick(paths), choices, paths)
  }
  return files
}

type TreeFault = (files: Files, path: string, choices: Choices, paths: readonly string[]) => void

const damage: TreeFault = (files, path, choices) => {
  const content = files[path] ?? ''
  files[path] =
    typeof content === 'string' ? damagedText(content, choices, []) : damagedBytes(content, choices)
}

const treeFaults: readonly TreeFault[] = [
  ...[damage, damage, damage, damage, damage, damage],
  (files, path, choices) => {
    files[path] = damagedBytes(bytesOf(files[path] ?? ''), choices)
  },
  (files, path) => {
    delete files[path]
  },
  (files, path, choices, paths) => {
    files[path] = files[choices.pick(paths)] ?? ''
  },
  (files, path, choices) => {
    files[`${path}${choices.pick(['/x', '0', '~'])}`] = files[path] ?? ''
  },
]

function madeTree(choices: Choices): Files {
  const pids = choices.some(4, () => choices.pick([1, 2, 10, 100, 101, 4_194_304, 2_147_483_647]))
  const sysvipc = choices.oneIn(3)
    ? {
        'proc/sysvipc/shm': `       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n         0          ${choices.below(9)}  1600 ${hostileNumber(choices)} 1 1 2 26 26 26 26 0 0 0 4096 0\n`,
      }
    : {}
  return {
    ...machineFiles,
    ...sysvipc,
    ...Object.assign({}, ...pids.map((pid) => madeProcess(pid, choices))),
  }
}

function madeProcess(pid: number, choices: Choices): Files {
  const smaps = choices.some(5, () => mappingOf(choices)).join('')
  return {
    ...processFiles({
      pid,
      smaps,
      program: choices.pick([
        'postgres',
        'oracle',
        'mysqld',
        'java',
        hostileText(choices).slice(0, 40),
      ]),
      ...(choices.oneIn(3)
        ? { cgroup: choices.pick(['0::/a\n', '0::/a/b\n', '1:memory:/x\n', hostileText(choices)]) }
        : {}),
      status: choices.oneIn(2)
        ? {}
        : {
            [choices.pick([
              'VmPTE',
              'VmRSS',
              'VmSize',
              'Threads',
              'Uid',
              'PPid',
              'VmSwap',
              'HugetlbPages',
            ])]: choices.oneIn(2) ? hostileNumber(choices) : `${choices.below(99_999)} kB`,
          },
    }),
  }
}

function mappingOf(choices: Choices): string {
  const start =
    choices.pick([0, 0x400000, 0x55d000000000, 0x7f0000000000, 0x7ffffffff000]) +
    choices.below(2 ** 20) * 4096
  const pages = choices.pick([1, 2, 511, 512, 513, 4096, 262_144])
  const range = `${start.toString(16).padStart(8, '0')}-${(start + pages * 4096).toString(16).padStart(8, '0')}`
  const path = choices.pick([
    '/dev/zero (deleted)',
    '/SYSV00000000 (deleted)',
    '/dev/hugepages/a',
    '/memfd:a (deleted)',
    '/dev/shm/PostgreSQL.1',
    '/usr/bin/postgres',
    '[heap]',
    '[stack]',
    '[anon_shmem:x]',
    '',
    hostileText(choices).replaceAll('\n', '\\012'),
  ])
  const header = `${range} ${choices.pick(['rw-s', 'rw-p', 'r-xp', 'r--s', '---p', 'rwxs'])} ${choices.pick(['00000000', '00001000', 'ffffffff000'])} 00:01 ${choices.below(3) * 41}   ${path}`
  const kb = pages * 4
  const values = {
    Size: kb,
    Rss: choices.below(kb + 1),
    Swap: choices.oneIn(5) ? choices.below(kb) : 0,
    ...(choices.oneIn(5) ? { KernelPageSize: choices.pick([4, 2048, 1_048_576, 64, 0]) } : {}),
  }
  return smapsOf(
    header,
    values,
    choices.pick(['rd wr sh mr mw me ms sd', 'rd wr mr mw me', 'rd wr ht', 'rd ex io pf', '']),
  )
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}
