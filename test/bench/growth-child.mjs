import { chartsOf } from '../../dist/plan/limits/charts.js'
import { limitsOf } from '../../dist/plan/limits/limits.js'
import { withReasons } from '../../dist/plan/limits/reasons.js'
import { plan } from '../../dist/plan/plan.js'
import { renderDetails } from '../../dist/render/details.js'
import { renderScreen } from '../../dist/render/screen/screen.js'
import { detailNames } from '../../dist/render/sections/detail-names.js'
import { readScenario } from '../../dist/scenario/read-scenario.js'
import { growthCases } from './growth-cases.mjs'

/* Answers one scenario of growth-cases.mjs and prints milliseconds of CPU. */
const [name, size] = process.argv.slice(2)
const { scenario, answer } = growthCases[name]
const text = JSON.stringify({ version: 1, name, ...scenario(Number(size)) })
const ink = { color: false, unicode: true, width: 80 }

const started = process.cpuUsage()
const read = readScenario(text, 'growth.yaml')
if (!read.ok) throw new Error(JSON.stringify(read.issues.slice(0, 3)))
const answered = answers()[answer]()
const { user, system } = process.cpuUsage(started)
if (answered.length === 0) throw new Error('nothing was answered')
process.stdout.write(String((user + system) / 1000))

/** @returns {Record<import('./growth-cases.mjs').GrowthCase['answer'], () => string>} */
function answers() {
  const { workload, name, assumptions } = read
  const about = { name, file: 'growth.yaml', fingerprint: '', assumptions }
  const planned = () => plan(workload, about)
  return {
    plan: () => JSON.stringify(planned()),
    screen: () => {
      const result = planned()
      return renderScreen(result, ink) + renderDetails(result, ink, new Set(detailNames))
    },
    limits: () => {
      const strategies = withReasons(workload, limitsOf(workload))
      return JSON.stringify([strategies, chartsOf(workload, strategies)])
    },
  }
}
