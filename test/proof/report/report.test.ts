import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeScript, htmlFaults, openBrowser } from './browser.mjs'
import type { Browser, Page, PageOptions } from './browser-types.ts'

const root = join(import.meta.dirname, '../../..')
const lkml = 'scenarios/oracle-sga-300g.yaml'
let browser: Browser
let folder = ''

beforeAll(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), 'mshare-plan-report-'))
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

function run(...words: readonly string[]): string {
  const program = join(root, 'bin/mshare-plan.js')
  return execFileSync(process.execPath, [program, ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
}

function written(name: string, ...words: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, run('report', ...words))
  return path
}

/** The page from its file, without a network; everything that it complains of is collected. */
async function opened(
  path: string,
  options: PageOptions = {},
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const page = await browser.newPage({ acceptDownloads: true, ...options })
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(request.url())
  })
  await page.context().setOffline(true)
  await page.goto(pathToFileURL(path).href)
  return { page, complaints }
}

/** Moves a slider as a hand does, and waits until everything is planned. */
async function slide(page: Page, id: string, value: number): Promise<void> {
  await page.locator(`#range-${id}`).fill(String(value))
  await page.locator('body:not(.changing)').waitFor({ state: 'attached' })
}

/** The cells of the comparison, row by row. */
function rows(page: Page): Promise<readonly (readonly string[])[]> {
  return page
    .locator('#part-strategies tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
}

/** axe runs by the debugger: the policy of the page is for its own scripts. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeScript)
  const found = await page.evaluate(
    'axe.run().then(({ violations }) => JSON.stringify(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200), nodes[0].failureSummary].join(" "))))',
  )
  return JSON.parse(String(found))
}

it('the LKML case opens from its file, and 500 sessions come to what --set comes to', async () => {
  const { page, complaints } = await opened(written('lkml.html', lkml))
  expect(await page.locator('#part-verdict').textContent()).toContain(
    'OUT OF MEMORY: 677.8 GiB short',
  )
  expect(await page.locator('#part-chart path.curve').count()).toBeGreaterThan(5)
  const set = ['--set', 'groups.clients.processes=500']
  const other = await opened(written('set.html', lkml, ...set))
  await slide(page, 'processes', 500)
  expect(await rows(page)).toEqual(await rows(other.page))
  for (const part of ['verdict', 'chart', 'budget', 'advice', 'tables', 'folded']) {
    const html = (of: Page) => of.locator(`#part-${part}`).innerHTML()
    expect(await html(page), part).toBe(await html(other.page))
  }
  expect(await page.locator('#command').textContent()).toBe(
    `mshare-plan plan ${lkml} --set groups.clients.processes=500`,
  )
  await page.locator('#choose-strategy').selectOption('hugetlb-2m')
  const planned = JSON.parse(run('plan', lkml, ...set, '-f', 'json'))
  const bytes = planned.strategies.find((one: { id: string }) => one.id === 'hugetlb-2m').pageTables
    .bytes
  expect(await page.locator('#part-tables').textContent()).toContain(
    `${(bytes / 2 ** 20).toFixed(1)} MiB`,
  )
  expect(complaints).toEqual([])
})

it('the YAML that it saves plans to the same, with 2 MiB pages and a pool from its advice', async () => {
  const { page, complaints } = await opened(written('pages.html', lkml))
  await slide(page, 'processes', 500)
  await page.locator('#choose-pages').selectOption('2 MiB')
  expect(await page.locator('#part-verdict').textContent()).toContain('CANNOT START')
  await page.locator('[data-try]').first().click()
  const verdict = await page.locator('#part-verdict p').first().textContent()
  expect(verdict).toMatch(/^SAFE: /)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#download').click(),
  ])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  expect(path).toMatch(/oracle-sga-300g[.]changed[.]yaml$/)
  const again = await opened(written('again.html', path))
  expect(await rows(again.page)).toEqual(await rows(page))
  expect(await again.page.locator('#part-verdict p').first().textContent()).toBe(verdict)
  const command = await page.locator('#command').textContent()
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
  const { strategies } = JSON.parse(run(...words.trim().split('\n').slice(1), '-f', 'json'))
  expect(strategies).toEqual(JSON.parse(run('plan', path, '-f', 'json')).strategies)
  expect(complaints).toEqual([])
})

it.each(['light', 'dark'] as const)(
  'a screen reader and a keyboard find no serious fault: %s',
  async (colorScheme) => {
    const { page } = await opened(written('axe.html', lkml), { colorScheme })
    await page.evaluate(
      'document.querySelectorAll("details").forEach((one) => { one.open = true })',
    )
    expect(await seriousFaults(page)).toEqual([])
    const fleet = await opened(written('fleet.html', 'scenarios/'), { colorScheme })
    expect(await seriousFaults(fleet.page)).toEqual([])
  },
)

it('advice that is tried keeps its lines, and the reader goes on at the verdict', async () => {
  const { page, complaints } = await opened(written('tried.html', lkml))
  await page.locator('[data-try]').first().click()
  expect(await page.evaluate('document.activeElement.id')).toBe('part-verdict')
  expect(await page.locator('#part-verdict').textContent()).toContain('SAFE')
  expect(await page.locator('#part-advice').textContent()).toContain('vm.nr_hugepages = 153600')
  expect(await page.locator('#command').textContent()).toContain('regions.sga.pageSize')
  expect(complaints).toEqual([])
})

it('keys stop at no box that shows all of itself, and at one that is too wide', async () => {
  const path = written('narrow.html', lkml)
  const stops = async (width: number) => {
    const { page } = await opened(path, { viewport: { width, height: 900 } })
    return page.evaluate('document.querySelectorAll(":is(.scroll, figure)[tabindex]").length')
  }
  expect(await stops(1200)).toBe(0)
  expect(await stops(320)).toBeGreaterThan(0)
})

it('scenarios with a timeline or an out-of-memory report plan their changes too', async () => {
  const timeline = `version: 1
host: { memory: 64 GiB }
regions: { shared: { size: 8 GiB } }
groups: { g: { processes: 100, maps: [{ region: shared }] } }
timeline: [{ start: { g: 50 } }]
`
  const killed = join(folder, 'killed.yaml')
  run('import', 'scenarios/out-of-memory.log', '-o', killed)
  writeFileSync(join(folder, 'timeline.yaml'), timeline)
  for (const [path, value, unit] of [
    [join(folder, 'timeline.yaml'), 48, 'GiB'],
    [killed, 3000, 'MiB'],
  ] as const) {
    const { page, complaints } = await opened(written('keys.html', path))
    await slide(page, 'memory', value)
    expect(await page.locator('#export').textContent()).toContain(`host.memory: ${value} ${unit}`)
    expect(complaints).toEqual([])
  }
})

it('many servers are sorted by a column, and each opens its report', async () => {
  const { page, complaints } = await opened(written('many.html', 'scenarios/'))
  await page.locator('[data-sort="1"]').click()
  const numbers = await page
    .locator('#fleet tbody tr td:nth-child(2)')
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-number'))))
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  await page.getByRole('link', { name: lkml }).click()
  expect(await page.locator('#part-verdict').textContent()).toContain(
    'OUT OF MEMORY: 677.8 GiB short',
  )
  await page.getByRole('link', { name: 'All scenarios' }).click()
  // The page follows its address a moment later.
  await page.locator('#fleet').waitFor({ state: 'visible' })
  expect(complaints).toEqual([])
})

it('a thousand groups stay usable', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `g${index}`)
  const groups = names.map((name) => `  ${name}: { processes: 3, maps: [{ region: shared }] }`)
  const text = `version: 1\nhost: { memory: 512 GiB }\nregions: { shared: { size: 8 GiB } }\ngroups:\n${groups.join('\n')}\n`
  const path = join(folder, 'thousand.yaml')
  writeFileSync(path, text)
  const { page, complaints } = await opened(written('thousand.html', path))
  await page.locator('#choose-group').selectOption('g999')
  await slide(page, 'processes', 8)
  expect(await page.locator('#export').textContent()).toContain('groups.g999.processes: 8')
  expect(complaints).toEqual([])
})

it('names do nothing', async () => {
  const name = '</script><img src=x onerror=alert(1)>'
  const text = JSON.stringify({
    version: 1,
    name: `<script>alert(1)</script>\u202e ${name}`,
    host: { memory: '8 GiB' },
    regions: { [name]: { size: '1 GiB' } },
    groups: { [name]: { processes: 5, maps: [{ region: name }] }, other: { processes: 2 } },
  })
  const path = join(folder, 'hostile.json')
  writeFileSync(path, text)
  const { page, complaints } = await opened(written('hostile.html', path))
  await slide(page, 'processes', 9)
  expect(await page.locator('img, article script').count()).toBe(0)
  expect(await page.locator('h1').textContent()).toBe(`<script>alert(1)</script>\\u202e ${name}`)
  expect(complaints).toEqual([])
})

it('its HTML has no fault', async () => {
  for (const words of [[lkml], ['scenarios/'], []]) {
    const html = readFileSync(written('valid.html', ...words), 'utf8')
    expect(await htmlFaults(html)).toEqual([])
  }
  expect(await htmlFaults('<!DOCTYPE html><p><img></p>')).not.toEqual([])
})

it('the pages of sweeps and of a diff, and the picture of growth, have no fault, in either scheme', async () => {
  const sessions = ['--vary', 'groups.clients.processes=100..1500:100']
  const growing = join(folder, 'growing.yaml')
  writeFileSync(
    growing,
    `${readFileSync(join(root, lkml), 'utf8')}\ngrowth: { from: 2026-12-01, groups.clients.processes: +40 per month }\n`,
  )
  const pages = [
    ['sweep', lkml, ...sessions],
    ['sweep', lkml, ...sessions, '--vary', 'host.memory=256GB..1TB:64GB'],
    ['diff', lkml, 'scenarios/oracle-sga-300g-huge-pages.yaml'],
    ['plan', growing, '--exit-zero'],
  ].map((words, index) => {
    const path = join(folder, `what-if-${index}.html`)
    run(...words, '--quiet', '-o', path)
    return path
  })
  for (const path of pages) {
    expect(await htmlFaults(readFileSync(path, 'utf8'))).toEqual([])
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1200, 390]) {
        const { page, complaints } = await opened(path, {
          ...{ colorScheme, viewport: { width, height: 900 } },
        })
        expect(await seriousFaults(page)).toEqual([])
        expect(complaints).toEqual([])
      }
    }
  }
})

it('is printed whole', async () => {
  const { page } = await opened(written('print.html', lkml))
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.length).toBeGreaterThan(20_000)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('#controls').isVisible()).toBe(false)
  expect(await page.locator('#part-advice').isVisible()).toBe(true)
})
