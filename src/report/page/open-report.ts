import type { Change } from '../../plan/result/advice-result.ts'
import type { LimitsResult } from '../../plan/result/limits-result.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { verdict } from '../../render/screen/verdict.ts'
import { QuantityError } from '../../units/quantity.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup } from '../markup/markup.ts'
import type { PartName } from '../report-parts.ts'
import { partNames, quickParts, reportPart } from '../report-parts.ts'
import { commandFor } from '../scenario/command.ts'
import { fileNameFor } from '../scenario/file-name.ts'
import type { Changed } from '../scenario/replan.ts'
import { changedScenario, growthLimits, planAtOnce, planChanged } from '../scenario/replan.ts'
import type { ReportEntry } from '../scenario/report-data.ts'
import { yamlText } from '../scenario/yaml-text.ts'
import { triedEntry, triedPart } from '../sections/advice-part.ts'
import { controlsPart } from '../sections/controls-part.ts'
import { exportPart } from '../sections/export-part.ts'
import type { Selection } from '../sections/fields.ts'
import { announce } from './announce.ts'
import { fill, reachScrollers } from './mount.ts'
import { firstSelection } from './selection.ts'

type Ready = Extract<Changed, { readonly ok: true }>

/** After the last change, so long until everything is planned, in milliseconds. */
const rest = 180

/** Groups with which everything is planned at once, wherever it runs. */
const mostGroups = 200

/** The report of one scenario, as the reader has changed it. */
export class OpenReport {
  readonly #entry: ReportEntry
  readonly #isAmongOthers: boolean
  readonly #changes = new Map<string, Change['value']>()
  #ready: Ready
  /** Everything that was planned last; absent until something is asked of it. */
  #result: Result | undefined
  /** The strategies as they are now. */
  #atOnce: Result
  #limits: LimitsResult | undefined
  #selection: Selection
  #strategy: string
  #timer = 0
  /** Advice that the reader has applied, as it was given: its lines stay to be copied. */
  #tried: Markup[] = []
  #frame = 0

  constructor(entry: ReportEntry, isAmongOthers: boolean) {
    const changed = changedScenario(entry, [])
    if (!changed.ok) throw new RangeError('the scenario of the page is invalid')
    this.#entry = entry
    this.#isAmongOthers = isAmongOthers
    this.#ready = changed
    this.#atOnce = planAtOnce(changed)
    this.#strategy = subjectOf(this.#atOnce)?.id ?? 'as-described'
    this.#selection = firstSelection(changed.workload)
  }

  /** Draws everything; a page that was written with its report has the parts already. */
  open(isDrawn: boolean): void {
    if (!isDrawn) {
      this.#plan()
      this.#drawAll()
    }
    this.#drawControls()
    this.#drawExport()
  }

  /**
   * What there is to see of a result while a value changes; the rest follows when it is still.
   * @returns false where the scenario would be invalid: then it stays as it was.
   */
  change(path: string, value: Change['value']): boolean {
    return this.#set([{ path, value }])
  }

