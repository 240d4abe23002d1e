import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectScreen } from './expect-screen.ts'
import { answerTo } from './shipped.ts'

/*
 * The screens of scenarios that capture and import write: every recorded copy of /proc, and
 * configurations of each database. Written anew as the golden results are.
 */
const { UPDATE_GOLDEN, CI } = process.env
const rewrite = UPDATE_GOLDEN === '1' && !CI
const folder = join(import.meta.dirname, 'servers')
const recorded = join(import.meta.dirname, '../fixtures/proc')

const configurations: Readonly<Record<string, { readonly text: string; readonly flags: string }>> =
  {
    'postgresql.conf': {
      text: 'shared_buffers = 32GB\nmax_connections = 800\nhuge_pages = try\n',
      flags: '--memory 64GB --release 16',
    },
    'small-postgresql.conf': {
      text: 'max_connections = 100\n',
      flags: '--memory 4GB --release 17',
    },
    'initORCL.ora': {
      text: '*.sga_target=300G\n*.processes=1500\n*.use_large_pages=true\n',
      flags: '--memory 512GB',
    },
    'my.cnf': {
      text: '[mysqld]\ninnodb_buffer_pool_size=96G\nmax_connections=500\nlarge_pages=ON\n',
      flags: '--memory 128GB --release 8.4',
    },
  }

/** A folder, or the archive of one. */
const treeOf = (name: string): string =>
  existsSync(join(recorded, name, 'tree')) ? `${name}/tree` : `${name}/tree.tar.gz`
/** No page tables that are known. */
const unsupported = 'armv7'
const captured = readdirSync(recorded).filter((name) => name !== unsupported)
const captures = captured.map(
  (name) => [name, ['capture', '--root', `test/fixtures/proc/${treeOf(name)}`]] as const,
)
const imports = Object.entries(configurations).map(
  ([name, { flags }]) => [name, ['import', name, ...flags.split(' ')]] as const,
)

it('servers were recorded', () => {
  expect(captures.length).toBeGreaterThanOrEqual(9)
})

describe.each([...captures, ...imports])('%s', (name, argv) => {
  it('gives the screen that was reviewed', async () => {
    const files = Object.fromEntries(
      Object.entries(configurations).map(([file, { text }]) => [file, text]),
    )
    const written = await answerTo(argv, files)
    expect(written.status).toBe(0)
    const scenario = { [`${name}.yaml`]: written.stdout }
    const { stdout, status } = await answerTo([`${name}.yaml`], scenario)
    expect(status).toBe(0)
    const result = await answerTo([`${name}.yaml`, '-f', 'json'], scenario)
    expectScreen(stdout, JSON.parse(result.stdout))
    const path = join(folder, `${name}.txt`)
    if (rewrite) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path, stdout)
    }
    expect(existsSync(path), `${path} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true)
    expect(stdout).toBe(readFileSync(path, 'utf8'))
  })
})

it('no screen is left of a server that is gone', () => {
  const expected = [...captures, ...imports].map(([name]) => `${name}.txt`)
  const stale = readdirSync(folder).filter((file) => !expected.includes(file))
  if (rewrite) for (const file of stale) rmSync(join(folder, file))
  else expect(stale).toEqual([])
})
