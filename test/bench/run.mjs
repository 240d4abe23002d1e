import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

/*
 * All benchmarks in turn. With `--write` what they print becomes the measured part of
 * docs/performance.md. Run it on a machine that is otherwise idle.
 */
const names = [
  'start-up',
  'package-size',
  'plan-cost',
  'sweep',
  'growth',
  'documents',
  'capture',
  'report',
]
const page = join(import.meta.dirname, '../../docs/performance.md')
const [model = 'an unknown processor'] = cpus().map((cpu) => cpu.model.trim())

const printed = [`${model}, Node ${process.versions.node}`, '', ...names.map(answerOf)].join('\n')
if (process.argv.includes('--write')) {
  const measured = /(<!-- measured -->\n)[\s\S]*?(<!-- end -->)/
  const block = `$1\n\`\`\`text\n${printed.trimEnd()}\n\`\`\`\n\n$2`
  writeFileSync(page, readFileSync(page, 'utf8').replace(measured, block))
}

/** @param {string} name */
function answerOf(name) {
  const file = join(import.meta.dirname, `${name}.bench.mjs`)
  const more = name === 'start-up' ? ['31', ...laterReleases()] : []
  const { status, stdout } = spawnSync(process.execPath, [file, ...more], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${name} ended with ${status}`)
  process.stdout.write(`${stdout}\n`)
  return stdout
}

/** Those that the proof has installed. */
function laterReleases() {
  return ['22', '24']
    .map((release) => join(import.meta.dirname, `../proof/node_modules/node-${release}/bin/node`))
    .filter(existsSync)
}
