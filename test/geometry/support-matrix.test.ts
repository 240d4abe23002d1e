import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { layouts } from '../../src/geometry/catalogue.ts'
import type { HugePage, Layout, Level } from '../../src/geometry/layout.ts'
import { strategiesOf } from '../../src/sharing/catalogue.ts'
import { exactBytes, formatCount } from '../../src/units/format.ts'
import type { KernelVersion } from '../../src/units/kernel-version.ts'

/*
 * docs/support-matrix.md is what the catalogue says, and nothing else.
 * `UPDATE_GOLDEN=1 npx vitest run --project unit test/geometry` writes it anew, never under CI.
 */
const path = join(import.meta.dirname, '../../docs/support-matrix.md')
const { UPDATE_GOLDEN, CI } = process.env

it('the support matrix is what the catalogue says', () => {
  expect(layouts.length).toBeGreaterThan(10)
  const matrix = matrixOf(layouts)
  if (UPDATE_GOLDEN === '1' && !CI) writeFileSync(path, matrix)
  expect(readFileSync(path, 'utf8')).toBe(matrix)
})

const kernels: readonly KernelVersion[] = [
  { major: 5, minor: 4 },
  { major: 5, minor: 10 },
  { major: 6, minor: 1 },
  { major: 6, minor: 7 },
  { major: 6, minor: 14 },
  { major: 6, minor: 18 },
  { major: 7, minor: 2 },
]

function matrixOf(all: readonly Layout[]): string {
  return [
    '# Support matrix',
    '',
    'Made from the catalogue in `src/geometry/` by `test/geometry/support-matrix.test.ts`; do not edit.',
    'Levels from the bottom; a level that is not named is folded. "Checked on" names the recorded',
    'kernel runs in `test/oracle/recorded/` whose every case the model reproduces.',
    '',
    '## Layouts',
    '',
    row(
      'layout',
      'base page',
      'levels: entries, bytes of a table, span',
      'user space',
      'checked on',
    ),
    row('---', '---', '---', '---', '---'),
    ...all.map((layout) =>
      row(
        `\`${layout.id}\``,
        exactBytes(layout.pageBytes),
        layout.levels.map((level) => levelText(layout, level)).join('<br>'),
        exactBytes(BigInt(layout.userPages) * BigInt(layout.pageBytes)),
        runsOn(layout).join(', ') || 'source only',
      ),
    ),
    '',
    '## Strategies and huge pages',
    '',
    row('layout', 'huge pages: size, level of the entry', 'pmd tables of hugetlb', 'strategies'),
    row('---', '---', '---', '---'),
    ...all.map((layout) =>
      row(
        `\`${layout.id}\``,
        layout.hugePages.map((huge) => hugeText(huge)).join('<br>'),
        layout.sharesPmdTables ? 'shared' : 'not shared',
        strategiesOf(layout)
          .map(({ id, status }) => (status === 'proposed' ? `${id} (proposed)` : id))
          .join(' '),
      ),
    ),
    '',
    'mshare is in no released kernel, and its postings are for x86-64 only: on every other layout it is',
    'an obstacle. `rfc-2022` needs 4 levels.',
    '',
    '## What meminfo PageTables counts, by kernel',
    '',
    'Bytes that one allocation of a level adds; `-` where the kernel counts nothing for it. Several',
    'tables to an allocation are said in brackets.',
    '',
    row('layout', ...kernels.map(({ major, minor }) => `${major}.${minor}`)),
    row('---', ...kernels.map(() => '---')),
    ...all.map((layout) =>
      row(`\`${layout.id}\``, ...kernels.map((kernel) => countedText(layout, kernel))),
    ),
    '',
  ].join('\n')
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function levelText({ pageBytes }: Layout, { name, entries, tableBytes, reach }: Level): string {
  const span = exactBytes(BigInt(reach) * BigInt(pageBytes))
  return `${name}: ${formatCount(entries)}, ${exactBytes(tableBytes)}, ${span}`
}

function hugeText({ bytes, leaf }: HugePage): string {
  return `${exactBytes(bytes)}, ${leaf}`
}

function countedText(layout: Layout, kernel: KernelVersion): string {
  return layout.levels
    .map((level) => {
      const { tablesPerChunk, countedBytes } = layout.allocation(level, { kernel, pti: false })
      const several = tablesPerChunk > 1 ? ` (${tablesPerChunk})` : ''
      return `${level.name} ${countedBytes === 0 ? '-' : exactBytes(countedBytes)}${several}`
    })
    .join('<br>')
}

/** Which layout each recorded run was measured on. */
const layoutOfRun: readonly (readonly [RegExp, string])[] = [
  [/^(single|multi|mshare-v3)$/, 'x86-64'],
  [/^vm-x86-.*-5l$/, 'x86-64-5level'],
  [/^vm-x86-/, 'x86-64'],
  [/^vm-arm64-.*-4k-52-lpa2$/, 'arm64-4k-52'],
  [/^vm-arm64-.*-4k-/, 'arm64-4k-48'],
  [/^vm-arm64-.*-16k-max$/, 'arm64-16k-52'],
  [/^vm-arm64-.*-16k-/, 'arm64-16k-47'],
  [/^vm-ppc64le-.*-64k-radix$/, 'ppc64-radix-64k'],
  [/^vm-s390x-/, 's390x'],
]

function runsOn({ id }: Layout): readonly string[] {
  const runs = readdirSync(join(import.meta.dirname, '../oracle/recorded'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/\.json$/, ''))
  expect(runs.length).toBeGreaterThan(5)
  return runs.filter((run) => layoutOfRun.find(([pattern]) => pattern.test(run))?.[1] === id)
}
