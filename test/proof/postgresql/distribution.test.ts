import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { releases } from '../../../src/importers/postgresql/structures.ts'
import { mib } from '../../build.ts'
import { printed } from '../live/capture/printed.ts'
import { testLimit } from '../live/limits.ts'
import { workloadOf } from './captures.ts'
import { askServer } from './server.mjs'

/*
 * The servers of a distribution, as Debian's packages install them, are built with GSSAPI. What is
 * computed from postgresql.conf is held against what the server itself says with `postgres -C`.
 */

interface Server {
  readonly release: number
  readonly bin: string
}

const servers: readonly Server[] = releases
  .map((release) => ({ release, bin: `/usr/lib/postgresql/${release}/bin` }))
  .filter(({ bin }) => existsSync(join(bin, 'initdb')))
/** As whom a server may run; no server here runs as root. */
const user = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
const isRoot = userInfo().uid === 0
const absent = absence()

function absence(): string | undefined {
  if (servers.length === 0) return 'no PostgreSQL of a distribution is installed'
  return isRoot && user === null ? 'there is no user postgres' : undefined
}

const settings: Readonly<Record<string, readonly string[]>> = {
  'with nothing set': [],
  'with many connections': ['max_connections = 3000', 'shared_buffers = 3GB'],
  'with pg_stat_statements': ["shared_preload_libraries = 'pg_stat_statements'"],
  'with more statements and libraries': [
    "shared_preload_libraries = 'pg_stat_statements, auto_explain, pg_prewarm'",
    'pg_stat_statements.max = 60000',
    'max_worker_processes = 128',
    'max_prepared_transactions = 50',
    'shared_buffers = 777MB',
  ],
}

describe.skipIf(absent !== undefined)(
  `a server of a distribution${absent === undefined ? '' : ` (${absent})`}`,
  () => {
    describe.each(servers)('of PostgreSQL $release', ({ release, bin }) => {
      let home = ''
      beforeAll(() => {
        home = mkdtempSync(join(tmpdir(), 'mshare-plan-distribution-'))
        if (isRoot) chownSync(home, Number(user?.[1]), Number(user?.[2]))
        chmodSync(home, 0o700)
        execFileSync(join(bin, 'initdb'), ['-D', home, '--no-sync', '-A', 'trust', '--locale=C'], {
          cwd: home,
          ...(isRoot ? { uid: Number(user?.[1]), gid: Number(user?.[2]) } : {}),
        })
      }, testLimit)
      afterAll(() => rmSync(home, { recursive: true, force: true }))

      test.each(Object.entries(settings))('%s asks for what is computed', async (_title, lines) => {
        const file = join(home, 'postgresql.conf')
        for (const hugePages of ['try', 'off']) {
          appendFileSync(file, `${[...lines, `huge_pages = ${hugePages}`].join('\n')}\n`)
          const text = await printed(['import', file, '--memory', '64 GB'])
          expect(text).not.toContain('regions.shared-memory.size:')
          const [region] = workloadOf(text).regions
          const size = region?.size ?? 0
          const asked = (name: string): number =>
            Number(askServer(join(bin, 'postgres'), home, name))
          if (hugePages === 'off') expect(Math.ceil(size / mib)).toBe(asked('shared_memory_size'))
          else expect(size / (2 * mib)).toBe(asked('shared_memory_size_in_huge_pages'))
        }
        expect(release).toBeGreaterThanOrEqual(15)
      })
    })
  },
)
