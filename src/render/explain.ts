import type { Explanation } from '../plan/result/explanation.ts'
import { exactBytes, formatBytes, formatCount } from '../units/format.ts'
import { proposedMeans } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { hanging, wrap } from './text/wrap.ts'

/** Numbers of a result with their formula, the numbers put in, the answer and the source. */
export function renderExplanations(explanations: readonly Explanation[], ink: Ink): string {
  const blocks = explanations.map((explanation) => `${block(explanation, ink).join('\n')}\n`)
  return blocks.join('\n')
}

function block(explanation: Explanation, ink: Ink): readonly string[] {
  const { path, meaning, formula, substituted, value, unit, source } = explanation
  const width = widthOf(ink)
  const line = (prefix: string, text: string) => hanging(`  ${prefix}`, worded(text, ink), width)
  return [
    ...wrap(named(path, ink), width).map(brushesOf(ink).strong),
    ...line('', meaning),
    ...line('= ', formula),
    ...line('= ', substituted),
    ...line('= ', answer(value, unit)),
    ...line('source: ', source),
    ...(path.startsWith('strategies.mshare.') ? line('', proposedMeans) : []),
  ]
}

/** The whole number, and for bytes what people would call it. */
function answer(value: number, unit: string): string {
  if (!Number.isSafeInteger(value)) return `${value} ${unit}`
  const whole = formatCount(value)
  if (unit !== 'B' && unit !== 'bytes') return `${whole} ${unit}`
  if (Math.abs(value) < 1024) return `${whole} B`
  const exact = exactBytes(value)
  const spoken = exact === `${whole} B` ? `about ${formatBytes(value)}` : exact
  return `${whole} B (${spoken})`
}
