// node test/proof/report/screens.mjs
//
// After a build: draws pages as pictures in docs/screens, as a browser shows it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { openBrowser } from './browser.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const lkml = ['report', 'scenarios/oracle-sga-300g.yaml']
const map = [
  ...['sweep', 'scenarios/oracle-sga-300g.yaml', '--format', 'html'],
  ...['--vary', 'groups.clients.processes=100..1000:100'],
  ...['--vary', 'host.memory=256GB..768GB:64GB'],
]
const desk = { width: 1000, height: 1000 }
const phone = { width: 390, height: 800 }

/** @type {readonly { readonly name: string, readonly words: readonly string[], readonly colorScheme: 'light' | 'dark', readonly viewport: typeof desk }[]} */
const pictures = [
  { name: 'report-light', words: lkml, colorScheme: 'light', viewport: desk },
  { name: 'report-dark', words: lkml, colorScheme: 'dark', viewport: desk },
  { name: 'report-phone', words: lkml, colorScheme: 'light', viewport: phone },
  {
    name: 'report-fleet',
    words: ['report', 'scenarios/'],
    colorScheme: 'light',
    viewport: { ...desk, height: 600 },
  },
  {
    name: 'sweep-map',
    words: map,
    colorScheme: 'light',
    viewport: { ...desk, height: 800 },
  },
]

const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-screens-'))
const browser = await openBrowser()
try {
  for (const { name, words, colorScheme, viewport } of pictures) {
    const path = join(folder, `${name}.html`)
    const program = join(root, 'bin/mshare-plan.js')
    const maxBuffer = 2 ** 28
    writeFileSync(
      path,
      execFileSync(process.execPath, [program, ...words], { cwd: root, maxBuffer }),
    )
    const page = await browser.newPage({ colorScheme, viewport, acceptDownloads: false })
    await page.goto(pathToFileURL(path).href)
    await page.screenshot({ path: join(root, `docs/screens/${name}.png`) })
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
