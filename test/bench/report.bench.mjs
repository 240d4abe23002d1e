import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { median } from './median.mjs'

/*
 * The page of a report in a browser: how long until it has its chart and can be changed, and how long from
 * the event of a slider to the end of the next layout. The chart may take 1 s, a move 16 ms.
 * It needs the browser of the proof: `npm ci` in test/proof.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const openings = 9
const moves = 301
const reports = [
  { name: '300 GB SGA', words: ['scenarios/oracle-sga-300g.yaml'] },
  { name: '3 tenants', words: ['scenarios/multi-tenant.yaml'] },
]

/** Since the page was asked for: until the browser painted first, with the chart; until the script was done. */
const timesOfOpening = `(async () => {
  const [navigation] = performance.getEntriesByType('navigation')
  const [paint] = performance.getEntriesByName('first-contentful-paint')
  return JSON.stringify([paint?.startTime ?? navigation.loadEventEnd, navigation.loadEventEnd])
})()`

/*
 * A browser hands out events at the beginning of a frame, and draws at its end: waiting is left out by
 * drawing at once. The first moves are cold, and counted.
 */
const timesOfMoves = `(async () => {
  const slider = document.getElementById('range-processes')
  const times = []
  const { requestAnimationFrame } = window
  for (let move = 0; move < ${moves}; move += 1) {
    const draws = []
    window.requestAnimationFrame = (draw) => draws.push(draw)
    slider.value = String(1 + ((move * 37) % Number(slider.max)))
    const start = performance.now()
    slider.dispatchEvent(new Event('input', { bubbles: true }))
    for (const draw of draws) draw(start)
    document.body.getBoundingClientRect()
    times.push(performance.now() - start)
    window.requestAnimationFrame = requestAnimationFrame
    await new Promise((done) => requestAnimationFrame(done))
  }
  return JSON.stringify(times)
})()`

if (existsSync(join(root, 'test/proof/node_modules/playwright-core'))) await measureAll()
else process.stdout.write('The page of a report: not measured, `npm ci` in test/proof is missing\n')

async function measureAll() {
  const { openBrowser } = await import('../proof/report/browser.mjs')
  const browser = await openBrowser()
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-bench-'))
  try {
    process.stdout.write(
      `The page of a report: ${openings} openings, 1,000 ms allowed; ${moves} moves of a slider, 16 ms allowed\n`,
    )
    for (const { name, words } of reports) {
      const path = join(folder, 'report.html')
      writeFileSync(
        path,
        execFileSync(process.execPath, ['bin/mshare-plan.js', 'report', ...words], {
          cwd: root,
          maxBuffer: 2 ** 28,
        }),
      )
      process.stdout.write(await rowOf(name, browser, pathToFileURL(path).href))
    }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} name @param {import('../proof/report/browser-types.ts').Browser} browser @param {string} url */
async function rowOf(name, browser, url) {
  const drawn = []
  const ready = []
  const page = await browser.newPage({ acceptDownloads: false })
  for (let opening = 0; opening < openings; opening += 1) {
    await page.goto('about:blank')
    await page.goto(url)
    const [chart, script] = JSON.parse(String(await page.evaluate(timesOfOpening)))
    drawn.push(chart)
    ready.push(script)
  }
  /** @type {readonly number[]} */
  const times = JSON.parse(String(await page.evaluate(timesOfMoves)))
  const ms = (/** @type {number} */ time) => `${time.toFixed(1)} ms`.padStart(9)
  return [
    `  ${name.padEnd(12)}chart ${ms(median(drawn))}, worst ${ms(Math.max(...drawn))}`,
    `ready ${ms(median(ready))}`,
    `move ${ms(median(times))}, worst ${ms(Math.max(...times))}\n`,
  ].join('; ')
}
