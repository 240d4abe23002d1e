import type { ChildProcess } from 'node:child_process'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { environmentOf, unpackPackages, whyNoPackages } from '../debian-packages.ts'

/*
 * A real MariaDB, started for a test and gone after it: the server of Debian's package, taken out of it
 * without being installed, with an empty data directory and no network.
 */

/** The server's package and what it is linked to, as far as a small system may lack it. */
const packages = [
  'mariadb-server-core',
  'libaio1',
  'liburing2',
  'libnuma1',
  'libpcre2-8-0',
  'libssl3',
  'libsystemd0',
]

export interface Installation {
  /** `10.11.19`. */
  readonly release: string
  readonly start: (options: readonly string[]) => Promise<Server>
  readonly remove: () => void
}

export interface Server {
  readonly pid: number
  readonly log: () => string
  readonly stop: () => Promise<void>
}

/** Why no server can be had here, where that is known at once. */
export function absence(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has no Linux page tables`
  if (userInfo().uid !== 0) return 'only root can set the pool of huge pages'
  return whyNoPackages()
}

/** The server taken out of its package; or why that could not be done. */
export function install(): Installation | { readonly reason: string } {
  const home = mkdtempSync(join(tmpdir(), 'mshare-plan-mariadb-'))
  const remove = (): void => rmSync(home, { recursive: true, force: true })
  try {
    const root = unpackPackages(packages, home)
    const version = run(root, ['--version'])
    const release = /Ver (\d+[.]\d+[.]\d+)-MariaDB/.exec(version)?.[1]
    if (release === undefined) throw new Error(`no release in ${version}`)
    return { release, start: (options) => start(root, home, options), remove }
  } catch (error) {
    remove()
    return { reason: `the package of MariaDB cannot be had: ${(error as Error).message}` }
  }
}

function run(root: string, options: readonly string[]): string {
  return execFileSync(program(root), options, { env: environmentOf(root), encoding: 'utf8' })
}

function program(root: string): string {
  return join(root, 'usr/sbin/mariadbd')
}

const startLimit = 60_000
const pauseMs = 100

/** Waits until the server is ready: an empty data directory takes it about a second. */
async function start(root: string, home: string, options: readonly string[]): Promise<Server> {
  const data = mkdtempSync(join(home, 'data-'))
  const path = join(data, 'log')
  const log = (): string => readFileSync(path, 'utf8')
  const output = openSync(path, 'w')
  const fixed = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${join(data, 's')}`,
    `--pid-file=${join(data, 'pid')}`,
    `--lc-messages-dir=${join(root, 'usr/share/mysql')}`,
    '--user=root',
    '--skip-networking',
    '--skip-grant-tables',
  ]
  const child = spawn(program(root), [...fixed, ...options], {
    env: environmentOf(root),
    stdio: ['ignore', output, output],
  })
  const end = performance.now() + startLimit
  while (!log().includes('ready for connections')) {
    if (child.exitCode !== null || performance.now() > end) {
      await stop(child)
      throw new Error(`the server did not start:\n${log()}`)
    }
    await sleep(pauseMs)
  }
  const { pid } = child
  if (pid === undefined) throw new Error('the server has no process')
  return { pid, log, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  child.kill()
  await gone
}
