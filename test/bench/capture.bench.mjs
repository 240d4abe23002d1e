import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './median.mjs'

/*
 * What reading costs, in CPU time of the whole process, which another load falsifies least. A copied
 * tree of 1000 processes with 300 mappings each is captured and, in turns, read by cat: processes of
 * 8 kinds, as a server has them, and then no two alike. Then the processes of this machine, with 200
 * sleeping ones among them, by capture and by smem.
 */
const [processes, mappings, rounds, sleepers] = [1000, 300, 5, 200]
const program = fileURLToPath(new URL('../../bin/mshare-plan.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-bench-'))

try {
  process.stdout.write(`${[...copied(), ...live()].join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function copied() {
  return [...copiedKinds(8), ...copiedKinds(processes)]
}

/** @param {number} kinds of processes with the same figures. */
function copiedKinds(kinds) {
  const megabytes = makeTree(kinds) / 1e6
  const capture = [process.execPath, program, 'capture', '--root', folder, '-o', '/dev/stdout']
  const times = inTurns({
    cat: ['sh', '-c', `find '${folder}' -type f -print0 | xargs -0 cat > /dev/null`],
    capture: capture.slice(0, -2),
    node: [process.execPath, '-e', '0'],
  })
  const ratio = times.capture / times.cat
  return [
    `Capture of ${processes} processes with ${mappings} mappings each, of ${kinds} kinds, ${megabytes.toFixed(0)} MB copied; CPU, medians of ${rounds} runs, taking turns`,
    `  node -e 0  ${times.node.toFixed(0)} ms`,
    `  cat        ${times.cat.toFixed(0)} ms`,
    `  capture    ${times.capture.toFixed(0)} ms  ${ratio.toFixed(2)} x (3 x allowed)`,
    `  most memory of capture: ${(mostMemory(capture.slice(0, -2)) / 1024).toFixed(0)} MiB`,
  ]
}

function live() {
  const title = `Live capture of ${sleepers} processes`
  if (spawnSync('smem', ['--help']).error)
    return [`${title}: smem is not installed, nothing to compare with`]
  const children = spawnSync('sh', [
    '-c',
    `for i in $(seq ${sleepers}); do sleep 300 >/dev/null 2>&1 & echo $!; done`,
  ])
  const pids = children.stdout.toString().trim().split('\n')
  try {
    const chosen = pids.flatMap((pid) => ['--pid', pid])
    const times = inTurns({
      smem: ['smem', '--processfilter', '^sleep'],
      capture: [process.execPath, program, 'capture', ...chosen],
    })
    return [
      `${title}; medians of ${rounds} runs, taking turns`,
      `  smem       ${times.smem.toFixed(0)} ms`,
      `  capture    ${times.capture.toFixed(0)} ms  ${(times.capture / times.smem).toFixed(2)} x (1 x allowed)`,
    ]
  } finally {
    for (const pid of pids) process.kill(Number(pid))
  }
}

/** @template {string} Name @param {Record<Name, string[]>} commands @returns {Record<Name, number>} */
function inTurns(commands) {
  const entries = Object.entries(commands)
  const times = Object.fromEntries(entries.map(([name]) => [name, []]))
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, words] of entries) {
      const time = timed(words)
      if (round >= 0) times[name].push(time)
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times[name])]))
}

/** CPU time in ms. @param {readonly string[]} words */
function timed([command, ...words]) {
  const script = '"$@" > /dev/null; status=$?; times; exit $status'
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', command, ...words])
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  // The second line is that of the children: user and system time.
  const parts =
    stdout
      .toString()
      .trim()
      .split('\n')[1]
      ?.matchAll(/(\d+)m([\d.]+)s/g) ?? []
  return [...parts].reduce((sum, [, minutes, seconds]) => sum + minutes * 60e3 + seconds * 1e3, 0)
}

/** Resident memory at its highest, in KiB: what the program itself is told. */
function mostMemory([command, ...words]) {
  const script = `process.on('exit', () => process.stderr.write('maxrss ' + process.resourceUsage().maxRSS))`
  const hook = join(folder, 'hook.cjs')
  writeFileSync(hook, script)
  const { stderr } = spawnSync(command, ['--require', hook, ...words], { maxBuffer: 2 ** 30 })
  return Number(/maxrss (\d+)/.exec(stderr.toString())?.[1])
}

/** @returns bytes written. */
function makeTree(kinds) {
  let bytes = 0
  const put = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
    bytes += text.length
  }
  put(
    'proc/meminfo',
    'MemTotal:       527991808 kB\nPageTables:      2000000 kB\nSwapTotal:            0 kB\n',
  )
  put('proc/cpuinfo', 'flags\t\t: fpu pse lm\n')
  put('proc/sys/kernel/osrelease', '6.1.0-13-amd64\n')
  for (let number = 0; number < processes; number += 1) {
    const pid = 1000 + number
    put(`proc/${pid}/status`, statusOf(pid))
    put(`proc/${pid}/cmdline`, `postgres: app db 10.0.0.${number % 250} idle\0`)
    put(`proc/${pid}/smaps`, smapsOf(number % kinds))
  }
  return bytes
}

function statusOf(pid) {
  return `Name:\tpostgres\nState:\tS (sleeping)\nTgid:\t${pid}\nPid:\t${pid}\nPPid:\t1\nUid:\t26\t26\t26\t26\nGid:\t26\t26\t26\t26\nVmPeak:\t  900000 kB\nVmSize:\t  900000 kB\nVmRSS:\t  600000 kB\nRssAnon:\t    4000 kB\nVmPTE:\t    1500 kB\nVmSwap:\t       0 kB\nThreads:\t1\n`
}

function smapsOf(number) {
  const indices = Array.from({ length: mappings }, (_, index) => index)
  return indices
    .map((index) => (index === 100 ? sharedMapping(index) : library(index, number)))
    .join('')
}

function sharedMapping(index) {
  return mappingOf(index, 'rw-s', 2048, 1024, '00:01', '/dev/zero (deleted)')
}

function library(index, number) {
  const name = `/usr/lib/x86_64-linux-gnu/lib${index}.so.6`
  return mappingOf(
    index,
    'r-xp',
    132,
    8 + (number % 8) * 4 + (Math.floor(number / 8) % 31) * 4,
    'fe:00',
    name,
  )
}

function mappingOf(index, permissions, size, rss, device, name) {
  const start = 0x7f0000000000 + index * 0x200000
  const head = `${hex(start)}-${hex(start + size * 1024)} ${permissions} 00000000 ${device} ${1000 + index}`
  return `${head.padEnd(72)} ${name}\n${fieldsOf(size, rss)}`
}

function hex(value) {
  return value.toString(16).padStart(8, '0')
}

/** As Linux 6.18 prints them. */
function fieldsOf(size, rss) {
  const values = {
    Size: size,
    KernelPageSize: 4,
    MMUPageSize: 4,
    Rss: rss,
    Pss: rss / 2,
    Pss_Dirty: 0,
    Shared_Clean: rss,
    Shared_Dirty: 0,
    Private_Clean: 0,
    Private_Dirty: 0,
    Referenced: rss,
    Anonymous: 0,
    KSM: 0,
    LazyFree: 0,
    AnonHugePages: 0,
    ShmemPmdMapped: 0,
    FilePmdMapped: 0,
    Shared_Hugetlb: 0,
    Private_Hugetlb: 0,
    Swap: 0,
    SwapPss: 0,
    Locked: 0,
  }
  const lines = Object.entries(values).map(
    ([key, value]) => `${`${key}:`.padEnd(16)}${String(value).padStart(8)} kB\n`,
  )
  return `${lines.join('')}THPeligible:           0\nVmFlags: rd ex mr mw me sd \n`
}
