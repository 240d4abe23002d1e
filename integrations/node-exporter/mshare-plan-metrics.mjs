#!/usr/bin/env node
// mshare-plan-metrics.mjs OUTPUT.prom WORD…: runs `mshare-plan check WORD…` and writes its answer for the
// textfile collector of node_exporter. The file is replaced whole. The exit status is that of check, but 0
// where a gate does not hold: that is a metric. MSHARE_PLAN names another program.
import { spawnSync } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'

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
  const { results, ...one } = stdout ? JSON.parse(stdout) : { results: [] }
  return { status: status ?? 3, results: results ?? [one] }
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

/** The collector reads every *.prom: a file that is being written has another name. */
function replaced(path, text) {
  const beside = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(beside, text)
    renameSync(beside, path)
    return true
  } catch ({ message }) {
    rmSync(beside, { force: true })
    process.stderr.write(`mshare-plan-metrics.mjs: ${message}\n`)
    return false
  }
}
