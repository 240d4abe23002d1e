import { bytes } from '../../units/quantity.ts'
import { parseShare } from '../../units/share.ts'
import { parseSize } from '../../units/size.ts'
import { pageChoices } from '../sections/fields.ts'
import type { OpenReport } from './open-report.ts'

/** Hands what the reader does to the report that is open. */
export function listen(current: () => OpenReport | undefined): void {
  document.addEventListener('input', ({ target }) => {
    const report = current()
    if (report !== undefined && target instanceof HTMLInputElement) moved(target, report)
  })
  document.addEventListener('change', ({ target }) => {
    const report = current()
    if (report === undefined) return
    if (target instanceof HTMLSelectElement) chosen(target, report)
    if (target instanceof HTMLInputElement && target.type === 'text') written(target, report)
  })
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (button !== null) pressed(button, current())
  })
}

/** A slider: what it comes to is written beside it. */
function moved(slider: HTMLInputElement, report: OpenReport): void {
  const { type, id, value, dataset } = slider
  const { path, kind, unit = '' } = dataset
  if (type !== 'range' || path === undefined) return
  const text = `${value}${unit === '%' ? '' : ' '}${unit}`.trim()
  const box = document.getElementById(id.replace('range-', 'text-'))
  if (box instanceof HTMLInputElement) {
    box.value = text
    box.removeAttribute('aria-invalid')
  }
  slider.setAttribute('aria-valuetext', text)
  if (!report.change(path, kind === 'count' ? Number(text) : text))
    box?.setAttribute('aria-invalid', 'true')
}

function chosen(list: HTMLSelectElement, report: OpenReport): void {
  const { value } = list
  switch (list.dataset['choose']) {
    case 'group':
    case 'mapping':
    case 'region':
      report.choose(list.dataset['choose'], value)
      break
    case 'strategy':
      report.chooseStrategy(value)
      break
    case 'pages': {
      const { workload, selection } = report
      const region = workload.regions.find(({ name }) => name === selection.region)
      if (region === undefined) return
      const choice = pageChoices(region, workload).find(({ pageSize }) => pageSize === value)
      if (choice !== undefined) report.changePages(choice.pageSize, choice.backing)
      break
    }
  }
}

function written(box: HTMLInputElement, report: OpenReport): void {
  const { path, kind } = box.dataset
  if (path === undefined || kind === undefined) return
  const text = box.value.trim()
  box.removeAttribute('aria-invalid')
  if (!isValue(text, kind)) {
    refuse(box, text, kind)
    return
  }
  const range = document.getElementById(box.id.replace('text-', 'range-'))
  const unit = range instanceof HTMLInputElement ? range.dataset['unit'] : undefined
  if (range instanceof HTMLInputElement) range.value = String(sliderValue(text, kind, unit))
  if (!report.change(path, kind === 'count' ? Number(text.replaceAll(',', '')) : text))
    box.setAttribute('aria-invalid', 'true')
}

function refuse(box: HTMLInputElement, text: string, kind: string): void {
  box.setAttribute('aria-invalid', 'true')
  const label = box.labels?.[0]?.textContent ?? 'The value'
  const said = text === '' ? 'nothing' : text
  const fault = document.getElementById('fault')
  if (fault === null) return
  fault.textContent = `${label}: ${said} is invalid; write ${wanted[kind] ?? 'a value'}. The figures are those of the values before.`
}

const wanted: Readonly<Record<string, string>> = {
  count: 'a whole number',
  size: 'a size such as 512 GB',
  percent: 'a share such as 40%, all or none',
}

/** A page of 4 KiB: only for the unit `pages`. */
const page = bytes(4096)

function isValue(text: string, kind: string): boolean {
  if (kind === 'count') return /^\d{1,3}(,\d{3})+$|^\d{1,15}$/.test(text)
  if (kind === 'size') return parseSize(text, page).ok
  return text === 'all' || text === 'none' || parseShare(text) !== undefined
}

const shares: Readonly<Record<string, number>> = { all: 100, none: 0 }

function sliderValue(text: string, kind: string, unit: string | undefined): number {
  if (kind === 'count') return Number(text.replaceAll(',', ''))
  if (kind === 'percent') return shares[text] ?? Number.parseFloat(text)
  const reading = parseSize(text, page)
  const bytesOfUnit = unit === 'GiB' ? 2 ** 30 : 2 ** 20
  return reading.ok ? Math.round(reading.bytes / bytesOfUnit) : 0
}

function pressed(button: HTMLButtonElement, report: OpenReport | undefined): void {
  const { try: advice, copy, name, sort } = button.dataset
  if (button.id === 'reset') report?.reset()
  if (button.id === 'plan-all') report?.planAll()
  if (advice !== undefined) report?.tryAdvice(advice)
  if (copy !== undefined) copyText(copy, button)
  if (name !== undefined) download(name)
  if (sort !== undefined) sortBy(Number(sort), button)
}

function textIn(id: string): string {
  const place = document.getElementById(id)
  return place instanceof HTMLTextAreaElement ? place.value : (place?.textContent ?? '')
}

/** From a file, a browser may refuse its clipboard: then the text is selected. */
function copyText(id: string, button: HTMLButtonElement): void {
  const place = document.getElementById(id)
  const select = (): void => {
    if (place instanceof HTMLTextAreaElement) place.select()
    else if (place !== null) getSelection()?.selectAllChildren(place)
  }
  const said = button.textContent
  const say = (text: string): void => {
    button.textContent = text
    setTimeout(() => {
      button.textContent = said
    }, 1500)
  }
  if (navigator.clipboard === undefined) {
    select()
    say(document.execCommand('copy') ? 'Copied' : 'Selected: copy it by the keyboard')
    return
  }
  navigator.clipboard.writeText(textIn(id)).then(
    () => say('Copied'),
    () => {
      select()
      say('Selected: copy it by the keyboard')
    },
  )
}

function download(name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([textIn('yaml')], { type: 'application/yaml' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/** A second press turns the order round. */
function sortBy(column: number, button: HTMLButtonElement): void {
  const body = document.querySelector('#fleet tbody')
  const head = button.closest('th')
  if (body === null || head === null) return
  const isDown = head.getAttribute('aria-sort') === 'ascending'
  for (const other of document.querySelectorAll('#fleet th[aria-sort]'))
    other.removeAttribute('aria-sort')
  head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending')
  const rows = [...body.children].map((row) => {
    const cell = row.children[column]
    const number = cell instanceof HTMLElement ? cell.dataset['number'] : undefined
    return {
      row,
      text: cell?.textContent ?? '',
      number: number === undefined ? undefined : Number(number),
    }
  })
  const sign = isDown ? -1 : 1
  rows.sort((a, b) => {
    if (a.number !== undefined || b.number !== undefined) {
      return (
        sign * ((a.number ?? Number.NEGATIVE_INFINITY) - (b.number ?? Number.NEGATIVE_INFINITY))
      )
    }
    return a.text === b.text ? 0 : sign * (a.text < b.text ? -1 : 1)
  })
  body.replaceChildren(...rows.map(({ row }) => row))
}