  /** All changes of a piece of advice. */
  tryAdvice(id: string): void {
    if (this.#result === undefined) this.#plan()
    const advice = this.#result?.advice.find((one) => one.id === id)
    if (advice === undefined || this.#result === undefined) return
    const entry = triedEntry(advice, this.#result)
    if (!this.#set(advice.changes)) return
    this.#tried.push(entry)
    this.planAll()
    this.#drawControls()
    showVerdict()
  }

  changePages(pageSize: string, backing: string | undefined): void {
    const region = this.#selection.region
    const path = (key: string): string => `regions[${JSON.stringify(region)}].${key}`
    this.#set([
      ...(backing === undefined ? [] : [{ path: path('backing'), value: backing }]),
      { path: path('pageSize'), value: pageSize },
    ])
    this.#settle()
    this.#drawControls()
  }

  choose(what: 'group' | 'mapping' | 'region', value: string): void {
    const mapping = what === 'mapping' ? Number(value) : 0
    const others = what === 'region' ? { mapping: this.#selection.mapping } : { mapping }
    this.#selection = {
      ...this.#selection,
      ...(what === 'mapping' ? {} : { [what]: value }),
      ...others,
    }
    this.#drawControls()
  }

  chooseStrategy(id: string): void {
    this.#strategy = id
    if (this.#result === undefined && !this.#isLarge()) this.#plan()
    if (this.#result === undefined) this.#drawAtOnce()
    else this.#drawAll()
  }

  reset(): void {
    this.#changes.clear()
    this.#tried = []
    this.#set([])
    this.#settle()
    this.#drawControls()
  }

  /** The kinds of memory and sizes of page that the region on the page may have. */
  get workload(): Ready['workload'] {
    return this.#ready.workload
  }

  get selection(): Selection {
    return this.#selection
  }

  #set(changes: readonly Change[]): boolean {
    const before = new Map(this.#changes)
    for (const { path, value } of changes) this.#changes.set(path, value)
    const changed = changedScenario(this.#entry, this.#list())
    if (!changed.ok) {
      this.#changes.clear()
      for (const [path, value] of before) this.#changes.set(path, value)
      const texts = changed.complaints.map(({ message }) => message)
      this.#complain(`${texts.join('; ')}. The figures are those of the values before.`)
      return false
    }
    this.#complain('')
    this.#ready = changed
    document.body.classList.add('changing')
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#drawAtOnce())
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#settle(), rest)
    return true
  }

  #list(): readonly Change[] {
    return [...this.#changes].map(([path, value]) => ({ path, value }))
  }

  #drawAtOnce(): void {
    try {
      this.#atOnce = planAtOnce(this.#ready, this.#result)
      for (const name of quickParts) this.#draw(name, this.#atOnce, undefined, true)
      this.#drawExport()
    } catch (error) {
      this.#fault(error)
    }
  }

  /** So many groups that everything takes seconds: only the strategies follow a change by themselves. */
  #isLarge(): boolean {
    return this.#ready.workload.groups.length > mostGroups
  }

  #settle(): void {
    if (!this.#isLarge()) {
      this.planAll()
      return
    }
    this.#drawAtOnce()
    announce('Advice, limits and findings are those of before.')
    document.getElementById('plan-all')?.removeAttribute('hidden')
    document.body.classList.remove('changing')
  }

  /** Plans everything, and says the verdict to who listens. */
  planAll(): void {
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#frame)
    document.body.classList.remove('changing')
    try {
      this.#plan()
    } catch (error) {
      this.#fault(error)
      return
    }
    this.#drawAll()
    this.#drawExport()
    this.#complain('')
    const button = document.getElementById('plan-all')
    if (button !== null && button === document.activeElement) showVerdict()
    button?.setAttribute('hidden', '')
    const [first] = this.#result === undefined ? [] : verdict(this.#result, pageInk)
    if (first !== undefined) announce(first)
  }

  #plan(): void {
    this.#result = planChanged(this.#ready).result
    this.#atOnce = this.#result
    this.#limits = growthLimits(this.#ready.workload, this.#result)
    const planned = this.#result.strategies.filter(({ applies }) => applies)
    if (!planned.some(({ id }) => id === this.#strategy)) {
      this.#strategy = subjectOf(this.#result)?.id ?? 'as-described'
    }
  }

  #view(result: Result, limits: LimitsResult | undefined, isChanging: boolean) {
    return {
      result,
      isChanging,
      ...(limits === undefined ? {} : { limits }),
      workload: this.#ready.workload,
      strategy: this.#strategy,
      ...(this.#entry.whatIf === undefined ? {} : { whatIf: this.#entry.whatIf }),
    }
  }

  #drawAll(): void {
    if (this.#result === undefined) return
    for (const name of partNames) this.#draw(name, this.#result, this.#limits, false)
    reachScrollers()
  }

  #draw(
    name: PartName,
    result: Result,
    limits: LimitsResult | undefined,
    isChanging: boolean,
  ): void {
    const part = reportPart(name, this.#view(result, limits, isChanging))
    put(`part-${name}`, name === 'advice' ? [...part, ...triedPart(this.#tried)] : part)
  }

  #drawControls(): void {
    const focused = document.activeElement?.id ?? ''
    const { data, workload } = this.#ready
    put('controls', controlsPart(data, workload, this.#atOnce, this.#selection, this.#strategy))
    if (focused !== '') document.getElementById(focused)?.focus()
  }

  #drawExport(): void {
    const changes = this.#list()
    const fileName = fileNameFor(this.#entry)
    const command = commandFor(this.#entry, changes, this.#isAmongOthers)
    const { data } = this.#ready
    const yaml = yamlText(this.#entry.isNamedByFile ? named(data, this.#entry.name) : data)
    put(
      'export',
      exportPart({ changes, yaml, fileName, ...(command === undefined ? {} : { command }) }),
    )
  }

  #fault(error: unknown): void {
    if (!(error instanceof QuantityError)) throw error
    this.#complain('This is more than the numbers of the plan can hold.')
  }

  #complain(text: string): void {
    const fault = document.getElementById('fault')
    if (fault !== null) fault.textContent = text
  }
}

/** Another file gives the scenario another name: it takes the old one along. */
function named(data: Ready['data'], name: string): Ready['data'] {
  return { name, ...(data as Readonly<Record<string, Ready['data']>>) }
}

/** Where a reader goes on after a press of a button that is gone. */
function showVerdict(): void {
  document.getElementById('part-verdict')?.focus()
}

function put(id: string, markup: readonly Markup[]): void {
  const place = document.getElementById(id)
  if (place !== null) fill(place, markup)
}
