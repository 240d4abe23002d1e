import { reportMarkup } from '../report-parts.ts'
import type { ReportEntry } from '../scenario/report-data.ts'
import { listen } from './events.ts'
import { fill, reachScrollers } from './mount.ts'
import { OpenReport } from './open-report.ts'

let open: OpenReport | undefined

/** Brings the page to life: the report that it was written with, or the table of several. */
export function start(): void {
  const text = document.getElementById('data')?.textContent ?? '[]'
  const entries: readonly ReportEntry[] = JSON.parse(text)
  const [first] = entries
  document.documentElement.classList.add('scripted')
  listen(() => open)
  printWhole()
  addEventListener('resize', reachScrollers)
  document.addEventListener('toggle', reachScrollers, true)
  if (entries.length === 1 && first !== undefined) {
    open = new OpenReport(first, false)
    open.open(true)
  }
  if (entries.length > 1) manyReports(entries)
  reachScrollers()
}

/** The address says which report is open: `#scenario-3`. */
function manyReports(entries: readonly ReportEntry[]): void {
  const article = document.getElementById('report')
  const list = document.getElementById('all')
  const filter = document.getElementById('filter')
  if (article === null || list === null) return
  const show = (): void => {
    const [, number] = /^#scenario-(\d+)$/.exec(location.hash) ?? []
    const entry = number === undefined ? undefined : entries[Number(number) - 1]
    list.hidden = entry !== undefined
    article.hidden = entry === undefined
    open = undefined
    if (entry === undefined) return
    scrollTo(0, 0)
    const isAmong = entries.some((one) => one !== entry && one.file === entry.file)
    fill(article, reportMarkup())
    open = new OpenReport(entry, isAmong)
    open.open(false)
    const back = document.createElement('a')
    back.href = '#'
    back.textContent = 'All scenarios'
    article.prepend(back)
    back.focus()
  }
  addEventListener('hashchange', show)
  filter?.addEventListener('input', () => {
    const wanted = filter instanceof HTMLInputElement ? filter.value.toLowerCase() : ''
    for (const row of document.querySelectorAll<HTMLElement>('#fleet tbody tr')) {
      row.hidden = !(row.firstElementChild?.textContent ?? '').toLowerCase().includes(wanted)
    }
  })
  show()
}

/** What is folded is printed too. */
function printWhole(): void {
  let folded: readonly HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open],.plans)')]
    for (const details of folded) details.open = true
  })
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false
  })
}
