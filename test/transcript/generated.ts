import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'

const [before, after] = [await saved('before.yaml'), await saved('web-server.yaml')]

/** Files that are better described than written down. */
export const generated: Readonly<Record<string, string | Uint8Array>> = {
  // Kernel logs, as test/fixtures/oom-reports/ has them.
  'oracle.dmesg.txt': kernelLog('oracle-sga-300g-5.4.dmesg.txt'),
  'web.journal.txt': kernelLog('web-server-4.18.journal.txt'),
  'pod.kern.log': kernelLog('postgresql-pod-5.15.kern.log'),
  'messages.txt': kernelLog('postgresql-3.10.messages.txt'),
  'java.dmesg.txt': kernelLog('java-idle-pool-6.8.dmesg-T.txt'),
  'two-reports.txt':
    kernelLog('web-server-4.18.journal.txt') + kernelLog('java-idle-pool-6.8.dmesg-T.txt'),
  'cut-list.txt': kernelLog('oracle-sga-300g-5.4.dmesg.txt').split('\n').slice(0, 400).join('\n'),
  'before.json': before,
  'after.json': after,
  'cut-off.json': after.slice(0, -200),
  'later.json': after.replace('result/1', 'result/2'),
  'no-number.json': after.replace(/ +"headroomBytes": \d+,\n/, ''),
  'binary.yaml': Uint8Array.from({ length: 4096 }, (_, index) => (index * 37 + 200) % 256),
  'blank.yaml': ' \n\n  \n',
  'nul-bytes.yaml': 'version: 1\nname: \0\0\0\n',
  'utf-16.yaml': Uint8Array.from([0xff, 0xfe, ...Buffer.from('version: 1\n', 'utf16le')]),
  'junk-50-mb.yaml': new Uint8Array(50_000_000).fill(0x78),
  'junk-4-mib.yaml': new Uint8Array(4 * 2 ** 20).fill(0x78),
  'alias-bomb.yaml': aliasBomb(),
  'nested-10000.yaml': `version: 1\nhost: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
  'nested-10000.json': `{ "host": ${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)} }\n`,
  'nested-blocks.yaml': Array.from(
    { length: 2_500 },
    (_, depth) => `${' '.repeat(depth)}a:\n`,
  ).join(''),
  'one-line.json': oneLine(40),
  'longer-line.json': oneLine(1000),
  'tab.yaml': 'version: 1\nhost: {\tmemory: 64 }\ngroups: {}\n',
  'windows.yaml': '\ufeffversion: 1\r\nhost: { memory: 64 }\r\ngroups: {}\r\n',
  'backends.yaml': [
    '# yaml-language-server: $schema=./scenario.schema.json',
    '#',
    '# How many clients fit?',
    'version: 1',
    `host: {memory: "64 GiB",   kernel: '6.10'} # the new machine`,
    'regions:',
    '    pool: { size: 16 GiB }   # SHOW shared_memory_size',
    'groups:',
    '    clients:   # one process each',
    '        processes: 400 # max_connections',
    '        private: 8 MiB',
    '        maps: &all [{ region: pool }]',
    '    workers:',
    '        processes: 8',
    '        maps: *all',
    'assumed:',
    '    groups.clients.private: the middle of what was measured',
    '# the end',
    '',
  ].join('\n'),
  'control-mistakes.yaml': [
    'version: 1',
    'host: { memory: 64 GiB, "\\e[31mkey": 1, swap: "\\u202e8 \\a" }',
    'regions: { "pool\\e[0m": { size: 1 GiB } }',
    'groups: { "clients": { processes: 2, maps: [{ region: "pool\\e[1m" }] } }',
    `name: "raw \x1b[31m" # raw \x1b[2J \u202e`,
    `strategies: [ "\u200fmshare" ] # \x1b]0;title\x07`,
    '',
  ].join('\n'),
  'control-names.yaml': [
    'version: 1',
    'name: "red \\e[31m and back \\u202e"',
    'host: { memory: 64 GiB }',
    'regions: { "pool\\a": { size: 1 GiB } }',
    'groups: { "\\u200fclients\\t": { processes: 2, maps: [{ region: "pool\\a" }] } }',
    'strategies: [base-pages]',
    '',
  ].join('\n'),
}

/** Two mistakes far apart in one long line. */
function oneLine(length: number): string {
  const groups = Array.from({ length }, (_, index) => [
    `group-${index}`,
    { processes: index === length / 2 ? 1.5 : 1 },
  ])
  return JSON.stringify({
    version: 1,
    host: { memory: '64 GiB' },
    groups: Object.fromEntries(groups),
    gates: { risk: 'none' },
  })
}

/** Ten names of ten of the former: 10^9 values if somebody unfolds it. */
function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let depth = 1; depth < 9; depth += 1) {
    const below = Array.from({ length: 10 }, () => `*a${depth - 1}`).join(', ')
    lines.push(`a${depth}: &a${depth} [${below}]`)
  }
  return `${lines.join('\n')}\nversion: 1\n`
}

/** What `--format json` prints of a scenario in `files/`. */
async function saved(name: string): Promise<string> {
  const text = readFileSync(join(import.meta.dirname, 'files', name))
  const { world, stdout } = fakeWorld({ files: { [name]: text } })
  await main([name, '--format', 'json'], world)
  return stdout()
}

function kernelLog(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures/oom-reports', name), 'utf8')
}
