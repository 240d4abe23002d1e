import type { FailedScenario } from '../plan/result/failed-scenario.ts'
import { failureText } from '../render/words/failure-words.ts'
import { printable } from '../units/printable.ts'
import { htmlText, jsonInHtml } from './markup/html-text.ts'
import type { Markup } from './markup/markup.ts'
import { el } from './markup/markup.ts'
import { pageHead } from './markup/page-head.ts'
import { reportMarkup } from './report-parts.ts'
import type { ReportEntry } from './scenario/report-data.ts'
import type { FleetLine } from './sections/fleet-part.ts'
import { fleetPart } from './sections/fleet-part.ts'
import { pageFooter } from './sections/footer.ts'
import type { View } from './sections/view.ts'
import { style } from './style.ts'

/** The programs of the page, each the text of a CommonJS module; the last one starts it. */
export type PageScripts = readonly (readonly [name: string, text: string])[]

/** One scenario or result with its report, or several with a table. */
export type ReportContent =
  | { readonly view: View; readonly entry: ReportEntry }
  | {
      readonly lines: readonly FleetLine[]
      readonly entries: Iterable<ReportEntry>
      /** Scenarios that are not in the page. */
      readonly failures: readonly FailedScenario[]
    }

/**
 * The page as one file: what a reader sees without a script, the scenarios as data, and the same model as
 * a script. It loads nothing, and the policy in its head lets it load nothing.
 */
export function* writeReport(
  content: ReportContent,
  scripts: PageScripts,
): Generator<string, void> {
  const script = scriptOf(scripts)
  const title =
    'view' in content ? content.view.result.scenario.name : `${content.lines.length} scenarios`
  yield `${pageHead(title, style, script)}<body>\n`
  yield body(content).map(htmlText).join('\n')
  yield '\n<script type="application/json" id="data">['
  let comma = ''
  for (const entry of 'view' in content ? [content.entry] : content.entries) {
    yield comma + jsonInHtml(entry)
    comma = ',\n'
  }
  yield `]</script>\n<script>${script}</script>\n</body>\n</html>\n`
}

function body(content: ReportContent): readonly Markup[] {
  const without = el('noscript', {}, el('p', {}, 'Without scripts, nothing can be changed here.'))
  if ('view' in content) {
    return [
      el('main', {}, el('article', { id: 'report' }, ...reportMarkup(content.view))),
      without,
      pageFooter,
    ]
  }
  return [
    el(
      'main',
      {},
      el('div', { id: 'all' }, ...fleetPart(content.lines), ...failedPart(content.failures)),
      el('article', { id: 'report', hidden: true }),
    ),
    without,
    pageFooter,
  ]
}

function failedPart(failures: readonly FailedScenario[]): readonly Markup[] {
  if (failures.length === 0) return []
  const lines = failures.map((failure) => el('li', {}, failureText(failure, printable)))
  return [el('h2', {}, 'Without a result'), el('ul', {}, ...lines)]
}

/** One script: the modules by name, and the few lines that load them. */
function scriptOf(scripts: PageScripts): string {
  const modules = scripts.map(
    ([name, text]) =>
      `${JSON.stringify(`./${name}.cjs`)}:function(exports,require,module){${text}\n}`,
  )
  const main = `./${scripts.at(-1)?.[0] ?? ''}.cjs`
  const loading =
    'const loaded={};function load(name){const known=loaded[name];if(known)return known.exports;const module=loaded[name]={exports:{}};modules[name](module.exports,load,module);return module.exports}'
  const text = `"use strict";const modules={${modules.join(',\n')}};${loading}load(${JSON.stringify(main)})`
  // In a string or a regular expression, the only places for them, this means the same.
  return text.replaceAll(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '<\\!--')
}
