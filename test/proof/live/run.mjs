// npm run oracle -- [--runs N] [--seed N] [--scenario FILE]
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

const text = { type: 'string' }
const { values } = parseArgs({ options: { runs: text, seed: text, scenario: text } })
for (const name of ['runs', 'seed']) {
  const value = values[name]
  if (value !== undefined && !/^-?\d+$/.test(value)) throw new RangeError(`--${name} ${value}`)
}

const env = { ...process.env }
if (values.runs !== undefined) env.MSHARE_ORACLE_RUNS = values.runs
if (values.seed !== undefined) env.MSHARE_ORACLE_SEED = values.seed
if (values.scenario !== undefined) env.MSHARE_ORACLE_SCENARIO = resolve(values.scenario)

const vitest = ['run', '--project', 'oracle', '--reporter', 'verbose', 'test/oracle/live']
const { status } = spawnSync('node_modules/.bin/vitest', vitest, { env, stdio: 'inherit' })
process.exitCode = status ?? 1
