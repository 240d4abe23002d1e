// npm run proof -- [FOLDER…] [--runs N] [--seed N] [--scenario FILE]
//
// Holds the model against this machine: its kernel, a PostgreSQL and a MariaDB of its own; completes
// command lines in a zsh and a fish; runs the program under later releases of Node; and runs every law
// in full. A FOLDER (live, postgresql, mariadb, shells, package, executable, integrations, releases, law)
// runs a part.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const folder = fileURLToPath(new URL('.', import.meta.url))
const root = resolve(folder, '../..')
const text = { type: 'string' }
const { values, positionals } = parseArgs({
  options: { runs: text, seed: text, scenario: text },
  allowPositionals: true,
})
for (const name of ['runs', 'seed']) {
  const value = values[name]
  if (value !== undefined && !/^-?\d+$/.test(value)) throw new RangeError(`--${name} ${value}`)
}

const installed = isInstalled()
process.stdout.write(`
The proof takes about 10 minutes on 2 cores. It uses 4 GiB of memory and 3 GiB of disk, and needs:
  npm         ${installed ? 'nothing: test/proof/node_modules is up to date' : '290 MB of packages, put in test/proof/node_modules'}
  root        ${process.getuid?.() === 0 ? 'yes, this is root' : 'not root: tests that change kernel settings are skipped'}
  PostgreSQL  from npm; its data is put below ${tmpdir()} and removed
  MariaDB     Debian's package, downloaded by apt-get and unpacked, not installed
  zsh, fish   the same
It changes huge-page pools, THP and overcommit settings while a test needs them, and restores them.
The last list names every skipped test and the reason.

`)

const install = ['ci', '--prefix', folder, '--no-audit', '--no-fund']
process.exitCode =
  (installed ? 0 : run('npm', install)) ||
  (isBuilt() ? 0 : run('npm', ['run', 'build'])) ||
  run(resolve(root, 'node_modules/.bin/vitest'), vitest())

/** npm writes its own copy of the lock file after everything else. */
function isInstalled() {
  const installed = changed(resolve(folder, 'node_modules/.package-lock.json'))
  return installed > changed(resolve(folder, 'package-lock.json'))
}

/** Programs and packages are proved as they were built, once for all of them; licences come last. */
function isBuilt() {
  const built = changed(resolve(root, 'dist/LICENSES.txt'))
  const sources = readdirSync(resolve(root, 'src'), { recursive: true })
  return sources.every((path) => changed(resolve(root, 'src', path)) < built)
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function vitest() {
  const config = resolve(folder, 'vitest.config.ts')
  return ['run', '--config', config, ...positionals.map((part) => `/${part}/`)]
}

function run(program, args) {
  const { runs, seed, scenario } = values
  const env = { ...process.env }
  if (runs !== undefined) env.MSHARE_ORACLE_RUNS = runs
  if (seed !== undefined) env.MSHARE_ORACLE_SEED = seed
  if (scenario !== undefined) env.MSHARE_ORACLE_SCENARIO = resolve(scenario)
  return spawnSync(program, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}
