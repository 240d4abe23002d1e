#!/usr/bin/env node
// mshare-plan-metrics.mjs OUTPUT.prom WORD…: runs `mshare-plan check WORD…` and writes its answer for the
// textfile collector of node_exporter. The file is replaced whole, behind links; a new one is readable by all.
// The exit status is that of check, but 0 where a gate does not hold: that is a metric. MSHARE_PLAN names
// another program.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

const levels = ['safe', 'tight', 'swapping', 'oom', 'no-start']

const [output, ...words] = process.argv.slice(2)
if (output === undefined || words.length === 0) {
  process.stderr.write('usage: mshare-plan-metrics.mjs OUTPUT.prom FILE…\n')
  process.exitCode = 2
} else {
  const { status, results } = checked(words)
  const answered = status === 1 ? 0 : status
  process.exitCode = replaced(output, metricsOf(results, status)) ? answered : 3
}

function checked(asked) {
  const program = process.env.MSHARE_PLAN ?? 'mshare-plan'
  const { status, stdout, error } = spawnSync(program, ['check', '--format', 'json', ...asked], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (error !== undefined) process.stderr.write(`${program}: ${error.message}\n`)
  const results = resultsIn(stdout)
  if (results !== undefined) return { status: status ?? 3, results }
  if (status > 1 || status === null) return { status: status ?? 3, results: [] }
  complain('check printed no JSON; remove options such as --format')
  return { status: 2, results: [] }
}

/** `undefined` where the text is no JSON of results, as with `--format csv`. */
function resultsIn(text) {
  try {
    const { results, ...one } = JSON.parse(text)
    const all = results ?? [one]
    return all.every(({ scenario }) => scenario !== undefined) ? all : undefined
  } catch {
    return undefined
  }
}

function complain(message) {
  process.stderr.write(`mshare-plan-metrics.mjs: ${message}\n`)
}

/**
 * A strategy without a plan has no lines: a missing sample is not zero. Where two results have the same
 * labels, those of the worse one remain: results come worst first, and the last of a series is written.
 */
function metricsOf(results, status) {
  const named = results.toReversed().map((result) => {
    const { file, line, name } = result.scenario
    const place = line === undefined ? file : `${file}:${line}`
    return { ...result, labels: { file: place, scenario: name } }
  })
  const plans = named.flatMap(({ labels, strategies, gates, host }) => {
    const strategy = gates[0]?.strategy
    const plan = strategies.find(({ id, applies }) => applies && id === strategy)
    return plan === undefined ? [] : [{ labels: { ...labels, strategy }, plan, host }]
  })
  const starting = plans.filter(({ plan }) => levelOf(plan) !== 'no-start')
  const ofPlans = (value, of = plans) => of.map((one) => [one.labels, value(one)])
  const risks = plans.flatMap(({ labels, plan }) =>
    levels.map((level) => [{ ...labels, level }, Number(levelOf(plan) === level)]),
  )
  return [
    gauge('exit_status', 'Exit status of check; above 1 not all was judged.', [[{}, status]]),
    gauge(
      'pass',
      '1 if every gate holds, 0 if one does not.',
      named.map(({ labels, verdict }) => [labels, Number(verdict === 'pass')]),
    ),
    gauge(
      'page_tables_bytes',
      'Page tables of all processes.',
      ofPlans(({ plan }) => plan.pageTables.bytes),
    ),
    gauge(
      'headroom_bytes',
      'Memory that remains; negative where it is short.',
      ofPlans(({ plan }) => plan.memory.headroomBytes, starting),
    ),
    gauge(
      'memory_bytes',
      'Memory of the host.',
      ofPlans(({ host }) => host.memoryBytes),
    ),
    gauge('risk', '1 for the level of risk that the scenario has, 0 for the others.', risks),
  ].join('')
}

/** What lacks huge pages, or memory that the kernel grants, does not start: its figures are of no run. */
function levelOf({ memory: { pools, commit }, risk }) {
  const starts = commit.granted && pools.every(({ missingPages }) => missingPages === 0)
  return starts ? risk.level : 'no-start'
}

/** One metric in the text format of Prometheus; each series once. */
function gauge(name, help, samples) {
  if (samples.length === 0) return ''
  const metric = `mshare_plan_${name}`
  const series = new Map(samples.map(([labels, value]) => [metric + inBraces(labels), value]))
  const lines = [...series].map(([one, value]) => `${one} ${value}\n`)
  return `# HELP ${metric} ${help}\n# TYPE ${metric} gauge\n${lines.join('')}`
}

function inBraces(labels) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Names in scenarios are any text. The format escapes three characters; a terminal would obey others. */
function escaped(text) {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('"', '\\"')
    .replace(/\p{Cc}/gu, '\ufffd')
}

/** Says why where it cannot be: what is there and is no regular file stays. */
function replaced(path, text) {
  try {
    const target = behindLinks(path)
    const old = statSync(target, { throwIfNoEntry: false })
    if (old !== undefined && !old.isFile()) throw new Error(`${path} is not a regular file`)
    replace(target, text, old)
    return true
  } catch ({ message }) {
    complain(message)
    return false
  }
}

/**
 * The collector reads every *.prom: a file that is being written has another name. It keeps owner and mode of
 * the old one, and no umask hides it from the collector.
 */
function replace(target, text, old) {
  const beside = `${target}.${process.pid}.tmp`
  try {
    rmSync(beside, { force: true })
    writeFileSync(beside, text, { flag: 'wx' })
    if (old !== undefined) keepOwner(beside, old)
    chmodSync(beside, old === undefined ? 0o644 : old.mode % 0o10000)
    renameSync(beside, target)
  } finally {
    rmSync(beside, { force: true })
  }
}

/** Only root may give a file away. */
function keepOwner(path, { uid, gid }) {
  try {
    chownSync(path, uid, gid)
  } catch (error) {
    if (error.code !== 'EPERM') throw error
  }
}

/** What would be written: of a link its target, also where that is missing. */
function behindLinks(path) {
  try {
    return realpathSync(path)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  const folder = realpathSync(dirname(path))
  const isLink = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  return isLink ? behindLinks(resolve(folder, readlinkSync(path))) : join(folder, basename(path))
}
